"""`keras.callbacks`: what happens while a model trains."""

from __future__ import annotations

from ..._missing import missing
from .callback import Callback, CallbackList
from .checkpoint import BackupAndRestore, ModelCheckpoint
from .history import History
from .logger import CSVLogger, LambdaCallback, ProgbarLogger, TerminateOnNaN
from .monitors import EarlyStopping, LearningRateScheduler, ReduceLROnPlateau

__all__ = [
    "BackupAndRestore", "CSVLogger", "Callback", "CallbackList", "EarlyStopping", "History",
    "LambdaCallback", "LearningRateScheduler", "ModelCheckpoint", "ProgbarLogger",
    "ReduceLROnPlateau", "TensorBoard", "TerminateOnNaN",
]


_absent = missing(__name__)


def __getattr__(name: str):
    if name == "TensorBoard":
        from .tensorboard import TensorBoard

        return TensorBoard
    return _absent(name)
