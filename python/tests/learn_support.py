"""Comparing ours with scikit-learn's: the same values, or the same error; the same warnings."""

import inspect
import re
import warnings

import numpy as np


# Where scikit-learn falls over instead of refusing what it is given, ours may do better.
_CRASH = re.compile(
    "object has no attribute|division by zero|could not be broadcast|not broadcastable|out of bounds|"
    "unhashable type|not aligned|math domain|not supported between"
)


def outcome(function, *args, **kwargs):
    """What a call gives: ("value", value) or ("error", kinds, text), and its warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = ("value", function(*args, **kwargs))
        except Exception as error:  # noqa: BLE001
            kinds = {k for k in (ValueError, TypeError, AttributeError, NotImplementedError)
                     if isinstance(error, k)}
            result = ("error", kinds, str(error))
    # NumPy's own warnings about 0 / 0 are no part of what either says.
    said = {(w.category.__name__, str(w.message)) for w in caught
            if w.category is not RuntimeWarning}
    return result, said


def _words(text):
    """A message without the order of the words in braces, and without NumPy's line breaks."""
    braces = r"\{([^{}]*)\}"
    text = re.sub(braces, lambda m: "{" + ", ".join(sorted(m[1].split(", "))) + "}", text)
    return re.sub(r"\s+", " ", text)


def assert_same_value(got, want, *, rtol=1e-9, atol=1e-12, path="value"):
    """The same type, shape and numbers."""
    if isinstance(want, dict):
        assert list(got) == list(want), path
        for key in want:
            assert_same_value(got[key], want[key], rtol=rtol, atol=atol, path=f"{path}[{key!r}]")
    elif isinstance(want, (tuple, list)):
        assert type(got) is type(want) and len(got) == len(want), f"{path}: {got!r}, {want!r}"
        for i, (g, w) in enumerate(zip(got, want, strict=True)):
            assert_same_value(g, w, rtol=rtol, atol=atol, path=f"{path}[{i}]")
    elif hasattr(want, "tocsr"):
        assert got.shape == want.shape and got.format == want.format, path
        # Dense they may be huge.
        parts = [m.tocoo() for m in (got, want)]
        places = [np.lexsort((p.col, p.row)) for p in parts]
        for name in ("row", "col", "data"):
            a, b = (getattr(p, name)[o] for p, o in zip(parts, places, strict=True))
            np.testing.assert_allclose(a, b, rtol=rtol, atol=atol, err_msg=path)
        assert got.dtype == want.dtype, path
    elif isinstance(want, np.ndarray):
        assert isinstance(got, np.ndarray), f"{path} is {type(got)}"
        assert got.shape == want.shape, f"{path} has shape {got.shape}, not {want.shape}"
        assert got.dtype == want.dtype, f"{path} has type {got.dtype}, not {want.dtype}"
        if want.dtype.kind in "fc":
            np.testing.assert_allclose(got, want, rtol=rtol, atol=atol, err_msg=path)
        else:
            np.testing.assert_array_equal(got, want, err_msg=path)
    elif isinstance(want, float):
        assert isinstance(got, float), f"{path} is {type(got)}"
        np.testing.assert_allclose(got, want, rtol=rtol, atol=atol, err_msg=path)
    else:
        assert got == want, f"{path}: {got!r}, not {want!r}"


def assert_same(ours, theirs, *args, rtol=1e-9, atol=1e-12, **kwargs):
    """That two functions do the same with the same arguments."""
    (got, said), (want, should) = (outcome(f, *args, **kwargs) for f in (ours, theirs))
    if want[0] == "error" and _CRASH.search(want[2]):
        return
    if want[0] == "error":
        assert got[0] == "error", f"no error, but {got[1]!r}; should be: {want[2]}"
        assert _words(got[2]) == _words(want[2]), f"{got[2]!r}, but should be {want[2]!r}"
        assert got[1] >= want[1], f"{got[1]}, not {want[1]}: {want[2]}"
    else:
        assert got[0] == "value", f"{got[2]}, but should be {want[1]!r}"
        assert_same_value(got[1], want[1], rtol=rtol, atol=atol)
        said, should = ({(c, _words(t)) for c, t in some} for some in (said, should))
        assert said == should, f"warns {said}, but should {should}"


def assert_same_signature(ours, theirs, *, more=()):
    """The same parameters in the same order with the same defaults; `more` may come on top."""
    got = [p for p in inspect.signature(ours).parameters.values() if p.name not in more]
    want = list(inspect.signature(theirs).parameters.values())
    assert [(p.name, p.kind) for p in got] == [(p.name, p.kind) for p in want]
    for g, w in zip(got, want, strict=True):
        assert repr(g.default) == repr(w.default), g.name
