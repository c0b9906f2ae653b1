"""Which language messages are written in; the same rule as the Rust side's ``Lang::current``."""

from __future__ import annotations

import os
from functools import cache


@cache
def korean() -> bool:
    """Whether ``SEODANG_LANG``, else the locale, asks for Korean."""
    for variable in ("SEODANG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return value == "ko" or value.startswith(("ko_", "ko-"))
    return False


def text(en: str, ko: str) -> str:
    """The wording for messages that are in one language only."""
    return ko if korean() else en


def both(en: str, ko: str) -> str:
    """The wording for exceptions: the first line in English, so that it can be searched for."""
    return f"{en}\n{ko}" if korean() else en
