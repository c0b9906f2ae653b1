"""Transformers: `fit_transform`, and frames of pandas or polars as what `transform` gives."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from ._config import get_config

_METHODS = ("transform", "fit_transform")


def _wrapped(method):
    @functools.wraps(method)
    def run(self, X, *args, **kwargs):
        out = method(self, X, *args, **kwargs)
        own = getattr(self, "_sklearn_output_config", {}).get("transform")
        container = get_config()["transform_output"] if own is None else own
        if container == "default" or not self._makes_frames:
            return out
        return _framed(self, out, X, container)

    return run


def _framed(estimator: Any, out: Any, original: Any, container: str) -> Any:
    if hasattr(out, "tocsr"):
        raise ValueError(
            f"{container.capitalize()} output does not support sparse data. Set "
            "sparse_output=False to output Pandas dataframes or disable Pandas output via "
            "`ohe.set_output(transform='default')`."
        )
    columns = list(estimator.get_feature_names_out())
    if container == "pandas":
        import pandas

        if isinstance(out, pandas.DataFrame):
            return out.set_axis(columns, axis="columns")
        index = original.index if isinstance(original, pandas.DataFrame) else None
        return pandas.DataFrame(np.asarray(out), index=index, columns=columns)
    import polars

    if isinstance(out, polars.DataFrame):
        named = out.clone()
        named.columns = [str(c) for c in columns]
        return named
    if hasattr(out, "iloc"):
        # Each column has a type of its own.
        parts = (out.iloc[:, i].to_numpy() for i in range(len(columns)))
        return polars.DataFrame({str(c): part for c, part in zip(columns, parts, strict=True)})
    return polars.DataFrame(np.asarray(out), schema=[str(c) for c in columns], orient="row")


class TransformerMixin:
    """What makes an estimator a transformer."""

    # Whether what it gives may be a frame: not where that would hold a column for each word.
    _makes_frames = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name in _METHODS:
            if name in vars(cls):
                setattr(cls, name, _wrapped(vars(cls)[name]))

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import TransformerTags

        tags = super().__sklearn_tags__()
        tags.transformer_tags = TransformerTags()
        return tags

    def fit_transform(self, X: Any, y: Any = None, **fit_params: Any) -> Any:
        """Fits to `X` and transforms it.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,) or None
        **fit_params : more arguments of `fit`
        """
        fitted = self.fit(X, **fit_params) if y is None else self.fit(X, y, **fit_params)
        return fitted.transform(X)

    def set_output(self, *, transform: str | None = None):
        """Says what `transform` gives: "default", "pandas" or "polars"; None changes nothing.

        Raises
        ------
        ValueError
            For another word.
        """
        if transform is None:
            return self
        if transform not in ("default", "pandas", "polars"):
            raise ValueError(
                "output config must be in ['default', 'pandas', 'polars'], got " + str(transform)
            )
        self._sklearn_output_config = {"transform": transform}
        return self
