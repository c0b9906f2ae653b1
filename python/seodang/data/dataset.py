"""``tf.data.Dataset``: pipelines of elements."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from seodang.data import _elements
from seodang.data._core import (
    INFINITE,
    UNKNOWN,
    DatasetIterator,
    Node,
    NumpyIterator,
)
from seodang.data._rows import ArrayPlan, joined

AUTOTUNE = -1
INFINITE_CARDINALITY = INFINITE
UNKNOWN_CARDINALITY = UNKNOWN


def _int(value) -> int:
    return int(value.numpy()) if hasattr(value, "numpy") else int(value)


def _workers(value):
    return None if value is None else _int(value)


class Dataset(Node):
    """A sequence of elements (structures of tensors) that is made while one iterates over it.

    Every method gives a new data set; ``for element in dataset`` makes a pass. Functions are called on
    each element as they are, and what they raise comes out unchanged.
    """

    @property
    def element_spec(self):
        """The structure of ``TensorSpec`` that the elements have."""
        found = self.__dict__.get("_spec_found")
        if found is None:
            found = self.__dict__["_spec_found"] = self._spec()
        return found

    def __iter__(self) -> DatasetIterator:
        return DatasetIterator(self)

    def __bool__(self) -> bool:
        return True

    def __len__(self) -> int:
        count = self._count()
        if count == INFINITE:
            raise TypeError("The dataset is infinite.")
        if count == UNKNOWN:
            raise TypeError("The dataset length is unknown.")
        return count

    def __repr__(self) -> str:
        try:
            spec = self.element_spec
        except Exception:
            spec = "unknown"
        return f"<{self._kind} element_spec={spec}>"

    def cardinality(self):
        """The number of elements as an int64 tensor; -1 if infinite, -2 if unknown."""
        return _elements.leaf_to_user(np.array(self._count(), np.int64))

    def as_numpy_iterator(self) -> NumpyIterator:
        """An iterator over the elements as NumPy's arrays and scalars."""
        return NumpyIterator(self)

    def make_one_shot_iterator(self) -> DatasetIterator:
        """An iterator, as TensorFlow 1 named it."""
        return DatasetIterator(self)

    def get_single_element(self, name=None):
        """The only element; InvalidArgumentError if there are none or several."""
        from seodang import errors

        found = list(zip(range(2), self))
        if len(found) != 1:
            what = "Dataset was empty." if not found else "Dataset had more than one element."
            raise errors.InvalidArgumentError(None, None, what)
        return found[0][1]

    def _as_arrays(self) -> ArrayPlan | None:
        """How to train on the whole arrays behind the pipeline, or None if there is no such way."""
        plan = self._batch_plan()
        if plan is None:
            return None
        rows, size, drop = plan

        def order():
            found = joined(rows.chunks(False))
            return found[: len(found) - len(found) % size] if drop else found

        return ArrayPlan(rows.arrays, size, order)

    # Sources

    @staticmethod
    def from_tensor_slices(tensors, name=None) -> Dataset:
        """A data set of the rows of arrays (a structure of them, with equal first dimensions)."""
        return _sources.Slices(tensors)

    @staticmethod
    def from_tensors(tensors, name=None) -> Dataset:
        """A data set of one element."""
        return _sources.Single(tensors)

    @staticmethod
    def from_generator(
        generator: Callable,
        output_types=None,
        output_shapes=None,
        args=None,
        output_signature=None,
        name=None,
    ) -> Dataset:
        """A data set of what ``generator(*args)`` yields; each pass calls it anew.

        Raises TypeError if the generator is no callable or no types are given, InvalidArgumentError in a
        pass if an element is not as described.
        """
        if not callable(generator):
            raise TypeError("`generator` must be a Python callable.")
        spec = _sources.generator_spec(output_types, output_shapes, output_signature)
        return _sources.Generated(generator, spec, tuple(args or ()))

    @staticmethod
    def range(*args, **kwargs) -> Dataset:
        """A data set of numbers, as Python's ``range``; int64, or ``output_type``."""
        return _sources.Range(*args, output_type=kwargs.get("output_type"))

    @staticmethod
    def random(seed=None, rerandomize_each_iteration=None, name=None) -> Dataset:
        """Random numbers from 0 to 2**32 - 1, without an end."""
        return _sources.Random(seed, rerandomize_each_iteration)

    @staticmethod
    def counter(start=0, step=1, dtype="int64", name=None) -> Dataset:
        """The numbers from ``start`` on, without an end."""
        return _sources.Counter(start, step, dtype)

    @staticmethod
    def list_files(file_pattern, shuffle=None, seed=None, name=None) -> Dataset:
        """The names of the files that match patterns, by default in random order."""
        from seodang.data import readers

        return readers.list_files(file_pattern, shuffle, seed)

    @staticmethod
    def zip(*args, datasets=None, name=None) -> Dataset:
        """Elements of several data sets side by side: ``zip(a, b)``, ``zip((a, b))``, dicts too."""
        if datasets is None:
            if not args:
                raise TypeError("Must pass at least one dataset to `zip`.")
            datasets = args[0] if len(args) == 1 else args
        return _combine.Zip(tuple(datasets) if isinstance(datasets, list) else datasets)

    @staticmethod
    def sample_from_datasets(
        datasets, weights=None, seed=None, stop_on_empty_dataset=False, rerandomize_each_iteration=None
    ) -> Dataset:
        """Elements drawn at random from several data sets."""
        return _combine.Directed(datasets, None, weights, seed, stop_on_empty_dataset)

    @staticmethod
    def choose_from_datasets(datasets, choice_dataset, stop_on_empty_dataset=True) -> Dataset:
        """Elements of the data sets whose numbers another data set gives."""
        return _combine.Directed(datasets, choice_dataset, stop_on_empty=stop_on_empty_dataset)

    @staticmethod
    def load(path, element_spec=None, compression=None, reader_func=None) -> Dataset:
        """A data set that ``save`` wrote; NotFoundError if there is none."""
        import os

        from seodang import errors
        from seodang.data import _core, _storage

        elements = _storage.read(os.path.join(os.fspath(path), "elements"))
        if elements is None:
            raise errors.NotFoundError(None, None, f"Could not find a dataset in {path}.")
        specs = [_elements.map_leaves(_elements.leaf_spec, e) for e in elements[:2]]
        spec = element_spec or (_core.merge_specs(*specs) if len(specs) == 2 else specs[0])
        return _sources.Given(elements, spec)

    def save(self, path, compression=None, shard_func=None, checkpoint_args=None) -> None:
        """Writes all elements into a folder."""
        import os

        from seodang.data import _storage

        _storage.write(os.path.join(os.fspath(path), "elements"), list(self._iterate()))

    # Element by element

    def map(
        self,
        map_func: Callable,
        num_parallel_calls=None,
        deterministic=None,
        synchronous=None,
        use_unbounded_threadpool=False,
        name=None,
    ) -> Dataset:
        """The results of a function; a tuple is spread over its parameters, a list counts as a tuple."""
        return _transforms.Map(self, map_func, _workers(num_parallel_calls))

    def filter(self, predicate: Callable, name=None) -> Dataset:
        """The elements for which ``predicate`` gives a true boolean scalar."""
        return _transforms.Filter(self, predicate)

    def take_while(self, predicate: Callable, name=None) -> Dataset:
        """The elements before the first for which ``predicate`` is false."""
        return _transforms.TakeWhile(self, predicate)

    def take(self, count, name=None) -> Dataset:
        """The first ``count`` elements; all for -1."""
        return _transforms.Take(self, _int(count))

    def skip(self, count, name=None) -> Dataset:
        """All but the first ``count`` elements; none for -1."""
        return _transforms.Skip(self, _int(count))

    def shard(self, num_shards, index, name=None) -> Dataset:
        """Every ``num_shards``-th element, from number ``index`` on."""
        return _transforms.Shard(self, _int(num_shards), _int(index))

    def shuffle(self, buffer_size, seed=None, reshuffle_each_iteration=True, name=None) -> Dataset:
        """The elements in random order, drawn from a buffer; anew in each pass.

        The same seed gives TensorFlow's order.
        """
        return _transforms.Shuffle(self, _int(buffer_size), seed, reshuffle_each_iteration)

    def repeat(self, count=None, name=None) -> Dataset:
        """The elements ``count`` times, without an end for None or -1."""
        return _transforms.Repeat(self, None if count is None else _int(count))

    def enumerate(self, start=0, name=None) -> Dataset:
        """Pairs of an int64 number and an element."""
        return _transforms.Enumerate(self, _int(start))

    def scan(self, initial_state, scan_func: Callable, name=None) -> Dataset:
        """Elements from ``scan_func(state, element) -> (state, output)``."""
        return _transforms.Scan(self, initial_state, scan_func)

    def unique(self, name=None) -> Dataset:
        """The elements without repetitions."""
        return _transforms.Unique(self)

    def prefetch(self, buffer_size, name=None) -> Dataset:
        """The elements, up to ``buffer_size`` of them made ahead of time by a thread."""
        return _transforms.Prefetch(self, _int(buffer_size))

    def cache(self, filename="", name=None) -> Dataset:
        """The elements, kept after the first whole pass in memory or in a file."""
        return _combine.Cache(self, str(filename) if filename else "")

    def ignore_errors(self, log_warning=False, name=None) -> Dataset:
        """The elements without those that a function failed to make."""
        return _transforms.IgnoreErrors(self, log_warning)

    def reduce(self, initial_state, reduce_func: Callable, name=None):
        """The last state of ``reduce_func(state, element) -> state``."""
        state = _elements.from_user(initial_state)
        for element in self._iterate():
            state = _elements.from_user(reduce_func(_elements.to_user(state), _elements.to_user(element)))
        return _elements.to_user(state)

    # Groups of elements

    def batch(
        self, batch_size, drop_remainder=False, num_parallel_calls=None, deterministic=None, name=None
    ) -> Dataset:
        """Elements stacked along a new first dimension; the last batch may be smaller."""
        return _batching.Batch(self, _int(batch_size), bool(drop_remainder))

    def padded_batch(
        self, batch_size, padded_shapes=None, padding_values=None, drop_remainder=False, name=None
    ) -> Dataset:
        """Elements padded to one shape, then stacked."""
        return _batching.PaddedBatch(
            self, _int(batch_size), padded_shapes, padding_values, bool(drop_remainder)
        )

    def unbatch(self, name=None) -> Dataset:
        """The rows of the elements."""
        return _batching.Unbatch(self)

    def rebatch(self, batch_size, drop_remainder=False, name=None) -> Dataset:
        """Batches of other sizes."""
        return _batching.Rebatch(self, batch_size, drop_remainder)

    def window(self, size, shift=None, stride=1, drop_remainder=False, name=None) -> Dataset:
        """Data sets of ``size`` successive elements each, one every ``shift`` elements."""
        size = _int(size)
        return _transforms.Windows(
            self, size, size if shift is None else _int(shift), _int(stride), bool(drop_remainder)
        )

    def group_by_window(
        self, key_func, reduce_func, window_size=None, window_size_func=None, name=None
    ) -> Dataset:
        """Elements grouped by a key; each window goes through ``reduce_func(key, dataset)``."""
        if (window_size is None) == (window_size_func is None):
            raise ValueError("Either the `window_size` or `window_size_func` argument must be set.")
        size = window_size_func or (lambda key: _int(window_size))
        return _batching.GroupByWindow(self, key_func, reduce_func, lambda key: int(size(key)))

    def bucket_by_sequence_length(
        self,
        element_length_func,
        bucket_boundaries,
        bucket_batch_sizes,
        padded_shapes=None,
        padding_values=None,
        pad_to_bucket_boundary=False,
        no_padding=False,
        drop_remainder=False,
        name=None,
    ) -> Dataset:
        """Padded batches of elements of similar length."""
        if len(bucket_batch_sizes) != len(bucket_boundaries) + 1:
            raise ValueError(
                "`len(bucket_batch_sizes)` must equal `len(bucket_boundaries) + 1` but "
                f"{len(bucket_batch_sizes)} != {len(bucket_boundaries)} + 1."
            )

        def batched(key, window):
            size = bucket_batch_sizes[int(key)]
            if no_padding:
                return window.batch(size, drop_remainder)
            shapes = padded_shapes
            if pad_to_bucket_boundary:
                length = bucket_boundaries[int(key)] - 1
                spec = window.element_spec if shapes is None else shapes
                shapes = _elements.map_leaves(
                    lambda s: [length if d is None else d for d in getattr(s, "shape", s)], spec
                )
            return window.padded_batch(size, shapes, padding_values, drop_remainder)

        key = _batching.bucket_key(bucket_boundaries, element_length_func)
        return _batching.GroupByWindow(self, key, batched, lambda k: bucket_batch_sizes[k])

    # Several data sets

    def concatenate(self, dataset, name=None) -> Dataset:
        """These elements, then those of another data set."""
        return _combine.Concatenate(self, dataset)

    def flat_map(self, map_func: Callable, name=None) -> Dataset:
        """The elements of the data sets that a function makes of elements, one after the other."""
        return _combine.Interleave(self, map_func, 1, 1, flat=True)

    def interleave(
        self,
        map_func: Callable,
        cycle_length=None,
        block_length=None,
        num_parallel_calls=None,
        deterministic=None,
        name=None,
    ) -> Dataset:
        """As ``flat_map``, ``cycle_length`` data sets at a time, ``block_length`` elements in turn."""
        return _combine.Interleave(
            self, map_func, cycle_length, 1 if block_length is None else _int(block_length)
        )

    def apply(self, transformation_func: Callable) -> Dataset:
        """The data set that a function makes of this one."""
        made = transformation_func(self)
        if not isinstance(made, Dataset):
            raise TypeError(
                f"`transformation_func` must return a `tf.data.Dataset` object. Got {type(made)}."
            )
        return made

    def with_options(self, options, name=None) -> Dataset:
        """The same elements; options are accepted and have no effect on them."""
        return _transforms.WithOptions(self, options)

    def options(self):
        """The options that were set."""
        from seodang.data.options import Options

        found = self.__dict__.get("_own_options")
        if found is not None:
            return found
        return self._sources[0].options() if self._sources else Options()

    def __getattr__(self, name: str):
        if name in ("snapshot", "ragged_batch", "sparse_batch", "rejection_resample"):
            raise NotImplementedError(
                f"tf.data.Dataset.{name} is not in Seodang; the nearest are cache, padded_batch and filter."
            )
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")


# The stages are subclasses of Dataset.
from seodang.data import _sources  # noqa: E402
from seodang.data import _transforms  # noqa: E402
from seodang.data import _batching, _combine  # noqa: E402
