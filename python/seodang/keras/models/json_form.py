"""Models from their configurations."""

from __future__ import annotations

import json

from ..saving.objects import deserialize_keras_object


def model_from_json(json_string: str, custom_objects: dict | None = None):
    """The model of the JSON that `Model.to_json` gave, without its weights.

    Raises ValueError for what is not JSON.
    """
    return model_from_config(json.loads(json_string), custom_objects)


def model_from_config(config: dict, custom_objects: dict | None = None):
    """The model of a configuration with a class name."""
    if isinstance(config, list):
        raise TypeError(
            "`model_from_config` expects a dictionary, not a list. Maybe you meant to use "
            "`Sequential.from_config(config)`?"
        )
    config = {**config}
    config.pop("compile_config", None)
    return deserialize_keras_object(config, custom_objects)


def model_from_yaml(yaml_string: str, custom_objects: dict | None = None):
    """Not offered, as in TensorFlow since 2.6: YAML can run code."""
    raise RuntimeError(
        "Method `model_from_yaml()` has been removed due to security risk of arbitrary code "
        "execution. Please use `Model.to_json()` and `model_from_json()` instead."
    )
