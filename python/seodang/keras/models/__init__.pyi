"""`keras.models`: models, and models as files.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.keras.models.cloning import clone_model as clone_model
from seodang.keras.models.functional import Functional as Functional
from seodang.keras.models.json_form import model_from_config as model_from_config
from seodang.keras.models.json_form import model_from_json as model_from_json
from seodang.keras.models.json_form import model_from_yaml as model_from_yaml
from seodang.keras.models.model import Model as Model
from seodang.keras.models.plot import model_to_dot as model_to_dot
from seodang.keras.models.plot import plot_model as plot_model
from seodang.keras.models.sequential import Sequential as Sequential
from seodang.keras.saving.files import load_model as load_model
from seodang.keras.saving.files import save_model as save_model
