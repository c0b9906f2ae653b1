"""A dictionary whose keys are attributes too."""

from __future__ import annotations

from typing import Any


class Bunch(dict):
    """A dictionary whose keys are attributes too.

    Parameters
    ----------
    **kwargs : what it holds
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(kwargs)

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value

    def __dir__(self) -> list[str]:
        return list(self.keys())

    def __setstate__(self, state: Any) -> None:
        # What a dictionary pickles is enough.
        pass
