"""The batches of an ImageDataGenerator: of arrays, of folders, of tables."""

from __future__ import annotations

import os
import threading
from typing import Any

import numpy as np

from ..utils.sequences import Sequence
from ._files import array_to_img, img_to_array, load_img

_ENDINGS = ("png", "jpg", "jpeg", "bmp", "ppm", "tif", "tiff", "gif")


class Iterator(Sequence):
    """Batches by number, or one after the other without end."""

    def __init__(self, n: int, batch_size: int, shuffle: bool, seed) -> None:
        super().__init__()
        self.n, self.batch_size, self.shuffle, self.seed = n, batch_size, shuffle, seed
        self.batch_index = 0
        self.total_batches_seen = 0
        self.lock = threading.Lock()
        self.index_array = None

    def _set_index_array(self) -> None:
        self.index_array = np.random.permutation(self.n) if self.shuffle else np.arange(self.n)

    def __len__(self) -> int:
        return (self.n + self.batch_size - 1) // self.batch_size

    def __getitem__(self, idx):
        if idx >= len(self):
            raise ValueError(f"Asked to retrieve element {idx}, but the Sequence has length {len(self)}")
        if self.seed is not None:
            np.random.seed(self.seed + self.total_batches_seen)
        self.total_batches_seen += 1
        if self.index_array is None:
            self._set_index_array()
        rows = self.index_array[self.batch_size * idx : self.batch_size * (idx + 1)]
        return self._get_batches_of_transformed_samples(rows)

    def on_epoch_end(self) -> None:
        """Draws another order."""
        self._set_index_array()

    def reset(self) -> None:
        """Begins anew."""
        self.batch_index = 0

    def __iter__(self):
        return self

    def __next__(self):
        with self.lock:
            if self.seed is not None:
                np.random.seed(self.seed + self.total_batches_seen)
            if self.batch_index == 0 or self.index_array is None:
                self._set_index_array()
            start = (self.batch_index * self.batch_size) % max(self.n, 1)
            if self.n > start + self.batch_size:
                self.batch_index += 1
            else:
                self.batch_index = 0
            self.total_batches_seen += 1
            rows = self.index_array[start : start + self.batch_size]
        return self._get_batches_of_transformed_samples(rows)

    def next(self):
        """The next batch (the older name)."""
        return self.__next__()

    def _save(self, batch, rows) -> None:
        if not self.save_to_dir:
            return
        for i, picture in zip(rows, batch):
            name = f"{self.save_prefix}_{i}_{np.random.randint(10**7)}.{self.save_format}"
            array_to_img(picture, self.data_format, scale=True).save(os.path.join(self.save_to_dir, name))

    save_to_dir = None
    save_prefix = ""
    save_format = "png"
    data_format = "channels_last"


class NumpyArrayIterator(Iterator):
    """Batches of arrays of pictures."""

    def __init__(self, x, y, generator, batch_size=32, shuffle=True, sample_weight=None, seed=None,
                 save_to_dir=None, save_prefix="", save_format="png", subset=None,
                 ignore_class_split=False, dtype=None) -> None:
        self.x_misc: list = []
        if isinstance(x, (tuple, list)) and len(x) and hasattr(x[0], "shape"):
            x, self.x_misc = x[0], [np.asarray(m) for m in x[1]] if isinstance(x[1], list) else [
                np.asarray(x[1])]
        x = np.asarray(x, dtype=dtype or generator.dtype)
        if x.ndim != 4:
            raise ValueError(f"Input data in `NumpyArrayIterator` should have rank 4. You passed an array "
                             f"with shape {x.shape}")
        for name, other in (("y", y), ("sample_weight", sample_weight)):
            if other is not None and len(other) != len(x):
                raise ValueError(f"`x` (images tensor) and `{name}` should have the same length. Found: "
                                 f"x.shape = {x.shape}, {name}.shape = {np.shape(other)}")
        y = None if y is None else np.asarray(y)
        sample_weight = None if sample_weight is None else np.asarray(sample_weight)
        if subset is not None:
            if subset not in ("training", "validation"):
                raise ValueError(f'Invalid subset name: {subset}; expected "training" or "validation".')
            at = int(len(x) * generator._validation_split)
            part = slice(None, at) if subset == "validation" else slice(at, None)
            x = x[part]
            y = None if y is None else y[part]
            sample_weight = None if sample_weight is None else sample_weight[part]
            self.x_misc = [m[part] for m in self.x_misc]
        self.x, self.y, self.sample_weight, self.image_data_generator = x, y, sample_weight, generator
        self.data_format = generator.data_format
        self.save_to_dir, self.save_prefix, self.save_format = save_to_dir, save_prefix, save_format
        super().__init__(len(x), batch_size, shuffle, seed)

    def _get_batches_of_transformed_samples(self, rows):
        g = self.image_data_generator
        out = np.zeros((len(rows), *self.x.shape[1:]), dtype=self.x.dtype)
        for k, i in enumerate(rows):
            picture = self.x[i]
            picture = g.apply_transform(picture, g.get_random_transform(picture.shape))
            out[k] = g.standardize(picture.astype(g.dtype))
        self._save(out, rows)
        given = [out, *(m[rows] for m in self.x_misc)] if self.x_misc else out
        if self.y is None:
            return given
        if self.sample_weight is None:
            return given, self.y[rows]
        return given, self.y[rows], self.sample_weight[rows]


class FileIterator(Iterator):
    """Batches of pictures in files."""

    def _prepare(self, generator, target_size, color_mode, class_mode, interpolation, keep_aspect_ratio):
        channels = {"grayscale": 1, "rgb": 3, "rgba": 4}
        if color_mode not in channels:
            raise ValueError(f'Invalid color mode: {color_mode}; expected "rgb", "rgba", or "grayscale".')
        self.image_data_generator = generator
        self.target_size, self.color_mode, self.class_mode = tuple(target_size), color_mode, class_mode
        self.interpolation, self.keep_aspect_ratio = interpolation, keep_aspect_ratio
        self.data_format = generator.data_format
        c = channels[color_mode]
        first = self.data_format == "channels_first"
        self.image_shape = (c, *self.target_size) if first else (*self.target_size, c)

    def _get_batches_of_transformed_samples(self, rows):
        g = self.image_data_generator
        out = np.zeros((len(rows), *self.image_shape), dtype=g.dtype)
        for k, i in enumerate(rows):
            picture = load_img(self.filepaths[i], color_mode=self.color_mode,
                               target_size=self.target_size, interpolation=self.interpolation,
                               keep_aspect_ratio=self.keep_aspect_ratio)
            x = img_to_array(picture, self.data_format, g.dtype)
            x = g.apply_transform(x, g.get_random_transform(x.shape))
            out[k] = g.standardize(x)
        self._save(out, rows)
        return self._with_labels(out, rows)

    def _with_labels(self, out, rows):
        mode = self.class_mode
        if mode is None:
            return out
        if mode == "input":
            return out, out.copy()
        labels = self.labels[rows]
        if mode == "binary":
            return out, labels.astype(self.image_data_generator.dtype)
        if mode == "sparse":
            return out, labels.astype(self.image_data_generator.dtype)
        if mode == "categorical":
            hot = np.zeros((len(rows), len(self.class_indices)), self.image_data_generator.dtype)
            hot[np.arange(len(rows)), labels.astype(int)] = 1
            return out, hot
        return out, labels


class DirectoryIterator(FileIterator):
    """Batches of pictures in a folder with one folder for each class."""

    def __init__(self, directory, generator, target_size=(256, 256), color_mode="rgb", classes=None,
                 class_mode: Any = "categorical", batch_size=32, shuffle=True, seed=None, data_format=None,
                 save_to_dir=None, save_prefix="", save_format="png", follow_links=False, subset=None,
                 interpolation="nearest", keep_aspect_ratio=False, dtype=None) -> None:
        if class_mode not in ("categorical", "binary", "sparse", "input", None):
            raise ValueError(f"Invalid class_mode: {class_mode}; expected one of: "
                             "{'categorical', 'binary', 'sparse', 'input', None}")
        self._prepare(generator, target_size, color_mode, class_mode, interpolation, keep_aspect_ratio)
        self.directory = os.fspath(directory)
        if not classes:
            classes = sorted(d for d in os.listdir(self.directory)
                             if os.path.isdir(os.path.join(self.directory, d)))
        self.num_classes = len(classes)
        self.class_indices = {c: i for i, c in enumerate(classes)}
        self.filenames: list = []
        labels: list = []
        for name in classes:
            found = []
            for root, _, files in sorted(os.walk(os.path.join(self.directory, name),
                                                 followlinks=follow_links)):
                found += [os.path.relpath(os.path.join(root, f), self.directory) for f in sorted(files)
                          if f.lower().endswith(_ENDINGS)]
            if subset is not None:
                if subset not in ("training", "validation"):
                    raise ValueError(f'Invalid subset name: {subset};expected "training" or "validation"')
                at = int(len(found) * generator._validation_split)
                found = found[:at] if subset == "validation" else found[at:]
            self.filenames += found
            labels += [self.class_indices[name]] * len(found)
        self.classes = self.labels = np.array(labels, dtype="int32")
        self.samples = len(self.filenames)
        self.filepaths = [os.path.join(self.directory, f) for f in self.filenames]
        self.save_to_dir, self.save_prefix, self.save_format = save_to_dir, save_prefix, save_format
        print(f"Found {self.samples} images belonging to {self.num_classes} classes.")
        super().__init__(self.samples, batch_size, shuffle, seed)


class DataFrameIterator(FileIterator):
    """Batches of pictures whose files and labels a table names."""

    def __init__(self, dataframe, directory=None, generator=None, x_col="filename", y_col="class",
                 weight_col=None, target_size=(256, 256), color_mode="rgb", classes=None,
                 class_mode: Any = "categorical", batch_size=32, shuffle=True, seed=None, save_to_dir=None,
                 save_prefix="", save_format="png", subset=None, interpolation="nearest",
                 keep_aspect_ratio=False, dtype=None, validate_filenames=True, **kwargs) -> None:
        self._prepare(generator, target_size, color_mode, class_mode, interpolation, keep_aspect_ratio)
        paths = [os.path.join(directory or "", str(p)) for p in dataframe[x_col]]
        keep = np.array([not validate_filenames or os.path.isfile(p) for p in paths], bool)
        frame = dataframe[keep]
        paths = [p for p, k in zip(paths, keep) if k]
        if subset is not None:
            at = int(len(paths) * generator._validation_split)
            part = slice(None, at) if subset == "validation" else slice(at, None)
            frame, paths = frame.iloc[part], paths[part]
        self.class_indices: dict = {}
        if class_mode in ("categorical", "binary", "sparse"):
            names = list(frame[y_col])
            known = classes or sorted(set(names))
            self.class_indices = {c: i for i, c in enumerate(known)}
            self.labels = np.array([self.class_indices[n] for n in names])
            self.classes = list(self.labels)
        elif class_mode in ("raw", "multi_output", "other"):
            self.labels = np.asarray(frame[y_col])
        self.filepaths, self.filenames = paths, [str(p) for p in frame[x_col]]
        self.samples = len(paths)
        self.save_to_dir, self.save_prefix, self.save_format = save_to_dir, save_prefix, save_format
        kinds = f" belonging to {len(self.class_indices)} classes" if self.class_indices else ""
        print(f"Found {self.samples} validated image filenames{kinds}.")
        super().__init__(self.samples, batch_size, shuffle, seed)
