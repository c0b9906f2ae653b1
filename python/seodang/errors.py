"""The exceptions of ``tf.errors``, and those of our own that travel between modules."""

from __future__ import annotations


class OpError(Exception):
    """What went wrong in an operation; the classes below say which kind it was."""

    _code = 2

    def __init__(self, node_def=None, op=None, message=None, *args):
        # TensorFlow gives (node_def, op, message); a lone message is what everyone else gives.
        if message is None and op is None:
            message = node_def
            node_def = None
        self.node_def = node_def
        self.op = op
        self.message = "" if message is None else str(message)
        super().__init__(self.message)

    @property
    def error_code(self) -> int:
        """The number of the kind, as in TensorFlow."""
        return self._code

    def __str__(self) -> str:
        return self.message

    def __reduce__(self):
        return type(self), (self.node_def, self.op, self.message)


def _kind(name: str, code: int, about: str, *bases):
    return type(name, (OpError, *bases), {"__doc__": about, "_code": code, "__module__": __name__})


CancelledError = _kind("CancelledError", 1, "The operation was cancelled.")
UnknownError = _kind("UnknownError", 2, "Something failed for a reason that is not known.")
# Also a ValueError: Keras raises that one where TensorFlow raises this one.
InvalidArgumentError = _kind("InvalidArgumentError", 3, "An argument does not fit.", ValueError)
DeadlineExceededError = _kind("DeadlineExceededError", 4, "It took longer than allowed.")
NotFoundError = _kind("NotFoundError", 5, "Something asked for is not there.", OSError)
AlreadyExistsError = _kind("AlreadyExistsError", 6, "Something to be made is there already.")
PermissionDeniedError = _kind("PermissionDeniedError", 7, "The system does not allow it.", OSError)
ResourceExhaustedError = _kind("ResourceExhaustedError", 8, "There is no memory or space left.")
FailedPreconditionError = _kind("FailedPreconditionError", 9, "The state does not allow it now.")
AbortedError = _kind("AbortedError", 10, "The operation was given up.")
OutOfRangeError = _kind("OutOfRangeError", 11, "It goes beyond the valid range, or the data ended.")
UnimplementedError = _kind("UnimplementedError", 12, "It is not there.", NotImplementedError)
InternalError = _kind("InternalError", 13, "A broken promise inside; please report it.", RuntimeError)
UnavailableError = _kind("UnavailableError", 14, "It is not available now.")
DataLossError = _kind("DataLossError", 15, "Data cannot be read back.")
UnauthenticatedError = _kind("UnauthenticatedError", 16, "Who asks is not known.")

# The kinds by TensorFlow's names of their numbers.
OK = 0
CANCELLED, UNKNOWN, INVALID_ARGUMENT, DEADLINE_EXCEEDED, NOT_FOUND, ALREADY_EXISTS = range(1, 7)
PERMISSION_DENIED, RESOURCE_EXHAUSTED, FAILED_PRECONDITION, ABORTED, OUT_OF_RANGE = range(7, 12)
UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS, UNAUTHENTICATED = range(12, 17)

# An element type that does not fit is a TypeError to Keras's programs, an InvalidArgumentError to
# TensorFlow's; it goes by TensorFlow's name.
DTypeError = type(
    "InvalidArgumentError",
    (InvalidArgumentError, TypeError),
    {"__doc__": "Element types do not fit.", "__module__": __name__},
)

# A position out of range is an IndexError to Python, which ends loops by it.
PositionError = type(
    "InvalidArgumentError",
    (InvalidArgumentError, IndexError),
    {"__doc__": "A position is out of range.", "__module__": __name__},
)


class SymbolicArgument(TypeError):
    """A function over tensors was given a symbolic Keras value: it becomes a layer instead."""


class TracedValueError(TypeError):
    """Python asked for the value of a tensor that is being traced and has none yet."""


# What programs catch under TensorFlow's name.
OperatorNotAllowedInGraphError = TracedValueError
