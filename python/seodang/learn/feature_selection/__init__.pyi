"""Which features to keep.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.learn.feature_selection._elimination import RFE as RFE
from seodang.learn.feature_selection._elimination import RFECV as RFECV
from seodang.learn.feature_selection._filters import GenericUnivariateSelect as GenericUnivariateSelect
from seodang.learn.feature_selection._filters import SelectFdr as SelectFdr
from seodang.learn.feature_selection._filters import SelectFpr as SelectFpr
from seodang.learn.feature_selection._filters import SelectFwe as SelectFwe
from seodang.learn.feature_selection._filters import SelectKBest as SelectKBest
from seodang.learn.feature_selection._filters import SelectPercentile as SelectPercentile
from seodang.learn.feature_selection._filters import VarianceThreshold as VarianceThreshold
from seodang.learn.feature_selection._information import mutual_info_classif as mutual_info_classif
from seodang.learn.feature_selection._information import mutual_info_regression as mutual_info_regression
from seodang.learn.feature_selection._models import SelectFromModel as SelectFromModel
from seodang.learn.feature_selection._scores import chi2 as chi2
from seodang.learn.feature_selection._scores import f_classif as f_classif
from seodang.learn.feature_selection._scores import f_oneway as f_oneway
from seodang.learn.feature_selection._scores import f_regression as f_regression
from seodang.learn.feature_selection._scores import r_regression as r_regression
from seodang.learn.feature_selection._selection import SelectorMixin as SelectorMixin
from seodang.learn.feature_selection._sequential import SequentialFeatureSelector as SequentialFeatureSelector
