"""Decision trees.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.learn._trees import BaseDecisionTree as BaseDecisionTree
from seodang.learn.tree._export import export_graphviz as export_graphviz
from seodang.learn.tree._export import export_text as export_text
from seodang.learn.tree._generated import DecisionTreeClassifier as DecisionTreeClassifier
from seodang.learn.tree._generated import DecisionTreeRegressor as DecisionTreeRegressor
from seodang.learn.tree._generated import ExtraTreeClassifier as ExtraTreeClassifier
from seodang.learn.tree._generated import ExtraTreeRegressor as ExtraTreeRegressor
from seodang.learn.tree._plot import plot_tree as plot_tree
