"""Linear models.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.learn.linear_model._generated import ElasticNet as ElasticNet
from seodang.learn.linear_model._generated import Lasso as Lasso
from seodang.learn.linear_model._generated import LinearRegression as LinearRegression
from seodang.learn.linear_model._generated import LogisticRegression as LogisticRegression
from seodang.learn.linear_model._generated import Perceptron as Perceptron
from seodang.learn.linear_model._generated import Ridge as Ridge
from seodang.learn.linear_model._generated import RidgeClassifier as RidgeClassifier
from seodang.learn.linear_model._generated import SGDClassifier as SGDClassifier
from seodang.learn.linear_model._generated import SGDRegressor as SGDRegressor
from seodang.learn.linear_model._logistic_cv import LogisticRegressionCV as LogisticRegressionCV
from seodang.learn.linear_model._paths import ElasticNetCV as ElasticNetCV
from seodang.learn.linear_model._paths import LassoCV as LassoCV
from seodang.learn.linear_model._paths import enet_path as enet_path
from seodang.learn.linear_model._paths import lasso_path as lasso_path
from seodang.learn.linear_model._ridge import ridge_regression as ridge_regression
from seodang.learn.linear_model._ridge_cv import RidgeCV as RidgeCV
from seodang.learn.linear_model._ridge_cv import RidgeClassifierCV as RidgeClassifierCV
