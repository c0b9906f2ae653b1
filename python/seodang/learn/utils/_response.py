"""What an estimator says of samples, by whichever of its methods serves."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..base import is_classifier
from .multiclass import type_of_target


def response_method(estimator: Any, names: Any) -> Any:
    """The first of some methods that an estimator has.

    Raises
    ------
    AttributeError
        If it has none.
    """
    names = [names] if isinstance(names, str) else list(names)
    for name in names:
        method = getattr(estimator, name, None)
        if method is not None:
            return method
    raise AttributeError(
        f"{type(estimator).__name__} has none of the following attributes: {', '.join(names)}."
    )


def response(
    estimator: Any, X: Any, names: Any, pos_label: Any = None
) -> tuple[np.ndarray, Any, str]:
    """What the first of some methods says of X, for two classes as one column for `pos_label`.

    Returns
    -------
    the response, the positive class (None for regressors), the method's name

    Raises
    ------
    ValueError
        If `pos_label` is no class, or a classifier of two classes gives one column.
    """
    method = response_method(estimator, names)
    if not is_classifier(estimator):
        return method(X), None, method.__name__
    classes = estimator.classes_
    kind = type_of_target(classes)
    if kind == "binary":
        if pos_label is None:
            pos_label = classes[-1]
        elif pos_label not in np.asarray(classes).tolist():
            raise ValueError(
                f"pos_label={pos_label} is not a valid label: It should be one of {classes}"
            )
    said = method(X)
    if method.__name__ in ("predict_proba", "predict_log_proba"):
        if kind == "binary":
            if said.shape[1] < 2:
                raise ValueError(
                    f"Got predict_proba of shape {said.shape}, but need classifier with two classes."
                )
            said = said[:, np.flatnonzero(classes == pos_label)[0]]
        elif kind == "multilabel-indicator" and isinstance(said, list):
            said = np.stack([table[:, -1] for table in said], axis=1)
    elif method.__name__ == "decision_function" and kind == "binary" and pos_label == classes[0]:
        said = -said
    return said, pos_label, method.__name__


def binary_response(
    estimator: Any, X: Any, names: Any, pos_label: Any = None
) -> tuple[np.ndarray, Any, str]:
    """`response` of a classifier of two classes; "auto" is probabilities, else decisions.

    Raises
    ------
    ValueError
        If the estimator is none.
    """
    from .validation import check_is_fitted

    error = "Expected 'estimator' to be a binary classifier."
    check_is_fitted(estimator)
    if not is_classifier(estimator):
        raise ValueError(f"{error} Got {type(estimator).__name__} instead.")
    if len(estimator.classes_) != 2:
        raise ValueError(f"{error} Got {len(estimator.classes_)} classes instead.")
    if names == "auto":
        names = ["predict_proba", "decision_function"]
    return response(estimator, X, names, pos_label)
