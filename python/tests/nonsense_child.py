"""The child of `test_nonsense.py`: calls every public name of the package with nonsense.

    python nonsense_child.py JOURNAL FIRST STEP

writes each call to the file JOURNAL before it makes it, so that the parent knows whose call ended
the process. It begins at the public name number FIRST and takes every STEP-th from there. A panic
of the engine or a call that does not come back is written there too, as a line beginning with `BAD`.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib
import inspect
import io
import os
import pkgutil
import random
import resource
import signal
import socket
import sys
import warnings

MEMORY = 6 << 30
SECONDS = 10
CALLS = 24
# Building a large network takes a second; what it does with nonsense is the same for all of them.
FEWER = {"seodang.keras.applications": 2}

# What is not called, and why.
SKIPPED = {
    "seodang.run": "starts programs and replaces `import`: test_run_*.py give it hostile programs",
}


class OutOfTime(BaseException):
    """A call has used its processor time."""


def names():
    """Every public callable once, as (name, object), in an order that does not change."""
    import seodang

    modules = ["seodang", "seodang._native"]
    for info in pkgutil.walk_packages(seodang.__path__, "seodang."):
        parts = info.name.split(".")
        if any(p.startswith("_") for p in parts) or ".".join(parts[:2]) in SKIPPED:
            continue
        modules.append(info.name)
    seen = set()
    for module_name in sorted(modules):
        module = importlib.import_module(module_name)
        for name in sorted(dir(module)):
            if name.startswith("_"):
                continue
            with contextlib.suppress(AttributeError, ImportError, NotImplementedError):
                value = getattr(module, name)
                ours = str(getattr(value, "__module__", None) or "seodang").startswith("seodang")
                if callable(value) and ours and id(value) not in seen:
                    seen.add(id(value))
                    yield f"{module_name}.{name}", value


def nonsense():
    """The values, as (how they are written, what makes one)."""
    import numpy as np

    from seodang import _native as native
    from seodang import keras
    from seodang.compat import tensorflow as tf

    def failing(*args, **kwargs):
        raise LookupError("a function that always raises")

    def generator():
        yield np.ones((2, 3), "float32"), np.ones(2)
        raise LookupError("a generator that raises")

    objects = np.empty(2, object)
    objects[:] = [object(), "text"]
    makers = {
        "None": lambda: None,
        "True": lambda: True,
        "-1": lambda: -1,
        "0": lambda: 0,
        "3": lambda: 3,
        "2**70": lambda: 2**70,
        "2**62": lambda: 2**62,
        "-(2**63)": lambda: -(2**63),
        "0.5": lambda: 0.5,
        "nan": lambda: float("nan"),
        "inf": lambda: float("inf"),
        "1j": lambda: 1j,
        "''": lambda: "",
        "'nonsense'": lambda: "nonsense",
        "'a\\0b\\ud800'": lambda: "a\0b\ud800",
        "b'\\xff'": lambda: b"\xff",
        "()": lambda: (),
        "[]": lambda: [],
        "[1, -1]": lambda: [1, -1],
        "[[1, 2], [3]]": lambda: [[1, 2], [3]],
        "[2**40, 2**40]": lambda: [2**40, 2**40],
        "[2**62, 4]": lambda: [2**62, 4],
        "[None]": lambda: [None],
        "['a', 1.0]": lambda: ["a", 1.0],
        "{}": lambda: {},
        "{'a': [1]}": lambda: {"a": [1]},
        "{1}": lambda: {1},
        "object()": object,
        "object array": lambda: objects.copy(),
        "zero rows": lambda: np.zeros((0, 3), "float32"),
        "matrix": lambda: np.ones((2, 3), "float32"),
        "nans": lambda: np.full((2, 3), np.nan),
        "integers": lambda: np.array([[7, -9], [2**40, 0]]),
        "dates": lambda: np.array(["2020-01-01"], "datetime64[D]"),
        "complex": lambda: np.ones(2, complex),
        "uint8 picture": lambda: np.zeros((1, 4, 4, 3), "uint8"),
        "scalar tensor": lambda: native.convert(2.0),
        "tensor": lambda: native.convert(np.ones((2, 3), "float32")),
        "empty tensor": lambda: native.convert(np.zeros((0,), "float32")),
        "integer tensor": lambda: native.convert(np.array([5, -5, 2**31 - 1], "int32")),
        "tensor of rank 6": lambda: native.convert(np.ones((1, 2, 1, 2, 1, 2), "float32")),
        "boolean tensor": lambda: native.convert(np.array([True, False])),
        "string tensor": lambda: tf.constant(["a", "b"]),
        "variable": lambda: tf.Variable([[1.0, 2.0]]),
        "symbolic": lambda: keras.Input((3,)),
        "layer": lambda: keras.layers.Dense(2),
        "identity": lambda: lambda x: x,
        "failing": lambda: failing,
        "generator": generator,
        "generator function": lambda: generator,
        "slice": lambda: slice(None, None, -1),
        "class": lambda: int,
        "range": lambda: range(3),
    }
    return list(makers.items())


def parameters(value):
    """The names of the arguments that may be given by keyword."""
    try:
        found = inspect.signature(value).parameters.values()
    except (TypeError, ValueError):
        return []
    return [p.name for p in found if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]


def patterns(name, value, values):
    """Arguments to call a name with: always the same ones for the same name."""
    rng = random.Random(name)
    keywords = parameters(value)
    sensible = [v for v in values if v[0] in ("matrix", "tensor", "3", "identity")]
    yield [], {}
    for turn in range(FEWER.get(name.rpartition(".")[0], CALLS)):
        count = 1 + turn % 4
        given = rng.choices(values, k=count)
        if turn % 2:
            # One argument that makes sense leads deeper into the function.
            given[0] = rng.choice(sensible)
        by_name = rng.sample(keywords, min(len(keywords), turn % 3))
        by_name = [k for k in by_name if k not in keywords[:count]]
        yield given, {k: rng.choice(values) for k in by_name}


class Caller:
    """Makes calls, and writes them down first."""

    def __init__(self, journal):
        self.journal = journal

    def write(self, text):
        self.journal.write(text + "\n")
        self.journal.flush()

    def call(self, label, function, /, *args, **kwargs):
        """The result, or None if the call raised."""
        self.write(label)
        try:
            signal.setitimer(signal.ITIMER_PROF, SECONDS, 1)
            try:
                result = function(*args, **kwargs)
                repr(result)
                return result
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
        except OutOfTime:
            self.write(f"BAD {label}: not back after {SECONDS} s of processor time")
        except BaseException as e:
            if type(e).__name__ == "PanicException":
                self.write(f"BAD {label}: panic: {str(e)[:300]!r}")
        return None


def one_name(caller, number, name, value, values):
    """All calls of one public name; an instance that results is called too, and its methods."""
    made = None
    for given, keywords in patterns(name, value, values):
        words = [w for w, _ in given] + [f"{k}={w}" for k, (w, _) in keywords.items()]
        label = f"{number} {name}({', '.join(words)})"
        args = [make() for _, make in given]
        options = {k: make() for k, (_, make) in keywords.items()}
        result = caller.call(label, value, *args, **options)
        if inspect.isclass(value) and isinstance(result, value):
            made = label, result
    if made is None:
        return
    label, instance = made
    rng = random.Random(label)
    for method in sorted(
        m for m in dir(type(instance)) if not m.startswith("_") or m == "__call__"
    ):
        try:
            bound = getattr(instance, method)
        except Exception:
            continue
        if callable(bound):
            for count in (0, 1, 2):
                given = rng.choices(values, k=count)
                words = ", ".join(w for w, _ in given)
                args = [make() for _, make in given]
                caller.call(f"{label}.{method}({words})", bound, *args)


def no_network(*args, **kwargs):
    raise OSError("the tests use no network")


def out_of_time(*_):
    raise OutOfTime


def main():
    journal, first, step = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    signal.signal(signal.SIGPROF, out_of_time)
    values = nonsense()
    everything = list(names())
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 20, 64 << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    socket.socket.connect = no_network
    socket.getaddrinfo = no_network
    warnings.simplefilter("ignore")
    # Numbers are file names to `open`, which closes what it opened: 3 must not be the journal.
    journal = fcntl.fcntl(
        os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), fcntl.F_DUPFD, 500
    )
    with open(journal, "w", encoding="utf-8", errors="replace") as file:
        caller = Caller(file)
        for number in range(first, len(everything), step):
            name, value = everything[number]
            # What the names print is of no interest, and what they read is nothing.
            with (
                contextlib.redirect_stdout(io.StringIO()),
                contextlib.redirect_stderr(io.StringIO()),
            ):
                sys.stdin = io.StringIO()
                one_name(caller, number, name, value, values)
        file.write("DONE\n")
    # Whatever was left behind by nonsense need not be taken down.
    os._exit(0)


if __name__ == "__main__":
    main()
