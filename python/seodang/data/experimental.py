"""``tf.data.experimental``: older spellings, and data sets of CSV files."""

from __future__ import annotations

import csv
import io

from seodang import _dtypes
from seodang.data.dataset import (
    AUTOTUNE,
    INFINITE_CARDINALITY,
    UNKNOWN_CARDINALITY,
    Dataset,
)
from seodang.data.options import AutoShardPolicy
from seodang.data.readers import CsvDataset, _names, open_file

__all__ = [
    "AUTOTUNE",
    "INFINITE_CARDINALITY",
    "UNKNOWN_CARDINALITY",
    "AutoShardPolicy",
    "CsvDataset",
]


def cardinality(dataset: Dataset):
    """The number of a data set's elements; -1 if infinite, -2 if unknown."""
    return dataset.cardinality()


def get_single_element(dataset: Dataset):
    """The only element of a data set."""
    return dataset.get_single_element()


def Counter(start=0, step=1, dtype="int64") -> Dataset:  # noqa: N802 - TensorFlow's name
    """The numbers from ``start`` on, without an end."""
    return Dataset.counter(start, step, dtype)


def RandomDataset(seed=None) -> Dataset:  # noqa: N802 - TensorFlow's name
    """Random numbers without an end."""
    return Dataset.random(seed)


def ignore_errors(log_warning=False):
    """For ``apply``: leaves out the elements that could not be made."""
    return lambda dataset: dataset.ignore_errors(log_warning)


def assert_cardinality(expected_cardinality):
    """For ``apply``: promises how many elements there are."""
    from seodang.data._transforms import AssertCardinality

    return lambda dataset: AssertCardinality(dataset, int(expected_cardinality))


def unbatch():
    """For ``apply``: the rows of elements."""
    return lambda dataset: dataset.unbatch()


def unique():
    """For ``apply``: the elements without repetitions."""
    return lambda dataset: dataset.unique()


def enumerate_dataset(start=0):
    """For ``apply``: pairs of a number and an element."""
    return lambda dataset: dataset.enumerate(start)


def scan(initial_state, scan_func):
    """For ``apply``: elements from a function with a state."""
    return lambda dataset: dataset.scan(initial_state, scan_func)


def take_while(predicate):
    """For ``apply``: the elements before the first that fails."""
    return lambda dataset: dataset.take_while(predicate)


def shuffle_and_repeat(buffer_size, count=None, seed=None):
    """For ``apply``: shuffled passes, one after the other."""
    return lambda dataset: dataset.shuffle(buffer_size, seed).repeat(count)


def map_and_batch(map_func, batch_size, num_parallel_batches=None, drop_remainder=False,
                  num_parallel_calls=None):
    """For ``apply``: a function of each element, then batches."""
    return lambda dataset: dataset.map(map_func, num_parallel_calls).batch(batch_size, drop_remainder)


def parallel_interleave(map_func, cycle_length, block_length=1, sloppy=False,
                        buffer_output_elements=None, prefetch_input_elements=None):
    """For ``apply``: data sets interleaved."""
    return lambda dataset: dataset.interleave(map_func, cycle_length, block_length)


def group_by_window(key_func, reduce_func, window_size=None, window_size_func=None):
    """For ``apply``: elements grouped by a key."""
    return lambda dataset: dataset.group_by_window(
        key_func, reduce_func, window_size, window_size_func
    )


def bucket_by_sequence_length(*args, **kwargs):
    """For ``apply``: padded batches of elements of similar length."""
    return lambda dataset: dataset.bucket_by_sequence_length(*args, **kwargs)


def prefetch_to_device(device, buffer_size=None):
    """For ``apply``: the elements, made ahead of time."""
    return lambda dataset: dataset.prefetch(AUTOTUNE if buffer_size is None else buffer_size)


def copy_to_device(target_device, source_device="/cpu:0"):
    """For ``apply``: the elements; tensors go to a device when they are computed with."""
    return lambda dataset: dataset


def sample_from_datasets(datasets, weights=None, seed=None, stop_on_empty_dataset=False) -> Dataset:
    """Elements drawn at random from several data sets."""
    return Dataset.sample_from_datasets(datasets, weights, seed, stop_on_empty_dataset)


def choose_from_datasets(datasets, choice_dataset, stop_on_empty_dataset=False) -> Dataset:
    """Elements of the data sets whose numbers another data set gives."""
    return Dataset.choose_from_datasets(datasets, choice_dataset, stop_on_empty_dataset)


def save(dataset: Dataset, path, compression=None, shard_func=None) -> None:
    """Writes all elements into a folder."""
    dataset.save(path)


def load(path, element_spec=None, compression=None, reader_func=None) -> Dataset:
    """A data set that ``save`` wrote."""
    return Dataset.load(path, element_spec)


def make_csv_dataset(
    file_pattern,
    batch_size,
    column_names=None,
    column_defaults=None,
    label_name=None,
    select_columns=None,
    field_delim=",",
    use_quote_delim=True,
    na_value="",
    header=True,
    num_epochs=None,
    shuffle=True,
    shuffle_buffer_size=10000,
    shuffle_seed=None,
    prefetch_buffer_size=None,
    num_parallel_reads=None,
    sloppy=False,
    num_rows_for_inference=100,
    compression_type=None,
    ignore_errors=False,
    encoding="utf-8",
) -> Dataset:
    """Batches of the rows of CSV files: a dict of columns, with the label apart if one is named.

    Column names come from the first line, types from the first rows. Raises ValueError for a label or a
    column that is not there.
    """
    names = sorted(_names(Dataset.list_files(file_pattern, shuffle=False)))
    rows = _first_rows(names[0], compression_type, field_delim, use_quote_delim, num_rows_for_inference)
    if column_names is None:
        if not header:
            raise ValueError("Expected `column_names` or `header` arguments for CSV column names")
        column_names = rows[0]
    if len(set(column_names)) != len(column_names):
        raise ValueError("Cannot have duplicate column names.")
    if label_name is not None and label_name not in column_names:
        raise ValueError("`label_name` provided must be one of the columns.")
    chosen = list(range(len(column_names)))
    if select_columns is not None:
        chosen = sorted(
            column_names.index(c) if isinstance(c, str) else int(c) for c in select_columns
        )
    kept = [column_names[i] for i in chosen]
    if label_name is not None and label_name not in kept:
        raise ValueError("`label_name` provided must be one of the columns.")
    if column_defaults is None:
        column_defaults = [_inferred([r[i] for r in rows[int(header) :]], na_value) for i in chosen]
    elif len(column_defaults) != len(chosen):
        column_defaults = [column_defaults[i] for i in chosen]
    dataset = CsvDataset(
        names, column_defaults, compression_type, None, header, field_delim, use_quote_delim, na_value,
        chosen,
    )
    if ignore_errors:
        dataset = dataset.ignore_errors()
    if shuffle:
        dataset = dataset.shuffle(shuffle_buffer_size, shuffle_seed)
    if num_epochs != 1:
        dataset = dataset.repeat(num_epochs)
    # An endless pass has no short last batch.
    dataset = dataset.batch(batch_size, drop_remainder=num_epochs is None)

    def columns(*values):
        features = dict(zip(kept, values))
        if label_name is None:
            return features
        label = features.pop(label_name)
        return features, label

    return dataset.map(columns).prefetch(AUTOTUNE if prefetch_buffer_size is None else prefetch_buffer_size)


def _first_rows(name, compression, delimiter, use_quotes, count) -> list[list[str]]:
    quoting = csv.QUOTE_MINIMAL if use_quotes else csv.QUOTE_NONE
    with open_file(name, compression) as file:
        text = io.TextIOWrapper(file, "utf-8", "surrogateescape", newline="")
        rows = csv.reader(text, delimiter=delimiter, quoting=quoting)
        return [row for _, row in zip(range(count + 1), rows)]


def _inferred(values: list[str], na_value: str):
    """The default of a column: zero of the narrowest type that its first values have."""
    values = [v for v in values if v not in ("", na_value)]
    for parse, dtype in ((_int32, _dtypes.int32), (int, _dtypes.int64), (float, _dtypes.float32)):
        try:
            for value in values:
                parse(value)
        except (ValueError, OverflowError):
            continue
        from seodang.data import _elements

        return _elements.to_array(0, dtype)
    return ""


def _int32(text: str) -> int:
    number = int(text)
    if not -(2**31) <= number < 2**31:
        raise OverflowError(text)
    return number


def __getattr__(name: str):
    if name in ("dense_to_ragged_batch", "TFRecordWriter", "snapshot", "SqlDataset", "rejection_resample"):
        raise NotImplementedError(f"tf.data.experimental.{name} is not in Seodang.")
    raise AttributeError(f"module 'tensorflow.data.experimental' has no attribute '{name}'")
