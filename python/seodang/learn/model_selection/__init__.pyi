"""Which method, and with which parameters: splits, cross-validation and searches.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.learn.model_selection._folds import GroupKFold as GroupKFold
from seodang.learn.model_selection._folds import KFold as KFold
from seodang.learn.model_selection._folds import LeaveOneGroupOut as LeaveOneGroupOut
from seodang.learn.model_selection._folds import LeaveOneOut as LeaveOneOut
from seodang.learn.model_selection._folds import LeavePGroupsOut as LeavePGroupsOut
from seodang.learn.model_selection._folds import LeavePOut as LeavePOut
from seodang.learn.model_selection._folds import PredefinedSplit as PredefinedSplit
from seodang.learn.model_selection._folds import RepeatedKFold as RepeatedKFold
from seodang.learn.model_selection._folds import RepeatedStratifiedKFold as RepeatedStratifiedKFold
from seodang.learn.model_selection._folds import StratifiedGroupKFold as StratifiedGroupKFold
from seodang.learn.model_selection._folds import StratifiedKFold as StratifiedKFold
from seodang.learn.model_selection._folds import TimeSeriesSplit as TimeSeriesSplit
from seodang.learn.model_selection._folds import check_cv as check_cv
from seodang.learn.model_selection._shuffles import GroupShuffleSplit as GroupShuffleSplit
from seodang.learn.model_selection._shuffles import ShuffleSplit as ShuffleSplit
from seodang.learn.model_selection._shuffles import StratifiedShuffleSplit as StratifiedShuffleSplit
from seodang.learn.model_selection._shuffles import train_test_split as train_test_split
