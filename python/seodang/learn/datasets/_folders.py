"""Texts in folders, one folder a class."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np

from ..utils._bunch import Bunch
from ..utils._parameters import ARRAY, BOOLEAN, RANDOM, Words, checked
from ..utils.validation import check_random_state


@checked(
    container_path=(str, os.PathLike), description=(str, None), categories=(list, None),
    load_content=BOOLEAN, shuffle=BOOLEAN, encoding=(str, None),
    decode_error=Words("strict", "ignore", "replace"), random_state=RANDOM,
    allowed_extensions=(ARRAY, None),
)
def load_files(
    container_path: Any,
    *,
    description: str | None = None,
    categories: list[str] | None = None,
    load_content: bool = True,
    shuffle: bool = True,
    encoding: str | None = None,
    decode_error: str = "strict",
    random_state: Any = 0,
    allowed_extensions: Any = None,
) -> Bunch:
    """The files of a folder's folders; each of these is a class.

    Parameters
    ----------
    container_path : the folder
    description : what to say of it
    categories : the names of the folders that count; None is all
    load_content : whether to read the files
    shuffle, random_state : whether files are shuffled, and the seed
    encoding, decode_error : how bytes become texts; without an encoding they stay bytes
    allowed_extensions : the endings of names that count, such as [".txt"]

    Returns
    -------
    Bunch with data (if read), filenames, target_names, target, DESCR
    """
    folders = sorted(p for p in Path(container_path).iterdir() if p.is_dir())
    if categories is not None:
        folders = [p for p in folders if p.name in categories]
    files, classes = [], []
    for number, folder in enumerate(folders):
        for path in sorted(folder.iterdir()):
            ending = os.path.splitext(path.name)[1]
            if allowed_extensions is None or ending in set(allowed_extensions):
                files.append(path)
                classes.append(number)
    names, target = np.asarray([str(f) for f in files]), np.asarray(classes)
    if shuffle:
        order = np.arange(len(names))
        check_random_state(random_state).shuffle(order)
        names, target = names[order], target[order]
    out = Bunch(
        filenames=names, target_names=[p.name for p in folders], target=target, DESCR=description
    )
    if not load_content:
        return out
    data: list[Any] = [Path(name).read_bytes() for name in names]
    if encoding is not None:
        data = [text.decode(encoding, decode_error) for text in data]
    return Bunch(data=data, **out)
