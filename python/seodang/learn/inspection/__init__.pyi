"""What a fitted estimator has learned, seen from outside.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.learn.inspection._boundary import DecisionBoundaryDisplay as DecisionBoundaryDisplay
from seodang.learn.inspection._dependence import partial_dependence as partial_dependence
from seodang.learn.inspection._dependence_display import PartialDependenceDisplay as PartialDependenceDisplay
from seodang.learn.inspection._permutation import permutation_importance as permutation_importance
