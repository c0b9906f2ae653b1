"""Naive Bayes."""

from seodang._missing import missing

from ._counts import BernoulliNB, ComplementNB, MultinomialNB
from ._generated import CategoricalNB, GaussianNB

__all__ = ["BernoulliNB", "CategoricalNB", "ComplementNB", "GaussianNB", "MultinomialNB"]

__getattr__ = missing(__name__)
