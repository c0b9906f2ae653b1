"""How likely greater values are than those of a statistic."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

_TINY = 1e-300
_STEPS = 400


def _beta(a: float, b: float, x: float) -> float:
    """The regularized incomplete beta function. Source: NIST Handbook 8.17.22, by Lentz's method."""
    if not 0 < x < 1:
        return x if x != x else float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        # The fraction converges quickly on the other side.
        return 1 - _beta(b, a, 1 - x)
    scale = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    value, c, d = 1.0, 1.0, 0.0
    for n in range(_STEPS):
        m = n // 2
        if n == 0:
            part = 1.0
        elif n % 2 == 0:
            part = m * (b - m) * x / ((a + n - 1) * (a + n))
        else:
            part = -(a + m) * (a + b + m) * x / ((a + n - 1) * (a + n))
        d = 1 / ((1 + part * d) or _TINY)
        c = (1 + part / c) or _TINY
        value *= c * d
        if abs(1 - c * d) < 1e-16:
            break
    return scale * (value - 1) / a


def _gamma(a: float, x: float) -> float:
    """The regularized upper incomplete gamma function. Source: NIST Handbook 8.7.1 and 8.9.2."""
    if not x > 0:
        return x if x != x else 1.0
    if math.isinf(x):
        return 0.0
    scale = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        part = whole = 1 / a
        for n in range(1, 10 * _STEPS):
            part *= x / (a + n)
            whole += part
            if part < whole * 1e-17:
                break
        return 1 - scale * whole
    b = x + 1 - a
    c, d = 1 / _TINY, 1 / b
    value = d
    for n in range(1, 10 * _STEPS):
        part = n * (a - n)
        b += 2
        d = 1 / ((part * d + b) or _TINY)
        c = (b + part / c) or _TINY
        value *= c * d
        if abs(1 - c * d) < 1e-16:
            break
    return scale * value


def f_tail(values: Any, over: float, under: float) -> np.ndarray:
    """How likely an F statistic with these degrees of freedom is greater.

    Parameters
    ----------
    values : array-like
    over, under : the degrees of freedom of numerator and denominator
    """
    out = [
        math.nan if v != v or under <= 0 or over <= 0 or v < 0
        else _beta(under / 2, over / 2, under / (under + over * v))
        for v in np.ravel(values).tolist()
    ]
    return np.asarray(out).reshape(np.shape(values))


def chi2_tail(values: Any, freedom: float) -> np.ndarray:
    """How likely a chi-squared statistic with these degrees of freedom is greater.

    Parameters
    ----------
    values : array-like
    freedom : the degrees of freedom
    """
    out = [_gamma(freedom / 2, v / 2) if freedom > 0 else math.nan for v in np.ravel(values).tolist()]
    return np.asarray(out).reshape(np.shape(values))
