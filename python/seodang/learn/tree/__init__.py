"""Decision trees."""

from seodang._missing import missing

from . import _generated
from .._trees import BaseDecisionTree
from ._generated import *  # noqa: F403

_HOMES = {
    "export_graphviz": f"{__name__}._export:export_graphviz",
    "export_text": f"{__name__}._export:export_text",
    "plot_tree": f"{__name__}._plot:plot_tree",
}

__all__ = sorted([*_HOMES, *_generated.NAMES, "BaseDecisionTree"])

__getattr__ = missing(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
