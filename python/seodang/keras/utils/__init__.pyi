"""`keras.utils`: what programs need around models.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.keras.models.plot import model_to_dot as model_to_dot
from seodang.keras.models.plot import plot_model as plot_model
from seodang.keras.preprocessing._files import array_to_img as array_to_img
from seodang.keras.preprocessing._files import img_to_array as img_to_array
from seodang.keras.preprocessing._files import load_img as load_img
from seodang.keras.preprocessing._files import save_img as save_img
from seodang.keras.preprocessing.sequence import pad_sequences as pad_sequences
from seodang.keras.saving.objects import deserialize_keras_object as deserialize_keras_object
from seodang.keras.saving.objects import serialize_keras_object as serialize_keras_object
from seodang.keras.saving.registration import CustomObjectScope as CustomObjectScope
from seodang.keras.saving.registration import CustomObjectScope as _CustomObjectScope
from seodang.keras.saving.registration import get_custom_objects as get_custom_objects
from seodang.keras.saving.registration import get_registered_name as get_registered_name
from seodang.keras.saving.registration import get_registered_object as get_registered_object
from seodang.keras.saving.registration import register_keras_serializable as register_keras_serializable
from seodang.keras.training.progbar import Progbar as Progbar
from seodang.keras.utils import arrays as arrays
from seodang.keras.utils import drawing as drawing
from seodang.keras.utils import files as files
from seodang.keras.utils import sequences as sequences
from seodang.keras.utils.arrays import normalize as normalize
from seodang.keras.utils.arrays import split_dataset as split_dataset
from seodang.keras.utils.arrays import to_categorical as to_categorical
from seodang.keras.utils.files import get_file as get_file
from seodang.keras.utils.files import get_source_inputs as get_source_inputs
from seodang.keras.utils.sequences import GeneratorEnqueuer as GeneratorEnqueuer
from seodang.keras.utils.sequences import OrderedEnqueuer as OrderedEnqueuer
from seodang.keras.utils.sequences import Sequence as Sequence
from seodang.keras.utils.sequences import Sequence as _Sequence

PyDataset = _Sequence

custom_object_scope = _CustomObjectScope

def set_random_seed(seed: int) -> None:
    """Makes Python's, NumPy's and Seodang's random numbers reproducible."""
