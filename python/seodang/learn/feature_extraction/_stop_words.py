"""English words that say little by themselves: the list that scikit-learn's package brings."""

from __future__ import annotations

import ast
from functools import cache

from ..datasets._tables import bundled


@cache
def english() -> frozenset[str]:
    """The words. Another list would give other features than scikit-learn, so there is no substitute.

    Raises
    ------
    OSError
        If scikit-learn is not installed, and no list is in the folder that `SEODANG_DATA` names.
    """
    source = ast.parse(bundled("../feature_extraction/_stop_words.py").read_text(encoding="utf-8"))
    for node in source.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            return frozenset(ast.literal_eval(node.value.args[0]))
    raise OSError("scikit-learn's list of English stop words is not written as it was until 1.9")
