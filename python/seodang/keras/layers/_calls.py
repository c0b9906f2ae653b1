"""How a layer's `call` wants its arguments: found once for each class."""

from __future__ import annotations

import inspect


class Signature:
    """What is known of a `call`: its parameters, and whether it takes `training` and `mask`."""

    __slots__ = ("names", "training", "training_default", "mask", "positions", "any_keyword")

    def __init__(self, function) -> None:
        parameters = list(inspect.signature(function).parameters.values())
        if parameters and parameters[0].name == "self":
            parameters = parameters[1:]
        kinds = inspect.Parameter
        self.any_keyword = any(p.kind is kinds.VAR_KEYWORD for p in parameters)
        named = [p for p in parameters if p.kind not in (kinds.VAR_KEYWORD, kinds.VAR_POSITIONAL)]
        self.names = [p.name for p in named]
        self.positions = {
            p.name: i for i, p in enumerate(named) if p.kind is not kinds.KEYWORD_ONLY
        }
        self.training = "training" in self.names
        self.mask = "mask" in self.names
        self.training_default = None
        if self.training:
            default = named[self.names.index("training")].default
            self.training_default = None if default is kinds.empty else default

    def given(self, name: str, args: tuple, kwargs: dict) -> bool:
        """Whether a call with these arguments gives the parameter a value other than None."""
        if name in kwargs:
            return kwargs[name] is not None
        at = self.positions.get(name)
        return at is not None and at < len(args) and args[at] is not None

    def value(self, name: str, args: tuple, kwargs: dict):
        """The argument of a parameter, or None."""
        if name in kwargs:
            return kwargs[name]
        at = self.positions.get(name)
        return args[at] if at is not None and at < len(args) else None


_signatures: dict = {}


def signature_of(layer) -> Signature:
    """The signature of a layer's `call`."""
    own = layer.__dict__.get("call")
    if own is not None:
        return Signature(own)
    function = type(layer).call
    found = _signatures.get(function)
    if found is None:
        found = _signatures[function] = Signature(function)
    return found
