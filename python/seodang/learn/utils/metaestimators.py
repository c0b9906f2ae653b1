"""What estimators over other estimators are built with."""

from __future__ import annotations

from .._meta import available_if

__all__ = ["available_if"]
