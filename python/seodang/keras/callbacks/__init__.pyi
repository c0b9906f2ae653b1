"""`keras.callbacks`: what happens while a model trains.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.keras.callbacks.callback import Callback as Callback
from seodang.keras.callbacks.callback import CallbackList as CallbackList
from seodang.keras.callbacks.checkpoint import BackupAndRestore as BackupAndRestore
from seodang.keras.callbacks.checkpoint import ModelCheckpoint as ModelCheckpoint
from seodang.keras.callbacks.history import History as History
from seodang.keras.callbacks.logger import CSVLogger as CSVLogger
from seodang.keras.callbacks.logger import LambdaCallback as LambdaCallback
from seodang.keras.callbacks.logger import ProgbarLogger as ProgbarLogger
from seodang.keras.callbacks.logger import TerminateOnNaN as TerminateOnNaN
from seodang.keras.callbacks.monitors import EarlyStopping as EarlyStopping
from seodang.keras.callbacks.monitors import LearningRateScheduler as LearningRateScheduler
from seodang.keras.callbacks.monitors import ReduceLROnPlateau as ReduceLROnPlateau
from seodang.keras.callbacks.tensorboard import TensorBoard as TensorBoard
