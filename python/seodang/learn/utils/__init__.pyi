"""What estimators are built with: checks of data, kinds of targets.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.learn.utils import multiclass as multiclass
from seodang.learn.utils import validation as validation
from seodang.learn.utils.validation import check_X_y as check_X_y
from seodang.learn.utils.validation import check_array as check_array
from seodang.learn.utils.validation import check_consistent_length as check_consistent_length
from seodang.learn.utils.validation import check_random_state as check_random_state
from seodang.learn.utils.validation import column_or_1d as column_or_1d
