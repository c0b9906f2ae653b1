"""Folders with one folder for each class, as data sets: what pictures and texts have in common."""

from __future__ import annotations

import os

import numpy as np

from seodang.data import AUTOTUNE, Dataset


def check(labels, label_mode, class_names, validation_split, subset, shuffle, seed, format) -> None:
    """Raises ValueError for arguments that do not fit together."""
    if labels not in ("inferred", None):
        if not isinstance(labels, (list, tuple)):
            raise ValueError(
                "`labels` argument should be a list/tuple of integer labels, of the same size as the "
                f"number of files in the target directory, \"inferred\" or None. Received: labels={labels}"
            )
        if class_names:
            raise ValueError(
                'You can only pass `class_names` if `labels="inferred"`. Received: '
                f"labels={labels}, and class_names={class_names}"
            )
    if label_mode not in ("int", "categorical", "binary", None):
        raise ValueError(
            '`label_mode` argument must be one of "int", "categorical", "binary", or None. Received: '
            f"label_mode={label_mode}"
        )
    if validation_split and not 0 < validation_split < 1:
        raise ValueError(f"`validation_split` must be between 0 and 1, received: {validation_split}")
    if bool(validation_split) != bool(subset):
        raise ValueError("If `subset` is set, `validation_split` must be set, and inversely.")
    if subset not in ("training", "validation", "both", None):
        raise ValueError(
            f'`subset` must be either "training", "validation" or "both", received: {subset}'
        )
    if validation_split and shuffle and seed is None:
        raise ValueError(
            "If using `validation_split` and shuffling the data, you must provide a `seed` argument, to "
            "make sure that there is no overlap between the training and validation subset."
        )
    if format != "tf":
        raise ValueError(f'`format` should be "tf", received: format={format}')


def _files_below(folder: str, endings: tuple, follow_links: bool) -> list[str]:
    walk = sorted(os.walk(folder, followlinks=follow_links), key=lambda found: found[0])
    return [
        os.path.join(root, name)
        for root, _, names in walk
        for name in sorted(names)
        if name.lower().endswith(endings)
    ]


def _index(directory, labels, class_names, endings, shuffle, seed, follow_links, verbose):
    """(paths, labels or None, class names or None) of a folder's files."""
    directory = os.fspath(directory)
    if labels == "inferred":
        folders = sorted(
            name for name in os.listdir(directory)
            if os.path.isdir(os.path.join(directory, name)) and not name.startswith(".")
        )
        if class_names is not None:
            if not set(class_names) <= set(folders):
                raise ValueError(
                    "The `class_names` passed did not match the names of the subdirectories of the target "
                    f"directory. Expected: {folders} (or a subset of it), but received: "
                    f"class_names={class_names}"
                )
            folders = list(class_names)
        found = [_files_below(os.path.join(directory, f), endings, follow_links) for f in folders]
        paths = [path for group in found for path in group]
        labels = np.repeat(np.arange(len(folders), dtype="int32"), [len(group) for group in found])
        class_names = folders
    else:
        if class_names is not None:
            raise ValueError(
                "When `labels` is None or a list, argument `class_names` cannot be specified."
            )
        paths = _files_below(directory, endings, follow_links)
        if labels is not None:
            if len(labels) != len(paths):
                raise ValueError(
                    "Expected the lengths of `labels` to match the number of files in the target "
                    f"directory. len(labels) is {len(labels)} while we found {len(paths)} files in "
                    f"directory {directory}."
                )
            class_names, labels = [str(n) for n in sorted(set(labels))], list(labels)
    if verbose:
        kinds = "" if labels is None else f" belonging to {len(class_names)} classes"
        print(f"Found {len(paths)} files{kinds}.")
    if shuffle:
        for values in (paths, labels):
            if values is not None:
                np.random.RandomState(seed).shuffle(values)
    return paths, labels, class_names


def _part(values, subset: str, count: int):
    if values is None:
        return None
    return values[:-count] if subset == "training" else values[-count:]


def datasets(
    directory, labels, label_mode, class_names, batch_size, shuffle, seed, validation_split, subset,
    follow_links, verbose, *, endings: tuple, what: str, load,
):
    """The data set of a folder, or the two of `subset="both"`; `load` gives a file's value.

    Raises ValueError if there is no file, or not two classes for "binary".
    """
    if labels is None or label_mode is None:
        labels = label_mode = None
    if seed is None:
        seed = np.random.randint(10**6)
    paths, labels, class_names = _index(
        directory, labels, class_names, endings, shuffle, seed, follow_links, verbose
    )
    if label_mode == "binary" and len(class_names) != 2:
        raise ValueError(
            'When passing `label_mode="binary"`, there must be exactly 2 class_names. Received: '
            f"class_names={class_names}"
        )

    def one(part, shuffle):
        own_paths, own_labels = paths, labels
        if part is not None:
            count = int(validation_split * len(paths))
            used = len(paths) - count if part == "training" else count
            if verbose:
                print(f"Using {used} files for {part}.")
            own_paths, own_labels = _part(paths, part, count), _part(labels, part, count)
        if not own_paths:
            raise ValueError(f"No {what} found in directory {directory}. Allowed formats: {endings}")
        made = Dataset.from_tensor_slices(own_paths)
        if label_mode is not None:
            made = Dataset.zip((made, _labels(own_labels, label_mode, len(class_names))))
        if shuffle:
            made = made.shuffle(batch_size * 8 if batch_size is not None else 1024, seed=seed)
        if label_mode is not None:
            made = made.map(lambda path, label: (load(path), label), num_parallel_calls=AUTOTUNE)
        else:
            made = made.map(load, num_parallel_calls=AUTOTUNE)
        made = made if batch_size is None else made.batch(batch_size)
        made = made.prefetch(AUTOTUNE)
        made.class_names, made.file_paths = class_names, own_paths
        return made

    if subset == "both":
        return [one("training", shuffle), one("validation", False)]
    return one(subset, shuffle)


def _labels(labels, mode: str, classes: int) -> Dataset:
    labels = np.asarray(labels, "int32")
    if mode == "binary":
        labels = labels.astype("float32")[:, None]
    elif mode == "categorical":
        labels = (labels[:, None] == np.arange(classes)).astype("float32")
    return Dataset.from_tensor_slices(labels)
