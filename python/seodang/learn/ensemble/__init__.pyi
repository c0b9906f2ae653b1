"""Many estimators that decide together.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.learn.ensemble._bagged import BaggingClassifier as BaggingClassifier
from seodang.learn.ensemble._bagged import BaggingRegressor as BaggingRegressor
from seodang.learn.ensemble._base import BaseEnsemble as BaseEnsemble
from seodang.learn.ensemble._boosted import AdaBoostClassifier as AdaBoostClassifier
from seodang.learn.ensemble._boosted import AdaBoostRegressor as AdaBoostRegressor
from seodang.learn.ensemble._generated import ExtraTreesClassifier as ExtraTreesClassifier
from seodang.learn.ensemble._generated import ExtraTreesRegressor as ExtraTreesRegressor
from seodang.learn.ensemble._generated import GradientBoostingClassifier as GradientBoostingClassifier
from seodang.learn.ensemble._generated import GradientBoostingRegressor as GradientBoostingRegressor
from seodang.learn.ensemble._generated import HistGradientBoostingClassifier as HistGradientBoostingClassifier
from seodang.learn.ensemble._generated import HistGradientBoostingRegressor as HistGradientBoostingRegressor
from seodang.learn.ensemble._generated import RandomForestClassifier as RandomForestClassifier
from seodang.learn.ensemble._generated import RandomForestRegressor as RandomForestRegressor
from seodang.learn.ensemble._stacked import StackingClassifier as StackingClassifier
from seodang.learn.ensemble._stacked import StackingRegressor as StackingRegressor
from seodang.learn.ensemble._voted import VotingClassifier as VotingClassifier
from seodang.learn.ensemble._voted import VotingRegressor as VotingRegressor
