"""Where data sets' files are, and those that are not there."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from ..utils._parameters import checked


@checked(data_home=(str, os.PathLike, None))
def get_data_home(data_home: Any = None) -> str:
    """The folder of data sets: `data_home`, `SCIKIT_LEARN_DATA`, or scikit_learn_data at home; made anew.

    Parameters
    ----------
    data_home : the folder
    """
    given = data_home or os.environ.get("SCIKIT_LEARN_DATA") or Path("~") / "scikit_learn_data"
    folder = os.path.expanduser(given)
    os.makedirs(folder, exist_ok=True)
    return folder


@checked(data_home=(str, os.PathLike, None))
def clear_data_home(data_home: Any = None) -> None:
    """Deletes the folder of data sets with all that is in it.

    Parameters
    ----------
    data_home : the folder
    """
    shutil.rmtree(get_data_home(data_home))


def found(names: tuple[str, ...], data_home: Any = None) -> Path | None:
    """The first file of these names under `data_home`, `SEODANG_DATA` or Keras's folder, if any."""
    homes = [data_home, os.environ.get("SEODANG_DATA"), os.environ.get("SCIKIT_LEARN_DATA")]
    homes += [Path("~/scikit_learn_data").expanduser(), Path("~/.keras/datasets").expanduser()]
    for home in filter(None, homes):
        for name in names:
            if (Path(home) / name).exists():
                return Path(home) / name
    return None


def absent(what: str, names: tuple[str, ...], origin: str) -> OSError:
    """The error for a data set whose file is nowhere."""
    return OSError(
        f"{what} is not here: get the file from {origin}, put it as {' or '.join(names)} into a "
        "folder, and name that in SEODANG_DATA (or give it as data_home)"
    )
