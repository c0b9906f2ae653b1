"""matplotlib, where someone draws."""

from __future__ import annotations

from typing import Any


def pyplot(who: str) -> Any:
    """matplotlib.pyplot.

    Raises
    ------
    ImportError
        If it is not installed.
    """
    try:
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise ImportError(
            f"{who} requires matplotlib. You can install matplotlib with `pip install matplotlib`"
        ) from error
    return plt
