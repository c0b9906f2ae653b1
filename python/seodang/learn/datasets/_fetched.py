"""The data sets that are fetched: read from a folder of the user's, with a word on how to get them."""

from __future__ import annotations

import gzip
import io
import os
import re
import tarfile
from numbers import Integral, Real
from pathlib import Path
from typing import Any

import numpy as np

from ..utils._bunch import Bunch
from ..utils._parameters import ARRAY, BOOLEAN, RANDOM, Span, Words, checked
from ..utils.validation import check_random_state
from ._places import absent, found
from ._tables import framed

_HOME = {"data_home": (str, os.PathLike, None)}
_FETCH = {
    **_HOME, "download_if_missing": BOOLEAN, "n_retries": Span(Integral, 1, None),
    "delay": Span(Real, 0.0, None, "neither"),
}

_HOUSES = """California housing
==================

20,640 groups of blocks in the census of 1990. Eight numbers of each: the median income (in tens of
thousands of dollars), the median age of the houses, the mean numbers of rooms and bedrooms of a
household, how many people live there, how many in a household, latitude and longitude. The target is
the median value of the houses in hundreds of thousands of dollars, cut off at 5.

Source: R. K. Pace and R. Barry, "Sparse spatial autoregressions", Statistics and Probability Letters 33
(1997).
"""
_HOUSES_ORIGIN = "https://ndownloader.figshare.com/files/5976036"
_HOUSES_FILES = (
    "cal_housing.tgz", "cal_housing.data", "california_housing.npz", "california-housing.csv.gz",
    "california-housing.csv",
)
# The columns of the source's file.
_RAW = 9


def _raw_houses(path: Path) -> np.ndarray:
    """Longitude, latitude, age, rooms, bedrooms, people, households, income, value of each group."""
    if path.suffix == ".npz":
        with np.load(path, allow_pickle=False) as file:
            return np.column_stack([file["x"], file["y"]]).astype(np.float64)
    raw = path.read_bytes()
    if path.suffix == ".tgz":
        with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
            member = next(m for m in archive.getmembers() if m.name.endswith("cal_housing.data"))
            raw = archive.extractfile(member).read()
    elif raw[:2] == b"\x1f\x8b":
        raw = gzip.decompress(raw)
    # A missing number of bedrooms is empty there; the other columns are whole.
    return np.genfromtxt(
        io.BytesIO(raw), delimiter=",", usecols=range(_RAW), skip_header=int(raw[:1].isalpha())
    )


@checked(**_FETCH, return_X_y=BOOLEAN, as_frame=BOOLEAN)
def fetch_california_housing(
    *,
    data_home: Any = None,
    download_if_missing: bool = True,
    return_X_y: bool = False,
    as_frame: bool = False,
    n_retries: int = 3,
    delay: float = 1.0,
) -> Any:
    """20,640 groups of blocks with eight numbers, and what the houses are worth. Source: Pace, Barry 1997.

    The file is looked for under `data_home`, in the folder named by `SEODANG_DATA` and in Keras's: the
    source's own, Keras's california_housing.npz, or a table with the source's columns.

    Parameters
    ----------
    data_home : a folder to look in
    download_if_missing : whether to fetch the file if it is nowhere
    return_X_y : whether to give (data, target) alone
    as_frame : whether to give frames of pandas
    n_retries, delay : accepted

    Returns
    -------
    Bunch with data of shape (20640, 8), target, frame, target_names, feature_names, DESCR

    Raises
    ------
    OSError
        If the file is nowhere and cannot be fetched.
    """
    path = found(_HOUSES_FILES, data_home)
    if path is None:
        error = absent("California housing", _HOUSES_FILES[:3], _HOUSES_ORIGIN)
        if not download_if_missing:
            raise error
        from ...keras.utils.files import get_file

        try:
            path = Path(get_file("cal_housing.tgz", origin=_HOUSES_ORIGIN))
        except Exception as cause:
            raise error from cause
    raw = _raw_houses(path)
    longitude, latitude, age, rooms, bedrooms, people, homes, income, value = raw.T
    data = np.column_stack([
        income, age, rooms / homes, bedrooms / homes, people, people / homes, latitude, longitude
    ])
    features = [
        "MedInc", "HouseAge", "AveRooms", "AveBedrms", "Population", "AveOccup", "Latitude",
        "Longitude",
    ]
    targets = ["MedHouseVal"]
    frame, X, y = framed(
        "fetch_california_housing", data, value / 100000.0, features, targets, as_frame
    )
    if return_X_y:
        return X, y
    return Bunch(
        data=X, target=y, frame=frame, target_names=targets, feature_names=features, DESCR=_HOUSES
    )


_NEWS = "20 newsgroups"
_NEWS_ORIGIN = "https://ndownloader.figshare.com/files/5975967"
_NEWS_FILES = ("20news-bydate.tar.gz", "20newsbydate.tar.gz")
_NEWS_TEXT = """20 newsgroups
=============

18,846 messages of twenty groups of Usenet, in two parts by their date.

Source: K. Lang, "NewsWeeder: learning to filter netnews" (1995).
"""


def _without(text: str, remove: Any) -> str:
    if "headers" in remove:
        text = text.partition("\n\n")[2]
    if "quotes" in remove:
        quote = re.compile(
            r"(writes in|writes:|wrote:|says:|said:|^In article|^Quoted from|^\||^>)"
        )
        text = "\n".join(line for line in text.split("\n") if not quote.search(line))
    if "footers" in remove:
        lines = text.strip().split("\n")
        for i in range(len(lines) - 1, -1, -1):
            if lines[i].strip().strip("-") == "":
                return "\n".join(lines[:i]) if i > 0 else text
    return text


@checked(
    **_FETCH, subset=Words("train", "test", "all"), categories=(ARRAY, None), shuffle=BOOLEAN,
    random_state=RANDOM, remove=tuple, return_X_y=BOOLEAN,
)
def fetch_20newsgroups(
    *,
    data_home: Any = None,
    subset: str = "train",
    categories: Any = None,
    shuffle: bool = True,
    random_state: Any = 42,
    remove: tuple[str, ...] = (),
    download_if_missing: bool = True,
    return_X_y: bool = False,
    n_retries: int = 3,
    delay: float = 1.0,
) -> Any:
    """Messages of twenty groups of Usenet. Source: Lang 1995.

    The archive is looked for under `data_home` and in the folder named by `SEODANG_DATA`.

    Parameters
    ----------
    data_home : a folder to look in
    subset : "train", "test" or "all"
    categories : the names of the groups that count; None is all
    shuffle, random_state : whether messages are shuffled, and the seed
    remove : which of "headers", "footers", "quotes" are taken away
    download_if_missing : whether to fetch the archive if it is nowhere
    return_X_y : whether to give (data, target) alone
    n_retries, delay : accepted

    Returns
    -------
    Bunch with data (a list of texts), target, target_names, DESCR

    Raises
    ------
    OSError
        If the archive is nowhere and cannot be fetched.
    """
    path = found(_NEWS_FILES, data_home)
    if path is None:
        error = absent(_NEWS, _NEWS_FILES[:1], _NEWS_ORIGIN)
        if not download_if_missing:
            raise error
        from ...keras.utils.files import get_file

        try:
            path = Path(get_file(_NEWS_FILES[0], origin=_NEWS_ORIGIN))
        except Exception as cause:
            raise error from cause
    parts = ("train", "test") if subset == "all" else (subset,)
    messages = []
    with tarfile.open(path) as archive:
        for member in archive.getmembers():
            if member.isfile():
                part, group, number = Path(member.name).parts[-3:]
                if part.rpartition("-")[2] in parts:
                    text = archive.extractfile(member).read().decode("latin1")
                    messages.append((part, group, number, text))
    messages.sort(key=lambda m: (not m[0].endswith("train"), m[1], m[2]))
    groups = sorted({m[1] for m in messages})
    if categories is not None:
        unknown = set(categories) - set(groups)
        if unknown:
            raise ValueError(f"there is no group {sorted(unknown)}; the groups are {groups}")
        groups = sorted(categories)
        messages = [m for m in messages if m[1] in set(groups)]
    data = [_without(m[3], remove) for m in messages]
    target = np.asarray([groups.index(m[1]) for m in messages])
    if shuffle:
        order = np.arange(len(data))
        check_random_state(random_state).shuffle(order)
        data, target = [data[i] for i in order], target[order]
    if return_X_y:
        return data, target
    return Bunch(data=data, target=target, target_names=groups, DESCR=_NEWS_TEXT)


@checked(name=(str, None), data_id=(Span(Integral, 1, None), None), **_HOME)
def fetch_openml(
    name: str | None = None,
    *,
    version: str | int = "active",
    data_id: int | None = None,
    data_home: Any = None,
    target_column: Any = "default-target",
    cache: bool = True,
    return_X_y: bool = False,
    as_frame: str | bool = "auto",
    n_retries: int = 3,
    delay: float = 1.0,
    parser: str = "auto",
    read_csv_kwargs: dict[str, Any] | None = None,
) -> Any:
    """A data set of OpenML: "mnist_784" and "Fashion-MNIST" from their files in a folder of yours.

    Parameters
    ----------
    name : the name
    version, data_id, target_column, cache, n_retries, delay, parser, read_csv_kwargs : accepted
    data_home : a folder to look in, besides the one named by `SEODANG_DATA`
    return_X_y : whether to give (data, target) alone
    as_frame : whether to give frames of pandas; "auto" does

    Returns
    -------
    Bunch with data of shape (70000, 784), target (words), frame, feature_names, target_names, DESCR

    Raises
    ------
    OSError
        For a data set that is not there.
    """
    word = str(name or data_id).lower().replace("_", "-")
    own = {"mnist-784": "mnist", "554": "mnist", "mnist": "mnist", "fashion-mnist": "fashion_mnist",
           "40996": "fashion_mnist"}.get(word)
    if own is None:
        raise OSError(
            f"fetch_openml: {name or data_id} is not here, and Seodang does not ask OpenML's server. "
            f"Get the file from https://www.openml.org/search?type=data&q={name or data_id} and read "
            "it, for example with pandas.read_csv; of OpenML's data sets mnist_784 and Fashion-MNIST "
            "are read from the files that seodang.keras.datasets reads"
        )
    from importlib import import_module

    sets = import_module(f"seodang.keras.datasets.{own}")
    (a, la), (b, lb) = sets.load_data()
    data = np.concatenate([a, b]).reshape(-1, 784)
    data = data.astype(np.float64 if as_frame is False else np.int64)
    target = np.concatenate([la, lb]).astype(str).astype(object)
    features = [f"pixel{i + 1}" for i in range(784)]
    frame, X, y = framed(
        "fetch_openml", data, target, features, ["class"], as_frame is True or as_frame == "auto"
    )
    if frame is not None:
        y = y.astype("category")
        frame["class"] = y
    if return_X_y:
        return X, y
    return Bunch(
        data=X, target=y, frame=frame, feature_names=features, target_names=["class"],
        DESCR=sets.__doc__, details={"name": name}, categories=None, url="https://www.openml.org",
    )
