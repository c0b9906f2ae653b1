"""Seodang: machine learning and deep learning in one small package.

`from seodang import keras` is the way in. Everything loads on first use.
"""

# Where the names are: a module, or a module and a name in it.
_HOMES = {
    "compat": "seodang.compat",
    "data": "seodang.data",
    "errors": "seodang.errors",
    "keras": "seodang.keras",
    "learn": "seodang.learn",
    "DType": "seodang._dtypes:DType",
    "GradientTape": "seodang.compat.tensorflow.tape:GradientTape",
    "Tensor": "seodang._native:Tensor",
    "TensorShape": "seodang._shapes:TensorShape",
    "TensorSpec": "seodang.compat.tensorflow:TensorSpec",
    "Variable": "seodang._native:Variable",
    "__version__": "seodang._native:__version__",
    "constant": "seodang.compat.tensorflow:constant",
    "convert_to_tensor": "seodang.compat.tensorflow:convert_to_tensor",
    "function": "seodang.compat.tensorflow:function",
    "is_tensor": "seodang._native:is_tensor",
    "set_seed": "seodang.compat.tensorflow.random:set_seed",
}


def load_ipython_extension(shell) -> None:
    """``%load_ext seodang``: imports of TensorFlow and Keras in the notebook give Seodang."""
    from seodang.run import notebook

    notebook.load(shell)


def unload_ipython_extension(shell) -> None:
    """``%unload_ext seodang``: imports are Python's own again."""
    from seodang.run import notebook

    notebook.unload(shell)


def __getattr__(name: str):
    from importlib import import_module, util

    # `from seodang import x` asks here first, also for the modules that the package itself imports.
    if name not in _HOMES and (name.startswith("_") or util.find_spec(f"{__name__}.{name}")):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}._missing").missing(__name__, _HOMES)(name)


def __dir__() -> list[str]:
    return sorted({*_HOMES, "load_ipython_extension", "unload_ipython_extension"})
