"""The stub of the extension module, from its classes' and functions' own signatures and docs."""

from __future__ import annotations

import inspect
import types

from . import signatures

# What functions give, where it is no tensor.
_FUNCTIONS = {
    "clear_names": "None",
    "cond": "Any",
    "convert_list": "list[Tensor]",
    "custom_gradient": "list[Tensor]",
    "eagerly": "Any",
    "eval_shape": "Any",
    "family_find": "str",
    "family_table": "list[dict[str, Any]]",
    "floatx": "str",
    "is_tensor": "bool",
    "is_tracing": "bool",
    "next_seed": "int",
    "predict_call": "Any",
    "read_h5": "Any",
    "resolve_loss": "str",
    "resolve_metric": "str",
    "scan": "Any",
    "set_dtype_policy": "None",
    "set_seed": "None",
    "shuffle_order": "np.ndarray",
    "split": "list[Tensor]",
    "top_k": "tuple[Tensor, Tensor]",
    "unstack": "list[Tensor]",
    "variable_gradients": "list[Tensor | None]",
    "while_loop": "list[Tensor]",
    "write_h5": "bytes",
}

# What the methods and attributes of the handles give that programs hold.
_MEMBERS = {
    "Tensor": {
        "T": "Tensor",
        "astype": "Tensor",
        "device": "str",
        "dtype": "DType",
        "eval": "np.ndarray",
        "get_shape": "Callable[[], TensorShape]",
        "is_traced": "bool",
        "item": "Any",
        "ndim": "int",
        "numpy": "np.ndarray",
        "ref": "Reference",
        "set_shape": "None",
        "shape": "TensorShape",
        "size": "int",
        "tolist": "Any",
    },
    "Variable": {
        "assign": "Variable",
        "assign_add": "Variable",
        "assign_sub": "Variable",
        "device": "str",
        "dtype": "DType",
        "eval": "np.ndarray",
        "get_shape": "Callable[[], TensorShape]",
        "id": "int",
        "initialized_value": "Tensor",
        "is_traced": "bool",
        "name": "str",
        "ndim": "int",
        "numpy": "np.ndarray",
        "path": "str",
        "read_value": "Tensor",
        "ref": "Reference",
        "shape": "TensorShape",
        "size": "int",
        "trainable": "bool",
        "value": "Tensor",
    },
    "RandomState": dict.fromkeys(
        ("bernoulli", "categorical", "integers", "normal", "permutation", "truncated_normal",
         "uniform"), "Tensor",
    ),
}

# Python's own methods; what is not here gives a tensor, as operators do.
_SPECIAL = {
    "__array__": "np.ndarray",
    "__bool__": "bool",
    "__copy__": None,
    "__deepcopy__": None,
    "__dlpack__": "Any",
    "__dlpack_device__": "tuple[int, int]",
    "__float__": "float",
    "__format__": "str",
    "__hash__": "int",
    "__index__": "int",
    "__int__": "int",
    "__iter__": "Iterator[Tensor]",
    "__len__": "int",
    "__reduce__": "Any",
    "__repr__": "str",
    "__str__": "str",
}

_HEAD = '''"""The extension module: tensors, variables, functions over them, records, HDF5 files.

Written by `python -m seodang._generate` from the module itself; do not edit.
"""
'''


def returns(owner: str | None, name: str) -> str | None:
    """The annotation of what a function or member gives; None if nothing is said."""
    if owner is None:
        return _FUNCTIONS.get(name, "Tensor")
    if name in _SPECIAL:
        return owner if name in ("__copy__", "__deepcopy__") else _SPECIAL[name]
    if name.startswith("__"):
        return "Tensor" if owner in ("Tensor", "Variable") else "Any"
    return _MEMBERS.get(owner, {}).get(name, "Any")


def _class(name: str, cls: type) -> list[str]:
    lines = ["", "", f"class {name}:", *signatures.documentation(cls.__doc__, "    ")]
    try:
        made = signatures.parameters(inspect.signature(cls))
        lines += ["", f"    def __init__(self{', ' if made else ''}{made}) -> None: ..."]
    except ValueError:
        pass  # Programs do not make such objects themselves.
    for member, value in sorted(vars(cls).items()):
        if member == "__hash__" and value is None:
            lines += ["", "    __hash__: ClassVar[None]  # type: ignore[assignment]"]
        elif member == "__array_priority__":
            lines += ["", "    __array_priority__: ClassVar[float]"]
        elif isinstance(value, types.GetSetDescriptorType) and not member.startswith("_"):
            result = returns(name, member)
            lines += ["", "    @property", f"    def {member}(self) -> {result}:"]
            lines += signatures.documentation(value.__doc__, " " * 8)
        elif isinstance(value, staticmethod):
            shown = getattr(cls, member)
            lines += ["", *signatures.function(member, shown, name, "    ", "staticmethod")]
        elif isinstance(value, (types.MethodDescriptorType, types.WrapperDescriptorType)):
            if member.startswith("_") and not member.startswith("__"):
                continue
            # What Python says about its own operators ("Return self+value.") says nothing.
            plain = isinstance(value, types.WrapperDescriptorType)
            written = signatures.function(member, value, returns(name, member), "    ")
            # Tensors compare element by element.
            ignored = "  # type: ignore[override]" if member in ("__eq__", "__ne__") else ""
            lines += ["", f"{written[0]} ...{ignored}"] if plain else ["", *written]
    return lines


def stub() -> str:
    """The text of `_native.pyi`."""
    from .. import _native

    own = {n: v for n, v in sorted(vars(_native).items()) if not n.startswith("_")}
    lines = ["", "__version__: str"]
    for name, value in own.items():
        if isinstance(value, type):
            lines += _class(name, value)
    for name, value in own.items():
        if not isinstance(value, type):
            lines += ["", *signatures.function(name, value, returns(None, name))]
    text = "\n".join(lines) + "\n"
    return _HEAD + "\n" + "\n".join(signatures.imports(text, set(own))) + "\n" + text
