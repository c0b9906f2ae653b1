"""`keras.saving`: custom objects, and models as files.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.keras.saving.files import load_model as load_model
from seodang.keras.saving.files import load_weights as load_weights
from seodang.keras.saving.files import save_model as save_model
from seodang.keras.saving.files import save_weights as save_weights
from seodang.keras.saving.objects import deserialize_keras_object as deserialize_keras_object
from seodang.keras.saving.objects import serialize_keras_object as serialize_keras_object
from seodang.keras.saving.registration import CustomObjectScope as CustomObjectScope
from seodang.keras.saving.registration import CustomObjectScope as _CustomObjectScope
from seodang.keras.saving.registration import get_custom_objects as get_custom_objects
from seodang.keras.saving.registration import get_registered_name as get_registered_name
from seodang.keras.saving.registration import get_registered_object as get_registered_object
from seodang.keras.saving.registration import register_keras_serializable as register_keras_serializable

custom_object_scope = _CustomObjectScope
