"""Naive Bayes of counts, which does poorly where features are no counts: its tags say so."""

from __future__ import annotations

from typing import Any

from . import _generated as generated

__all__ = ["BernoulliNB", "ComplementNB", "MultinomialNB"]


class _Counts:
    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.poor_score = True
        return tags


class BernoulliNB(_Counts, generated.BernoulliNB):
    __doc__ = generated.BernoulliNB.__doc__


class ComplementNB(_Counts, generated.ComplementNB):
    __doc__ = generated.ComplementNB.__doc__


class MultinomialNB(_Counts, generated.MultinomialNB):
    __doc__ = generated.MultinomialNB.__doc__
