"""The small data sets that come with the package, or with scikit-learn's."""

from __future__ import annotations

import gzip
import io
import os
from importlib import metadata
from numbers import Integral
from pathlib import Path
from typing import Any

import numpy as np

from ... import _native
from ...keras.datasets._files import read_idx_bytes
from ..utils._bunch import Bunch
from ..utils._parameters import BOOLEAN, Span, Words, checked

_OPTIONS = {"return_X_y": BOOLEAN, "as_frame": BOOLEAN}


def framed(
    caller: str,
    data: np.ndarray,
    target: np.ndarray,
    features: list[str],
    targets: list[str],
    as_frame: bool,
) -> tuple[Any, Any, Any]:
    """Everything as one frame of pandas, and the two as parts of it; or None and the two as they are.

    Raises
    ------
    ImportError
        If a frame is wanted and there is no pandas.
    """
    if not as_frame:
        return None, data, target
    try:
        import pandas
    except ImportError as error:
        raise ImportError(f"{caller} with as_frame=True requires pandas.") from error
    X = pandas.DataFrame(data, columns=features)
    y = pandas.DataFrame(target, columns=targets)
    return pandas.concat([X, y], axis=1), X, y if len(targets) > 1 else y[targets[0]]


def _packed(name: str) -> bytes:
    return gzip.decompress(_native.learn_data_file(name))


def _classes(name: str) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Measurements, the words of the classes, and what the measurements are, of one of our tables."""
    lines = _packed(f"{name}.csv.gz").decode().splitlines()
    features = lines[0].split(",")[:-1]
    rows = [line.split(",") for line in lines[1:]]
    data = np.asarray([row[:-1] for row in rows], dtype=np.float64)
    return data, np.asarray([row[-1] for row in rows]), features


def _bunch(
    caller: str, name: str, classes: list[str], text: str, return_X_y: bool, as_frame: bool,
    features: list[str] | None = None, as_array: bool = False,
) -> Any:
    data, words, columns = _classes(name)
    columns = columns if features is None else features
    target = np.asarray([classes.index(w) for w in words.tolist()])
    frame, X, y = framed(caller, data, target, columns, ["target"], as_frame)
    if return_X_y:
        return X, y
    return Bunch(
        data=X, target=y, frame=frame, target_names=np.asarray(classes), DESCR=text,
        feature_names=np.asarray(columns) if as_array else columns,
        filename=f"{name}.csv", data_module="sklearn.datasets.data",
    )


_IRIS = """Iris plants
===========

150 flowers of three species of iris, 50 of each, with four measurements in centimetres: the length
and width of the sepals and of the petals. The first species can be told from the others by a straight
line; the other two cannot.

Source: R. A. Fisher, "The use of multiple measurements in taxonomic problems", Annals of Eugenics 7
(1936), with E. Anderson's measurements; UCI Machine Learning Repository, corrected as in the paper.
"""


@checked(**_OPTIONS)
def load_iris(*, return_X_y: bool = False, as_frame: bool = False) -> Any:
    """150 flowers with four measurements, three species. Source: Fisher 1936.

    Parameters
    ----------
    return_X_y : whether to give (data, target) alone
    as_frame : whether to give frames of pandas

    Returns
    -------
    Bunch with data of shape (150, 4), target, frame, target_names, DESCR, feature_names, filename
    """
    classes = ["setosa", "versicolor", "virginica"]
    return _bunch("load_iris", "iris", classes, _IRIS, return_X_y, as_frame)


_WINE = """Wine recognition
================

178 wines of three growers of one region of Italy, with thirteen results of a chemical analysis, from
the alcohol to the proline.

Source: M. Forina et al., PARVUS (1991); UCI Machine Learning Repository.
"""


@checked(**_OPTIONS)
def load_wine(*, return_X_y: bool = False, as_frame: bool = False) -> Any:
    """178 wines with 13 results of analysis, three growers. Source: Forina et al. 1991.

    Parameters
    ----------
    return_X_y : whether to give (data, target) alone
    as_frame : whether to give frames of pandas

    Returns
    -------
    Bunch with data of shape (178, 13), target, frame, target_names, DESCR, feature_names
    """
    found = _bunch(
        "load_wine", "wine", ["class_0", "class_1", "class_2"], _WINE, return_X_y, as_frame
    )
    return found if return_X_y else _without_file(found)


def _without_file(found: Bunch) -> Bunch:
    return Bunch(**{k: v for k, v in found.items() if k not in ("filename", "data_module")})


_CANCER = """Breast cancer Wisconsin (diagnostic)
====================================

569 tumours, 212 malignant and 357 benign. Ten properties of the cell nuclei in a picture of a fine
needle aspirate (radius, texture, perimeter, area, smoothness, compactness, concavity, concave points,
symmetry, fractal dimension), each as the mean, its standard error and the worst: the mean of the three
largest.

Source: W. N. Street, W. H. Wolberg and O. L. Mangasarian, "Nuclear feature extraction for breast tumor
diagnosis" (1993); UCI Machine Learning Repository.
"""


@checked(**_OPTIONS)
def load_breast_cancer(*, return_X_y: bool = False, as_frame: bool = False) -> Any:
    """569 tumours with 30 measurements, malignant or benign. Source: Street et al. 1993.

    Parameters
    ----------
    return_X_y : whether to give (data, target) alone
    as_frame : whether to give frames of pandas

    Returns
    -------
    Bunch with data of shape (569, 30), target, frame, target_names, DESCR, feature_names, filename
    """
    return _bunch(
        "load_breast_cancer", "breast_cancer", ["malignant", "benign"], _CANCER, return_X_y,
        as_frame, as_array=True,
    )


_DIGITS = """Handwritten digits
==================

1,797 digits that 13 people wrote, as pictures of 8 by 8 pixels from 0 to 16: how many of 4 by 4 dots
are black. They are the test part of a larger set.

Source: E. Alpaydin and C. Kaynak, "Optical recognition of handwritten digits" (1998); UCI Machine
Learning Repository.
"""


@checked(n_class=Span(Integral, 1, 10, "both"), **_OPTIONS)
def load_digits(*, n_class: int = 10, return_X_y: bool = False, as_frame: bool = False) -> Any:
    """1,797 handwritten digits of 8x8 pixels from 0 to 16. Source: Alpaydin and Kaynak 1998.

    Parameters
    ----------
    n_class : how many of the digits, from 0 on
    return_X_y : whether to give (data, target) alone
    as_frame : whether to give frames of pandas

    Returns
    -------
    Bunch with data of shape (1797, 64), target, frame, feature_names, target_names, images, DESCR
    """
    images = read_idx_bytes(_packed("digits-images-idx3-ubyte.gz"), "the digits").astype(np.float64)
    target = read_idx_bytes(_packed("digits-labels-idx1-ubyte.gz"), "the digits").astype(int)
    kept = target < n_class
    images, target = images[kept].reshape(-1, 8, 8), target[kept]
    data = images.reshape(len(images), 64)
    features = [f"pixel_{row}_{column}" for row in range(8) for column in range(8)]
    frame, X, y = framed("load_digits", data, target, features, ["target"], as_frame)
    if return_X_y:
        return X, y
    return Bunch(
        data=X, target=y, frame=frame, feature_names=features, target_names=np.arange(10),
        images=images, DESCR=_DIGITS,
    )


def bundled(name: str) -> Path:
    """The path of a file that scikit-learn's package brings, or that the user has put into a folder.

    Raises
    ------
    OSError
        If neither is there, saying where it may be put.
    """
    own = os.environ.get("SEODANG_DATA")
    if own and (Path(own) / Path(name).name).exists():
        return Path(own) / Path(name).name
    try:
        # Where it stands, without importing it.
        file = Path(str(metadata.distribution("scikit-learn").locate_file(f"sklearn/datasets/{name}")))
    except metadata.PackageNotFoundError:
        file = None
    if file is not None and file.exists():
        return file
    raise OSError(
        f"{Path(name).name} is not in Seodang's package: install scikit-learn, which brings it (pip "
        "install scikit-learn), or put the file into a folder and name that in SEODANG_DATA"
    )


def _numbers(name: str, **options: Any) -> np.ndarray:
    raw = bundled(f"data/{name}").read_bytes()
    if raw[:2] == b"\x1f\x8b":
        raw = gzip.decompress(raw)
    return np.loadtxt(io.StringIO(raw.decode()), **options)


_DIABETES = """Diabetes
========

442 patients with ten measurements: age, sex, body mass index, mean blood pressure, and six results of
a blood test. The target is how far the disease has gone a year later. Scaled, each measurement has the
mean 0 and the sum of squares 1.

Source: B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, "Least angle regression", Annals of
Statistics 32 (2004).
"""


@checked(**_OPTIONS, scaled=BOOLEAN)
def load_diabetes(
    *, return_X_y: bool = False, as_frame: bool = False, scaled: bool = True
) -> Any:
    """442 patients with ten measurements, and how far diabetes has gone. Source: Efron et al. 2004.

    The file comes from an installed scikit-learn, or the folder named by `SEODANG_DATA`.

    Parameters
    ----------
    return_X_y : whether to give (data, target) alone
    as_frame : whether to give frames of pandas
    scaled : whether each measurement has mean 0 and length 1

    Returns
    -------
    Bunch with data of shape (442, 10), target, frame, DESCR, feature_names, data_filename,
    target_filename, data_module

    Raises
    ------
    OSError
        If the file is nowhere.
    """
    files = "diabetes_data_raw.csv.gz", "diabetes_target.csv.gz"
    data, target = (_numbers(name) for name in files)
    if scaled:
        data = data - data.mean(axis=0)
        data /= data.std(axis=0) * np.sqrt(len(data))
    features = ["age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"]
    frame, X, y = framed("load_diabetes", data, target, features, ["target"], as_frame)
    if return_X_y:
        return X, y
    return Bunch(
        data=X, target=y, frame=frame, DESCR=_DIABETES, feature_names=features,
        data_filename=files[0], target_filename=files[1], data_module="sklearn.datasets.data",
    )


_LINNERUD = """Linnerud
========

20 men of a fitness club: how many chin-ups, sit-ups and jumps they can do, and their weight, waist and
pulse.

Source: A. C. Linnerud; M. Tenenhaus, La régression PLS (1998).
"""


@checked(**_OPTIONS)
def load_linnerud(*, return_X_y: bool = False, as_frame: bool = False) -> Any:
    """20 men with three exercises and three measurements of the body. Source: Tenenhaus 1998.

    The files come from an installed scikit-learn, or the folder named by `SEODANG_DATA`.

    Parameters
    ----------
    return_X_y : whether to give (data, target) alone
    as_frame : whether to give frames of pandas

    Returns
    -------
    Bunch with data of shape (20, 3), target of shape (20, 3), feature_names, target_names, frame,
    DESCR, data_filename, target_filename, data_module

    Raises
    ------
    OSError
        If the files are nowhere.
    """
    files = "linnerud_exercise.csv", "linnerud_physiological.csv"
    tables, names = [], []
    for name in files:
        names.append(bundled(f"data/{name}").read_text().split("\n", 1)[0].split())
        tables.append(_numbers(name, skiprows=1))
    frame, X, y = framed("load_linnerud", *tables, *names, as_frame)
    if return_X_y:
        return X, y
    return Bunch(
        data=X, feature_names=names[0], target=y, target_names=names[1], frame=frame,
        DESCR=_LINNERUD, data_filename=files[0], target_filename=files[1],
        data_module="sklearn.datasets.data",
    )


_IMAGES = "china.jpg", "flower.jpg"


def load_sample_images() -> Bunch:
    """Two photographs, which an installed scikit-learn brings.

    Returns
    -------
    Bunch with images (arrays of bytes of shape (427, 640, 3)), filenames, DESCR

    Raises
    ------
    OSError
        If the files are nowhere.
    ImportError
        If there is no Pillow to read them.
    """
    try:
        from PIL import Image
    except ImportError as error:
        raise ImportError(
            "The Python Imaging Library (PIL) is required to load data from jpeg files. Please "
            "refer to https://pillow.readthedocs.io/en/stable/installation.html for installing PIL."
        ) from error
    paths = [bundled(f"images/{name}") for name in _IMAGES]
    images = []
    for path in paths:
        with Image.open(path) as picture:
            images.append(np.asarray(picture))
    text = "Two photographs under the licence CC BY: the Summer Palace in China, and a flower."
    return Bunch(images=images, filenames=list(_IMAGES), DESCR=text)


@checked(image_name=Words(*_IMAGES))
def load_sample_image(image_name: str) -> np.ndarray:
    """One of the photographs of `load_sample_images`.

    Parameters
    ----------
    image_name : "china.jpg" or "flower.jpg"
    """
    found = load_sample_images()
    return found.images[found.filenames.index(image_name)]
