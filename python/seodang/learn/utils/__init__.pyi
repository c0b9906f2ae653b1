"""What estimators are built with: checks of data, kinds of targets.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.learn._indexing import indexable as indexable
from seodang.learn.exceptions import DataConversionWarning as DataConversionWarning
from seodang.learn.utils import class_weight as class_weight
from seodang.learn.utils import discovery as discovery
from seodang.learn.utils import estimator_checks as estimator_checks
from seodang.learn.utils import extmath as extmath
from seodang.learn.utils import metaestimators as metaestimators
from seodang.learn.utils import multiclass as multiclass
from seodang.learn.utils import validation as validation
from seodang.learn.utils._bunch import Bunch as Bunch
from seodang.learn.utils._checks import as_float_array as as_float_array
from seodang.learn.utils._checks import assert_all_finite as assert_all_finite
from seodang.learn.utils._checks import check_scalar as check_scalar
from seodang.learn.utils._checks import check_symmetric as check_symmetric
from seodang.learn.utils._samples import gen_batches as gen_batches
from seodang.learn.utils._samples import gen_even_slices as gen_even_slices
from seodang.learn.utils._samples import resample as resample
from seodang.learn.utils._samples import safe_mask as safe_mask
from seodang.learn.utils._samples import shuffle as shuffle
from seodang.learn.utils.class_weight import compute_class_weight as compute_class_weight
from seodang.learn.utils.class_weight import compute_sample_weight as compute_sample_weight
from seodang.learn.utils.discovery import all_estimators as all_estimators
from seodang.learn.utils.extmath import safe_sqr as safe_sqr
from seodang.learn.utils.validation import check_X_y as check_X_y
from seodang.learn.utils.validation import check_array as check_array
from seodang.learn.utils.validation import check_consistent_length as check_consistent_length
from seodang.learn.utils.validation import check_random_state as check_random_state
from seodang.learn.utils.validation import column_or_1d as column_or_1d
