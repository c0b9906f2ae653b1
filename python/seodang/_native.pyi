"""The extension module: tensors, variables, functions over them, records, HDF5 files.

Written by `python -m seodang._generate` from the module itself; do not edit.
"""

from collections.abc import Callable
from collections.abc import Iterator
from seodang._dtypes import DType
from seodang._refs import Reference
from seodang._shapes import TensorShape
from typing import Any
from typing import ClassVar
import numpy as np

__version__: str


class ConstraintHandle:
    """What a weight must fulfil."""

    def __init__(self, class_name, config=None) -> None: ...

    def config(self, /) -> Any:
        """The options."""

    def project(self, /, w) -> Any:
        """The nearest weight that fulfils it."""


class Foreign:
    """Lets a Python object stand for an option of a record: the token goes where the option's value goes,
    for as long as the token lives.
    """

    def __init__(self, kind, object, name) -> None: ...

    @property
    def token(self) -> Any:
        """What stands for the object in a configuration."""


class Function:
    """Python code that is traced once for each set of argument types, compiled, and then runs without
    Python. It takes a list of tensors and returns one; variables are read and written in place.
    """

    def __init__(self, callable, name: Any = 'function') -> None: ...

    def call(self, /, arguments) -> Any:
        """Runs the program for the arguments, tracing and compiling it first if their types are new."""

    @property
    def name(self) -> Any:
        """The name."""

    @property
    def traces(self) -> Any:
        """How many programs were traced."""


class InitializerHandle:
    """How a weight begins."""

    def __init__(self, class_name, config=None) -> None: ...

    def config(self, /) -> Any:
        """The options."""

    def initialize(self, /, shape, dtype=None) -> Any:
        """Initial values of a shape."""


class LayerHandle:
    """A layer of the engine: its options, its weights, its computation."""

    def __init__(self, class_name, config=None) -> None: ...

    def __repr__(self, /) -> str: ...

    def build(self, /, shapes, path: Any = '') -> Any:
        """Makes the weights for inputs of these shapes."""

    @property
    def built(self) -> Any:
        """Whether the weights are there."""

    def call(self, /, inputs, training=False, masks=None, random=None, use_causal_mask=False, return_attention_scores=False) -> Any:
        """Computes the outputs: (outputs, their masks, losses that the layer adds). The last two
        arguments are for attention layers.
        """

    @property
    def class_name(self) -> Any:
        """Keras's class name."""

    @property
    def compute_dtype(self) -> Any:
        """The element type that it computes in."""

    def config(self, /) -> Any:
        """The options, as Keras's `get_config` gives them."""

    @property
    def input_count(self) -> Any:
        """How few and how many inputs it takes; None for any number."""

    @property
    def keeps_integers(self) -> Any:
        """Whether integer inputs are taken as they are."""

    @property
    def name(self) -> Any:
        """The name."""

    def output_shapes(self, /, shapes) -> Any:
        """The shapes of the outputs for shapes of inputs."""

    @property
    def own_weights(self) -> Any:
        """The weights of this layer without those of layers inside."""

    def regularization_losses(self, /) -> Any:
        """The penalties of the weights' regularizers, for weights that are trained."""

    def reset_states(self, /) -> Any:
        """Sets to 0 what stateful layers keep from one batch to the next."""

    @property
    def seed_variables(self) -> Any:
        """The variables with the states of the layer's own random numbers."""

    @property
    def states(self) -> Any:
        """The states that a stateful layer keeps from one batch to the next."""

    @property
    def sublayer_names(self) -> Any:
        """The names under which Keras holds the layers inside: parts of the paths in its files."""

    @property
    def sublayers(self) -> Any:
        """The layers inside."""

    @property
    def trainable(self) -> Any:
        """Whether training changes the weights."""

    @property
    def weights(self) -> Any:
        """Every weight in Keras's order, those of layers inside included."""


class Learned:
    """A fitted estimator."""

    def __init__(self) -> None: ...

    def __deepcopy__(self, /, _memo) -> Learned: ...

    def __reduce__(self, /) -> Any: ...

    def attributes(self, /) -> Any:
        """The attributes that were learned, by name."""

    def call(self, /, name, x=None, arguments: Any = ...) -> Any:
        """What only some estimators can."""

    @property
    def class_name(self) -> Any:
        """The name of the class."""

    def classes(self, /) -> Any:
        """The classes of each output."""

    def columns(self, /) -> Any:
        """The columns of the table that it learned from, each with its words or None."""

    def decision_function(self, /, x) -> Any:
        """How far on which side each sample lies."""

    @property
    def feature_names_in(self) -> Any:
        """The names of the features, if they have any."""

    def feature_names_out(self, /, names) -> Any:
        """The names of the columns that `transform` gives, for the names of those in `fit`."""

    @staticmethod
    def from_bytes(bytes, functions: Any = ...) -> Learned:
        """What `to_bytes` gave, or a pickle with the functions that were beside it."""

    def inverse_transform(self, /, x) -> Any:
        """The features that `transform` had. They need not be as many as in `fit`."""

    @property
    def n_features_in(self) -> Any:
        """The number of features in `fit`."""

    def note(self, /, name) -> Any:
        """What whoever fitted it wants to be kept, by name, as JSON."""

    def parameters(self, /) -> Any:
        """The parameters that were in force."""

    def parts(self, /) -> Any:
        """The parts of a pipeline or of a transformer of columns: of each its name, itself, and its columns."""

    def predict_classes(self, /, x, classes) -> Any:
        """The classes that a classifier predicts, by the `classes` of each output: an array for each."""

    def predict_codes(self, /, x) -> Any:
        """The numbers of the classes that a classifier predicts: an array for each output."""

    def predict_proba(self, /, x) -> Any:
        """The probabilities of the classes: a table for each output."""

    def predict_values(self, /, x) -> Any:
        """The values that a regressor predicts."""

    def save(self, /, path) -> Any:
        """Writes a file, whole or not at all."""

    def state(self, /) -> Any:
        """What was learned as named arrays and values, as a file keeps it."""

    def to_bytes(self, /) -> Any:
        """A file's bytes."""

    def transform(self, /, x) -> Any:
        """Other features."""

    def words(self, /) -> Any:
        """The words of each column of the table that it learned from, or None for one of numbers."""


class LossHandle:
    """A loss of the engine."""

    def __init__(self, class_name, config=None) -> None: ...

    def compute(self, /, y_true, y_pred, sample_weight=None) -> Any:
        """The loss of a batch, weighted and reduced."""

    def config(self, /) -> Any:
        """The options."""

    @property
    def name(self) -> Any:
        """The name."""

    def unreduced(self, /, y_true, y_pred) -> Any:
        """The loss of each sample (or position)."""


class MetricHandle:
    """A metric of the engine, with its state."""

    def __init__(self, class_name, config=None) -> None: ...

    def build(self, /, shape) -> Any:
        """Makes the state for predictions of a shape (the batch dimension does not matter)."""

    def config(self, /) -> Any:
        """The options."""

    @property
    def direction(self) -> Any:
        """"up" or "down", where it is known which is better."""

    @property
    def name(self) -> Any:
        """The name."""

    def reset(self, /) -> Any:
        """Forgets all batches."""

    def result(self, /) -> Any:
        """The value over all batches since the last reset; 0 before the first."""

    def update(self, /, y_true, y_pred, sample_weight=None) -> Any:
        """Takes a batch in."""

    @property
    def variables(self) -> Any:
        """The state."""


class OptimizerHandle:
    """An optimizer of the engine. Its slots are made for a list of variables; other variables make them
    anew.
    """

    def __init__(self, class_name, config=None) -> None: ...

    def apply(self, /, gradients) -> Any:
        """Makes one step with the gradients of the variables that it was built for, in order."""

    def build(self, /, variables) -> Any:
        """Makes the slots for these variables. `constraints`: for each variable an object with
        `project(tensor)`-like effect is applied by Python; the engine's own come with weights.
        """

    def config(self, /) -> Any:
        """The options; the learning rate as it is now."""

    def finalize(self, /) -> Any:
        """Ends a training: where averages are kept, they become the weights."""

    @property
    def iterations(self) -> Any:
        """The number of steps, a variable."""

    @property
    def learning_rate(self) -> Any:
        """The learning rate of the next step."""

    @property
    def learning_rate_variable(self) -> Any:
        """The learning rate as a variable; None if a schedule gives it."""

    def scale_loss(self, /, loss) -> Any:
        """The loss times the loss scale."""

    @property
    def variables(self) -> Any:
        """Every variable in Keras's order: iteration, learning rate, averages, accumulators, slots."""


class RandomState:
    """A stream of random numbers with its state in a variable: equal seeds give equal numbers."""

    def __init__(self, seed=None, stream: Any = 0) -> None: ...

    def bernoulli(self, /, probability, shape) -> Tensor:
        """True with a probability."""

    def categorical(self, /, logits, n) -> Tensor:
        """`n` draws of a class for each row of logits."""

    def integers(self, /, shape, lo, hi, dtype=None) -> Tensor:
        """Integers in [lo, hi)."""

    def normal(self, /, shape, mean: Any = 0.0, stddev: Any = 1.0, dtype=None) -> Tensor:
        """Normal with a mean and a standard deviation."""

    @staticmethod
    def of(variable) -> RandomState:
        """The stream of a variable that holds a state."""

    def permutation(self, /, n) -> Tensor:
        """A permutation of 0..n."""

    def reseed(self, /, seed) -> Any:
        """Starts again from a seed."""

    def truncated_normal(self, /, shape, mean: Any = 0.0, stddev: Any = 1.0, dtype=None) -> Tensor:
        """Normal, but never further than two standard deviations from the mean."""

    def uniform(self, /, shape, lo: Any = 0.0, hi: Any = 1.0, dtype=None) -> Tensor:
        """Uniform in [lo, hi)."""

    @property
    def variable(self) -> Any:
        """The variable with the state: uint64[3]."""


class RegularizerHandle:
    """A penalty on a weight."""

    def __init__(self, class_name, config=None) -> None: ...

    def config(self, /) -> Any:
        """The options."""

    def penalty(self, /, x) -> Any:
        """The penalty on a tensor."""


class Rows:
    """Rows of arrays of one length, copied out of NumPy's memory once."""

    def __init__(self, arrays) -> None: ...

    def __len__(self, /) -> int: ...


class Runner:
    """Runs a function over batches of rows."""

    def __init__(self, function, rows) -> None: ...

    @property
    def outputs(self) -> Any:
        """What the last step returned."""

    def run(self, /, order, start, stop, batch_size, seconds: Any = 0.1, max_steps=None) -> Any:
        """Runs a step for each batch of `order[start:stop]` (the rows in turn without an order), without
        holding Python's lock, until the batches end, `seconds` are over or the user interrupts.

        Gives where the next batch begins and how many steps were made.
        """


class SampleTree:
    """A tree of samples."""

    def __init__(self, form, x, leaf_size, metric, arguments) -> None: ...

    def counts(self, /, x, radius) -> Any:
        """How many samples are within a radius for each row."""

    def density(self, /, x, kernel, width, absolute, relative) -> Any:
        """The sum of a kernel over all samples for each row; None for a kernel that there is not."""

    def parts(self, /) -> Any:
        """The numbers of the samples in the tree's order, where each node's begin and end in it, and the
        bounds of each node, a row for each.
        """

    def query(self, /, x, k) -> Any:
        """The distances and numbers of the `k` nearest samples."""

    def within(self, /, x, radius, sorted) -> Any:
        """The distances and numbers of the samples within a radius for each row, and where each row's end."""


class ScheduleHandle:
    """A learning rate that depends on the step."""

    def __init__(self, class_name, config=None) -> None: ...

    def config(self, /) -> Any:
        """The options."""

    def rate(self, /, step) -> Any:
        """The learning rate at a step."""


class TableReader:
    """The way from the cells of a table to features."""

    def __init__(self, columns, note=None) -> None: ...

    def features(self, /, names, cells) -> Any:
        """The features of rows, from their cells row by row."""

    def names(self, /) -> Any:
        """The names of the columns that are read."""


class Tape:
    """Records what runs between `enter` and `exit` on this thread, and differentiates it."""

    def __init__(self, persistent=False, watch_accessed_variables=True) -> None: ...

    @property
    def active(self) -> Any:
        """Whether it records."""

    def enter(self, /) -> Any:
        """Starts recording."""

    def exit(self, /) -> Any:
        """Ends recording."""

    def gradient(self, /, targets, sources, output_gradients=None, zeros=False) -> Any:
        """The gradients of the sum of targets (times output gradients) with respect to sources; None, or
        zeros, for what the targets do not depend on.
        """

    def reset(self, /) -> Any:
        """Forgets everything."""

    def watch(self, /, value) -> Any:
        """Makes gradients with respect to a tensor or a variable possible."""

    def watched_variables(self, /) -> Any:
        """The variables that were watched, by name or because they were read."""


class Tensor:
    """An n-dimensional array that is computed with: at once, or by writing a program while a function is
    traced.
    """

    def __init__(self) -> None: ...

    @property
    def T(self) -> Tensor:
        """The transpose of a matrix."""

    def __abs__(self, /) -> Tensor: ...

    def __add__(self, value, /) -> Tensor: ...

    def __and__(self, value, /) -> Tensor: ...

    def __array__(self, /, dtype=None, copy=None) -> np.ndarray: ...

    __array_priority__: ClassVar[float]

    def __bool__(self, /) -> bool: ...

    def __copy__(self, /) -> Tensor: ...

    def __deepcopy__(self, /, memo) -> Tensor: ...

    def __dlpack__(self, /, **kwargs) -> Any: ...

    def __dlpack_device__(self, /) -> tuple[int, int]: ...

    def __eq__(self, value, /) -> Tensor: ...  # type: ignore[override]

    def __float__(self, /) -> float: ...

    def __floordiv__(self, value, /) -> Tensor: ...

    def __format__(self, /, spec) -> str: ...

    def __ge__(self, value, /) -> Tensor: ...

    def __getitem__(self, key, /) -> Tensor: ...

    def __gt__(self, value, /) -> Tensor: ...

    def __hash__(self, /) -> int: ...

    def __index__(self, /) -> int: ...

    def __int__(self, /) -> int: ...

    def __invert__(self, /) -> Tensor: ...

    def __iter__(self, /) -> Iterator[Tensor]: ...

    def __le__(self, value, /) -> Tensor: ...

    def __len__(self, /) -> int: ...

    def __lt__(self, value, /) -> Tensor: ...

    def __matmul__(self, value, /) -> Tensor: ...

    def __mod__(self, value, /) -> Tensor: ...

    def __mul__(self, value, /) -> Tensor: ...

    def __ne__(self, value, /) -> Tensor: ...  # type: ignore[override]

    def __neg__(self, /) -> Tensor: ...

    def __or__(self, value, /) -> Tensor: ...

    def __pos__(self, /) -> Tensor: ...

    def __pow__(self, value, mod=None, /) -> Tensor: ...

    def __radd__(self, value, /) -> Tensor: ...

    def __rand__(self, value, /) -> Tensor: ...

    def __reduce__(self, /) -> Any: ...

    def __repr__(self, /) -> str: ...

    def __rfloordiv__(self, value, /) -> Tensor: ...

    def __rmatmul__(self, value, /) -> Tensor: ...

    def __rmod__(self, value, /) -> Tensor: ...

    def __rmul__(self, value, /) -> Tensor: ...

    def __ror__(self, value, /) -> Tensor: ...

    def __round__(self, /, digits=None) -> Tensor: ...

    def __rpow__(self, value, mod=None, /) -> Tensor: ...

    def __rsub__(self, value, /) -> Tensor: ...

    def __rtruediv__(self, value, /) -> Tensor: ...

    def __rxor__(self, value, /) -> Tensor: ...

    def __str__(self, /) -> str: ...

    def __sub__(self, value, /) -> Tensor: ...

    def __truediv__(self, value, /) -> Tensor: ...

    def __xor__(self, value, /) -> Tensor: ...

    def astype(self, /, dtype) -> Tensor:
        """The tensor with another element type."""

    @property
    def device(self) -> str:
        """Where the elements are, as TensorFlow writes it."""

    @property
    def dtype(self) -> DType:
        """The element type."""

    def eval(self, /, feed_dict=None, session=None) -> np.ndarray:
        """The elements (of older programs)."""

    @property
    def get_shape(self) -> Callable[[], TensorShape]:
        """The method that gives the dimensions (TensorFlow's older name). A getter, since PyO3's name for
        the getter of `shape` is the one that a method `get_shape` would have.
        """

    @property
    def is_traced(self) -> bool:
        """Whether the tensor belongs to a function that is being traced."""

    def item(self, /) -> Any:
        """The one element as a Python number."""

    @property
    def ndim(self) -> int:
        """The number of dimensions."""

    def numpy(self, /) -> np.ndarray:
        """The elements as a NumPy array; a NumPy number for a scalar."""

    def ref(self, /) -> Reference:
        """A hashable stand-in for the tensor, whose `deref()` gives it back."""

    def set_shape(self, /, shape) -> None:
        """Checks that the tensor has a shape; its own is known already."""

    @property
    def shape(self) -> TensorShape:
        """The dimensions."""

    @property
    def size(self) -> int:
        """The number of elements."""

    def tolist(self, /) -> Any:
        """The elements as nested Python lists."""


class Variable:
    """State that programs read and write: a weight, a counter, a moving average."""

    def __init__(self, initial_value=None, trainable=None, validate_shape=True, caching_device=None, name=None, variable_def=None, dtype=None, import_scope=None, constraint=None, synchronization=None, aggregation=None, shape=None, **kwargs) -> None: ...

    def __abs__(self, /) -> Tensor: ...

    def __add__(self, value, /) -> Tensor: ...

    def __and__(self, value, /) -> Tensor: ...

    def __array__(self, /, dtype=None, copy=None) -> np.ndarray: ...

    __array_priority__: ClassVar[float]

    def __bool__(self, /) -> bool: ...

    def __copy__(self, /) -> Variable: ...

    def __deepcopy__(self, /, memo) -> Variable: ...

    def __dlpack__(self, /, **kwargs) -> Any: ...

    def __dlpack_device__(self, /) -> tuple[int, int]: ...

    def __eq__(self, value, /) -> Tensor: ...  # type: ignore[override]

    def __float__(self, /) -> float: ...

    def __floordiv__(self, value, /) -> Tensor: ...

    def __format__(self, /, spec) -> str: ...

    def __ge__(self, value, /) -> Tensor: ...

    def __getitem__(self, key, /) -> Tensor: ...

    def __gt__(self, value, /) -> Tensor: ...

    def __hash__(self, /) -> int: ...

    def __index__(self, /) -> int: ...

    def __int__(self, /) -> int: ...

    def __invert__(self, /) -> Tensor: ...

    def __iter__(self, /) -> Iterator[Tensor]: ...

    def __le__(self, value, /) -> Tensor: ...

    def __len__(self, /) -> int: ...

    def __lt__(self, value, /) -> Tensor: ...

    def __matmul__(self, value, /) -> Tensor: ...

    def __mod__(self, value, /) -> Tensor: ...

    def __mul__(self, value, /) -> Tensor: ...

    def __ne__(self, value, /) -> Tensor: ...  # type: ignore[override]

    def __neg__(self, /) -> Tensor: ...

    def __or__(self, value, /) -> Tensor: ...

    def __pos__(self, /) -> Tensor: ...

    def __pow__(self, value, mod=None, /) -> Tensor: ...

    def __radd__(self, value, /) -> Tensor: ...

    def __rand__(self, value, /) -> Tensor: ...

    def __reduce__(self, /) -> Any: ...

    def __repr__(self, /) -> str: ...

    def __rfloordiv__(self, value, /) -> Tensor: ...

    def __rmatmul__(self, value, /) -> Tensor: ...

    def __rmod__(self, value, /) -> Tensor: ...

    def __rmul__(self, value, /) -> Tensor: ...

    def __ror__(self, value, /) -> Tensor: ...

    def __rpow__(self, value, mod=None, /) -> Tensor: ...

    def __rsub__(self, value, /) -> Tensor: ...

    def __rtruediv__(self, value, /) -> Tensor: ...

    def __str__(self, /) -> str: ...

    def __sub__(self, value, /) -> Tensor: ...

    def __truediv__(self, value, /) -> Tensor: ...

    def assign(self, /, value, use_locking=False, name=None, read_value=True) -> Variable:
        """Replaces the value; gives the variable."""

    def assign_add(self, /, delta, use_locking=False, name=None, read_value=True) -> Variable:
        """Adds to the value; gives the variable."""

    def assign_sub(self, /, delta, use_locking=False, name=None, read_value=True) -> Variable:
        """Subtracts from the value; gives the variable."""

    @property
    def constraint(self) -> Any:
        """What optimizers make of the value after each step: a function of it, or None."""

    @property
    def device(self) -> str:
        """Where the elements are, as TensorFlow writes it."""

    @property
    def dtype(self) -> DType:
        """The element type."""

    def eval(self, /, session=None) -> np.ndarray:
        """The elements (of older programs)."""

    @property
    def get_shape(self) -> Callable[[], TensorShape]:
        """The method that gives the dimensions (TensorFlow's older name)."""

    @property
    def id(self) -> int:
        """A number that no other variable of this process has."""

    def initialized_value(self, /) -> Tensor:
        """The value at this moment (TensorFlow's older name)."""

    @property
    def is_traced(self) -> bool:
        """Whether the variable belongs to a function that is being traced: never."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def ndim(self) -> int:
        """The number of dimensions."""

    def numpy(self, /) -> np.ndarray:
        """The elements as a NumPy array; a NumPy number for a scalar."""

    @property
    def path(self) -> str:
        """Keras's path of a weight: layers' names, then the weight's."""

    def read_value(self, /) -> Tensor:
        """The value at this moment."""

    def ref(self, /) -> Reference:
        """A hashable stand-in for the variable, whose `deref()` gives it back."""

    @property
    def shape(self) -> TensorShape:
        """The dimensions."""

    @property
    def size(self) -> int:
        """The number of elements."""

    @property
    def trainable(self) -> bool:
        """Whether training changes it, and tapes watch it."""

    def value(self, /) -> Tensor:
        """The value at this moment."""


class WeightHandle:
    """One weight of a layer."""

    def __init__(self) -> None: ...

    def constrain(self, /) -> Any:
        """Makes it fulfil its constraint."""

    @property
    def constrained(self) -> Any:
        """Whether it has a constraint."""

    @property
    def name(self) -> Any:
        """The name within the layer, such as "kernel"."""

    @property
    def path(self) -> Any:
        """Keras's path, such as "sequential/dense/kernel"."""

    def penalty(self, /) -> Any:
        """The penalty of its regularizer, or None."""

    @property
    def trainable(self) -> Any:
        """Whether the layer lets training change it."""

    @property
    def variable(self) -> Any:
        """The value."""

def abs(x) -> Tensor:
    """The function `abs` of each element; the shape stays."""

def acos(x) -> Tensor:
    """The function `acos` of each element; the shape stays."""

def acosh(x) -> Tensor:
    """The function `acosh` of each element; the shape stays."""

def activation(name, x) -> Tensor:
    """One of Keras's activation functions, by name or saved configuration."""

def add(a, b) -> Tensor:
    """The function `add` of two tensors, element by element."""

def argmax(x, axis: Any = 0) -> Tensor:
    """The place of the largest element along an axis."""

def argmin(x, axis: Any = 0) -> Tensor:
    """The place of the smallest element along an axis."""

def argsort(x, axis: Any = ..., descending=False) -> Tensor:
    """The numbers of the elements in sorted order."""

def asin(x) -> Tensor:
    """The function `asin` of each element; the shape stays."""

def asinh(x) -> Tensor:
    """The function `asinh` of each element; the shape stays."""

def atan(x) -> Tensor:
    """The function `atan` of each element; the shape stays."""

def atan2(a, b) -> Tensor:
    """The function `atan2` of two tensors, element by element."""

def atanh(x) -> Tensor:
    """The function `atanh` of each element; the shape stays."""

def avg_pool(x, size, strides=None, padding=None) -> Tensor:
    """The mean of each window, channels last; margins do not count."""

def binary(name, a, b) -> Tensor:
    """A function of two tensors by its name."""

def bitwise_and(a, b) -> Tensor:
    """The function `bitwise_and` of two tensors, element by element."""

def bitwise_or(a, b) -> Tensor:
    """The function `bitwise_or` of two tensors, element by element."""

def bitwise_xor(a, b) -> Tensor:
    """The function `bitwise_xor` of two tensors, element by element."""

def broadcast_to(x, shape) -> Tensor:
    """The tensor repeated to a larger shape."""

def cast(x, dtype) -> Tensor:
    """The tensor with another element type."""

def cbrt(x) -> Tensor:
    """The function `cbrt` of each element; the shape stays."""

def ceil(x) -> Tensor:
    """The function `ceil` of each element; the shape stays."""

def cholesky(x) -> Tensor:
    """The lower triangular matrix whose product with its transpose is x."""

def clear_names() -> None:
    """Starts the numbering of automatic layer names again."""

def clip(x, lo, hi) -> Tensor:
    """Elements between two bounds."""

def concat(values, axis: Any = 0) -> Tensor:
    """Tensors one behind the other along an axis."""

def cond(predicate, yes, no) -> Any:
    """The results of one of two functions without arguments, by a truth value."""

def conv(x, kernel, strides=None, padding=None, dilations=None, groups: Any = 1) -> Tensor:
    """A convolution, channels last: `(batch, spatial..., channels)` with `(spatial..., channels / groups, filters)`."""

def conv_transpose(x, kernel, output_shape, strides=None, padding=None) -> Tensor:
    """The gradient of a convolution with respect to its input: `kernel` is `(spatial..., filters, channels)`."""

def convert(value, dtype=None, hint=None) -> Tensor:
    """The tensor of a number, a list, an array, a variable or a tensor.

    `dtype` is the element type that the result must have; `hint` one that numbers and arrays adapt to.
    """

def convert_list(values) -> list[Tensor]:
    """Tensors of the items of a list."""

def cos(x) -> Tensor:
    """The function `cos` of each element; the shape stays."""

def cosh(x) -> Tensor:
    """The function `cosh` of each element; the shape stays."""

def cumprod(x, axis: Any = 0, exclusive=False, reverse=False) -> Tensor:
    """Running products along an axis."""

def cumsum(x, axis: Any = 0, exclusive=False, reverse=False) -> Tensor:
    """Running sums along an axis."""

def custom_gradient(forward, backward, inputs) -> list[Tensor]:
    """A function whose gradient is a function of the user's: `forward(inputs) -> outputs` and
    `backward(inputs, outputs, gradients) -> gradients of the inputs`.
    """

def decode_picture(data, first_frame=False) -> Tensor:
    """`(name, array)` of a picture's bytes: its format ("jpeg", "png", "bmp", "gif") and u8 or u16
    `[height, width, channels]` with the channels of the file. A GIF has all frames:
    `[frames, height, width, 3]`, or its first alone. Raises InvalidArgumentError.
    """

def digamma(x) -> Tensor:
    """The function `digamma` of each element; the shape stays."""

def divide(a, b) -> Tensor:
    """The function `divide` of two tensors, element by element."""

def eagerly(callable) -> Any:
    """Runs Python code outside of the trace that is going on."""

def einsum(equation, operands) -> Tensor:
    """Einstein's summation: "ij,jk->ik", also with "..."."""

def encode_jpeg(image, quality) -> Tensor:
    """The bytes of a JPEG file with a u8 picture of one or three channels."""

def encode_png(image, compression) -> Tensor:
    """The bytes of a PNG file with a u8 or u16 picture of one to four channels; `compression` from 0 to 9."""

def enter_name_scope(name) -> Tensor:
    """Opens a block of names; gives its whole path, which ends with `/` unless it is empty.

    A name that ends with `/` is a whole path; an empty one goes back to the outermost block.
    """

def equal(a, b) -> Tensor:
    """The function `equal` of two tensors, element by element."""

def erf(x) -> Tensor:
    """The function `erf` of each element; the shape stays."""

def erf_inv(x) -> Tensor:
    """The function `erf_inv` of each element; the shape stays."""

def erfc(x) -> Tensor:
    """The function `erfc` of each element; the shape stays."""

def eval_shape(callable, arguments) -> Any:
    """The shapes and element types of a function's results for arguments of given ones, without computing.

    `arguments` and the result are lists of `(shape, dtype)`.
    """

def exit_name_scope() -> Tensor:
    """Closes the block that was opened last."""

def exp(x) -> Tensor:
    """The function `exp` of each element; the shape stays."""

def expand_dims(x, axis) -> Tensor:
    """A new axis of size 1."""

def expm1(x) -> Tensor:
    """The function `expm1` of each element; the shape stays."""

def eye(n, dtype=None) -> Tensor:
    """The identity matrix."""

def family_find(family, name) -> str:
    """The name of a member of a family that a name stands for ("mse": "MeanSquaredError")."""

def family_table(family) -> list[dict[str, Any]]:
    """Every record of a family: class name, other names, JSON schema of the options (with their
    documentation, defaults and which of them are required).
    """

def fill(shape, value) -> Tensor:
    """One value everywhere."""

def floatx() -> str:
    """The floating-point type that weights and computations have unless told otherwise."""

def floor(x) -> Tensor:
    """The function `floor` of each element; the shape stays."""

def floordiv(a, b) -> Tensor:
    """The function `floordiv` of two tensors, element by element."""

def floormod(a, b) -> Tensor:
    """The function `floormod` of two tensors, element by element."""

def from_numpy(value) -> Tensor:
    """The tensor of a NumPy array, with its element type."""

def gather(x, indices, axis: Any = 0, batch_dims: Any = 0) -> Tensor:
    """Rows along an axis by their numbers; the first `batch_dims` axes go together."""

def gather_nd(x, indices, batch_dims: Any = 0) -> Tensor:
    """Slices of a tensor by tuples of positions."""

def greater(a, b) -> Tensor:
    """The function `greater` of two tensors, element by element."""

def greater_equal(a, b) -> Tensor:
    """The function `greater_equal` of two tensors, element by element."""

def iota(shape, axis, dtype=None) -> Tensor:
    """The place along an axis, for each element of a shape."""

def is_finite(x) -> Tensor:
    """The function `is_finite` of each element; the shape stays."""

def is_inf(x) -> Tensor:
    """The function `is_inf` of each element; the shape stays."""

def is_nan(x) -> Tensor:
    """The function `is_nan` of each element; the shape stays."""

def is_tensor(value) -> bool:
    """Whether a value is a tensor or a variable."""

def is_tracing() -> bool:
    """Whether a function is being traced on this thread."""

def learn_check(record, parameters) -> Tensor:
    """Checks parameters as `fit` does, without data."""

def learn_check_finite(x, nan_allowed=False, who: Any = 'this estimator') -> Tensor:
    """Refuses NaN (unless allowed) and infinities in an array of floats."""

def learn_chi_squares(x, y) -> Tensor:
    """The sums of (a - b)² / (a + b) of all pairs of rows."""

def learn_classes() -> Tensor:
    """What is known of every estimator's class, for the generator of the Python classes."""

def learn_data_file(name) -> Tensor:
    """A compiled-in data set's file, gzipped; None if there is none of the name."""

def learn_distances(metric, arguments, x, y, *, sizes=False, jobs: Any = 0) -> Tensor:
    """The distances of all pairs of rows of `x` and `y`; `sizes` as in [`Distances::new`]. `jobs` is how many threads may work, 0 as many as there are."""

def learn_fit(record, parameters, x, y=None, weights=None, names: Any = ..., *, before=None, batch=False, given=None, seed=None) -> Tensor:
    """Fits. `y` is nothing, an array of values, or a list of (numbers, classes) for each output. `before`
    is what the estimator had learned, and `batch` whether this is a batch after those; `given` are more
    arguments of `fit`; `seed` is the random state where the parameters have none.
    """

def learn_made(record, parameters, arrays, values, names, words=None, has_names=True) -> Tensor:
    """What an estimator has learned, from named arrays and values: those of a file. `words` are the words of
    each column of a table that it learned from.
    """

def learn_numbered(labels) -> Tensor:
    """What `numpy.unique` gives with `return_inverse`, of whole numbers that lie close together: the classes
    and the numbers, in 32 bits. None for other labels.
    """

def learn_read(path) -> Tensor:
    """Reads a file: an estimator of Rust, or a tuple of the number of the object that it is of, the objects
    as JSON, their arrays, and what Rust learned of them.
    """

def learn_write(path, root, objects, arrays, models) -> Tensor:
    """Writes a file of Python's objects, whole or not at all."""

def left_shift(a, b) -> Tensor:
    """The function `left_shift` of two tensors, element by element."""

def less(a, b) -> Tensor:
    """The function `less` of two tensors, element by element."""

def less_equal(a, b) -> Tensor:
    """The function `less_equal` of two tensors, element by element."""

def lgamma(x) -> Tensor:
    """The function `lgamma` of each element; the shape stays."""

def log(x) -> Tensor:
    """The function `log` of each element; the shape stays."""

def log1p(x) -> Tensor:
    """The function `log1p` of each element; the shape stays."""

def log_softmax(x, axis: Any = ...) -> Tensor:
    """The logarithm of the softmax."""

def logical_and(a, b) -> Tensor:
    """The function `logical_and` of two tensors, element by element."""

def logical_not(x) -> Tensor:
    """The function `logical_not` of each element; the shape stays."""

def logical_or(a, b) -> Tensor:
    """The function `logical_or` of two tensors, element by element."""

def logical_xor(a, b) -> Tensor:
    """The function `logical_xor` of two tensors, element by element."""

def matmul(a, b, transpose_a=False, transpose_b=False) -> Tensor:
    """The product of matrices, or of stacks of matrices."""

def max_pool(x, size, strides=None, padding=None) -> Tensor:
    """The largest element of each window, channels last."""

def maximum(a, b) -> Tensor:
    """The function `maximum` of two tensors, element by element."""

def minimum(a, b) -> Tensor:
    """The function `minimum` of two tensors, element by element."""

def multiply(a, b) -> Tensor:
    """The function `multiply` of two tensors, element by element."""

def neg(x) -> Tensor:
    """The function `neg` of each element; the shape stays."""

def next_seed() -> int:
    """A new seed from the global stream."""

def nonzero(x) -> Tensor:
    """The positions of elements that are not zero: int64 (count, rank). Not in a trace: the count depends
    on the values.
    """

def not_equal(a, b) -> Tensor:
    """The function `not_equal` of two tensors, element by element."""

def one_hot(indices, depth, dtype=None) -> Tensor:
    """Rows of zeros with a one at each index, along a new last axis."""

def ones(shape, dtype=None) -> Tensor:
    """Ones."""

def ones_like(x) -> Tensor:
    """The function `ones_like` of each element; the shape stays."""

def pad(x, paddings, value: Any = 0.0) -> Tensor:
    """A margin around the tensor: (before, after) for each axis."""

def power(a, b) -> Tensor:
    """The function `power` of two tensors, element by element."""

def predict_call(function, x, batch_size) -> Any:
    """Runs a function of one array over its rows in batches: the whole of `predict` for one input. Gives
    a list of NumPy arrays, one for each output.
    """

def range(start, limit, delta, dtype=None) -> Tensor:
    """start, start + delta, ... below limit."""

def read_h5(data) -> Any:
    """The tree of an HDF5 file's bytes. Raises ValueError for bytes that are no such file."""

def reciprocal(x) -> Tensor:
    """The function `reciprocal` of each element; the shape stays."""

def reduce_all(x, axis=None, keepdims=False) -> Tensor:
    """`reduce_all` over axes; over all of them if `axis` is None."""

def reduce_any(x, axis=None, keepdims=False) -> Tensor:
    """`reduce_any` over axes; over all of them if `axis` is None."""

def reduce_logsumexp(x, axis=None, keepdims=False) -> Tensor:
    """`reduce_logsumexp` over axes; over all of them if `axis` is None."""

def reduce_max(x, axis=None, keepdims=False) -> Tensor:
    """`reduce_max` over axes; over all of them if `axis` is None."""

def reduce_mean(x, axis=None, keepdims=False) -> Tensor:
    """`reduce_mean` over axes; over all of them if `axis` is None."""

def reduce_min(x, axis=None, keepdims=False) -> Tensor:
    """`reduce_min` over axes; over all of them if `axis` is None."""

def reduce_prod(x, axis=None, keepdims=False) -> Tensor:
    """`reduce_prod` over axes; over all of them if `axis` is None."""

def reduce_std(x, axis=None, keepdims=False) -> Tensor:
    """`reduce_std` over axes; over all of them if `axis` is None."""

def reduce_sum(x, axis=None, keepdims=False) -> Tensor:
    """`reduce_sum` over axes; over all of them if `axis` is None."""

def reduce_variance(x, axis=None, keepdims=False) -> Tensor:
    """`reduce_variance` over axes; over all of them if `axis` is None."""

def relu(x) -> Tensor:
    """The function `relu` of each element; the shape stays."""

def repeat(x, n, axis) -> Tensor:
    """Each element of an axis so many times."""

def reshape(x, shape) -> Tensor:
    """The elements in another shape; one size may be -1."""

def resolve_loss(name, y_true, y_pred) -> str:
    """As `resolve_metric`, for losses."""

def resolve_metric(name, y_true, y_pred) -> str:
    """What "accuracy", "ce" and other names mean for labels and predictions of these shapes: the class of
    a metric or loss.
    """

def reverse(x, axis) -> Tensor:
    """Axes backwards."""

def right_shift(a, b) -> Tensor:
    """The function `right_shift` of two tensors, element by element."""

def round(x) -> Tensor:
    """The function `round` of each element; the shape stays."""

def rsqrt(x) -> Tensor:
    """The function `rsqrt` of each element; the shape stays."""

def scan(body, carry, rows, length=None, reverse=False) -> Any:
    """Runs a body over the rows of tensors: `body(carry, rows) -> (carry, results)`; gives the last carry
    and the results stacked.
    """

def scatter_nd(indices, updates, shape) -> Tensor:
    """Updates added into zeros of a shape, at tuples of positions. (The derivative of a gathering.)"""

def set_dtype_policy(name) -> None:
    """Sets the element type, or the policy of two ("mixed_float16"), that layers have unless told
    otherwise.
    """

def set_seed(seed) -> None:
    """Makes everything random that follows reproducible."""

def shuffle_order(n, seed, epoch) -> np.ndarray:
    """The order in which an epoch sees `n` rows."""

def sigmoid(x) -> Tensor:
    """The function `sigmoid` of each element; the shape stays."""

def sign(x) -> Tensor:
    """The function `sign` of each element; the shape stays."""

def sin(x) -> Tensor:
    """The function `sin` of each element; the shape stays."""

def sinh(x) -> Tensor:
    """The function `sinh` of each element; the shape stays."""

def softmax(x, axis: Any = ...) -> Tensor:
    """The exponentials along an axis as shares of their sum."""

def sort(x, axis: Any = ..., descending=False) -> Tensor:
    """Sorted along an axis."""

def split(x, parts, axis: Any = 0) -> list[Tensor]:
    """Parts of given sizes along an axis."""

def sqrt(x) -> Tensor:
    """The function `sqrt` of each element; the shape stays."""

def square(x) -> Tensor:
    """The function `square` of each element; the shape stays."""

def squared_difference(a, b) -> Tensor:
    """The function `squared_difference` of two tensors, element by element."""

def squeeze(x, axis=None) -> Tensor:
    """Without axes of size 1."""

def stack(values, axis: Any = 0) -> Tensor:
    """Tensors beside each other along a new axis."""

def stop_gradient(x) -> Tensor:
    """The function `stop_gradient` of each element; the shape stays."""

def subtract(a, b) -> Tensor:
    """The function `subtract` of two tensors, element by element."""

def take_along_axis(x, indices, axis) -> Tensor:
    """Elements along an axis by numbers of the same rank."""

def tan(x) -> Tensor:
    """The function `tan` of each element; the shape stays."""

def tanh(x) -> Tensor:
    """The function `tanh` of each element; the shape stays."""

def tensordot(a, b, axes_a, axes_b) -> Tensor:
    """The product summed over axes of each."""

def tile(x, multiples) -> Tensor:
    """The tensor beside itself, so many times along each axis."""

def top_k(x, k) -> tuple[Tensor, Tensor]:
    """The k largest elements of the last axis, and their places."""

def transpose(x, perm=None) -> Tensor:
    """The axes in another order; reversed if none is given."""

def tril(x, k: Any = 0) -> Tensor:
    """The lower triangle; `k` diagonals above the main one included."""

def triu(x, k: Any = 0) -> Tensor:
    """The upper triangle; from the `k`-th diagonal."""

def truncatediv(a, b) -> Tensor:
    """The function `truncatediv` of two tensors, element by element."""

def truncatemod(a, b) -> Tensor:
    """The function `truncatemod` of two tensors, element by element."""

def unary(name, x) -> Tensor:
    """A function of one tensor by its name."""

def unstack(x, axis: Any = 0) -> list[Tensor]:
    """The slices along an axis."""

def variable_gradients(target, variables) -> list[Tensor | None]:
    """Gradients inside a trace: of one tensor with respect to variables that were read in it."""

def where(c, x, y) -> Tensor:
    """Elements of x where a condition holds, of y elsewhere."""

def while_loop(condition, body, carry, maximum_iterations=None) -> list[Tensor]:
    """Runs a body over a list of tensors as long as a condition holds."""

def write_h5(tree) -> bytes:
    """The bytes of an HDF5 file with a tree."""

def zeros(shape, dtype=None) -> Tensor:
    """Zeros."""

def zeros_like(x) -> Tensor:
    """The function `zeros_like` of each element; the shape stays."""
