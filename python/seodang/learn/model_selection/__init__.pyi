"""Which method, and with which parameters: splits, cross-validation and searches.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.learn.model_selection._candidates import ParameterGrid as ParameterGrid
from seodang.learn.model_selection._candidates import ParameterSampler as ParameterSampler
from seodang.learn.model_selection._curves import LearningCurveDisplay as LearningCurveDisplay
from seodang.learn.model_selection._curves import ValidationCurveDisplay as ValidationCurveDisplay
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
from seodang.learn.model_selection._halving import HalvingGridSearchCV as HalvingGridSearchCV
from seodang.learn.model_selection._halving import HalvingRandomSearchCV as HalvingRandomSearchCV
from seodang.learn.model_selection._search import GridSearchCV as GridSearchCV
from seodang.learn.model_selection._search import RandomizedSearchCV as RandomizedSearchCV
from seodang.learn.model_selection._shuffles import BaseShuffleSplit as BaseShuffleSplit
from seodang.learn.model_selection._shuffles import GroupShuffleSplit as GroupShuffleSplit
from seodang.learn.model_selection._shuffles import ShuffleSplit as ShuffleSplit
from seodang.learn.model_selection._shuffles import StratifiedShuffleSplit as StratifiedShuffleSplit
from seodang.learn.model_selection._shuffles import train_test_split as train_test_split
from seodang.learn.model_selection._splitter import BaseCrossValidator as BaseCrossValidator
from seodang.learn.model_selection._thresholds import FixedThresholdClassifier as FixedThresholdClassifier
from seodang.learn.model_selection._thresholds import TunedThresholdClassifierCV as TunedThresholdClassifierCV
from seodang.learn.model_selection._validation import cross_val_predict as cross_val_predict
from seodang.learn.model_selection._validation import cross_val_score as cross_val_score
from seodang.learn.model_selection._validation import cross_validate as cross_validate
from seodang.learn.model_selection._validation import learning_curve as learning_curve
from seodang.learn.model_selection._validation import permutation_test_score as permutation_test_score
from seodang.learn.model_selection._validation import validation_curve as validation_curve
