"""An optimizer's state in Keras's files: which variable stands where, in each of Keras's layouts."""

from __future__ import annotations

import warnings

import numpy as np

# What Keras calls a weight's slots: the endings of their names, longer ones first.
_KINDS = (
    "accumulated_delta_var",
    "gradient_accumulator",
    "average_gradient",
    "accumulated_grad",
    "velocity_hat",
    "accumulator",
    "momentum",
    "velocity",
    "average",
    "linear",
    "norm",
)
# Slots of all weights that Keras makes before the others, and after them.
_FIRST, _LAST = ("average", "gradient_accumulator"), ("velocity_hat",)


def _kind(variable) -> str | None:
    name = variable.name.split(":")[0]
    return next((k for k in _KINDS if name.endswith(k)), None)


def variables(optimizer) -> list:
    """Everything that an optimizer keeps, in its own order."""
    found = getattr(optimizer, "variables", [])
    return list(found() if callable(found) else found)


class _State:
    """The parts of an optimizer's state."""

    def __init__(self, optimizer) -> None:
        every = variables(optimizer)
        self.iteration = getattr(optimizer, "_iterations", None)
        self.rate = getattr(optimizer, "_rate_variable", None)
        own = [v for v in every if v is not self.iteration and v is not self.rate]
        self.slots: dict[str, list] = {}
        self.others: list = []
        for v in own:
            kind = _kind(v) if getattr(optimizer, "_record", "") else None
            if kind is None:
                self.others.append(v)
            else:
                self.slots.setdefault(kind, []).append(v)
        self.record = getattr(optimizer, "_record", "")
        self.weights = list(getattr(optimizer, "_variables", ()))

    @property
    def first(self) -> list:
        return [] if self.iteration is None else [self.iteration]

    def by_weight(self) -> list:
        """The slots as Keras 2.11 and Keras 3 have them: weight by weight, with exceptions."""
        kinds = [k for k in self.slots if k not in _FIRST and k not in _LAST]
        out = [v for k in _FIRST for v in self.slots.get(k, ())]
        if self.record == "RMSprop":
            out += [v for k in kinds for v in self.slots[k]]
        else:
            out += [v for row in zip(*(self.slots[k] for k in kinds), strict=True) for v in row]
        return out + [v for k in _LAST for v in self.slots.get(k, ())]

    def by_kind(self) -> list:
        """The slots as the optimizers up to Keras 2.10 have them: kind by kind."""
        if self.record == "Ftrl":
            return self.by_weight()
        return [v for found in self.slots.values() for v in found]

    def keras3(self) -> list:
        rate = [] if self.rate is None else [self.rate]
        return [*self.first, *rate, *self.by_weight(), *self.others]

    def keras2(self) -> list:
        """Without the learning rate, which the configuration has, and without single numbers."""
        return [*self.first, *self.by_weight(), *(v for v in self.others if tuple(v.shape))]

    def older(self) -> list:
        """What the optimizers up to Keras 2.10 keep: Nadam's one number stands before the slots."""
        return [*self.first, *self.others, *self.by_kind()]

    def layouts(self, old: bool) -> list[list]:
        """What a file may hold, likeliest first; None stands for a value that is not needed."""
        found = [self.older(), [*self.first, *self.by_kind()]]
        newer = [self.keras3(), self.keras2()]
        if self.record == "SGD" and not self.slots:
            # Keras 2 makes SGD's momentum even where it is not used.
            newer.append([*self.first, *(None for _ in self.weights)])
        return [*found, *newer] if old else [*newer, *found]


def keras3(optimizer) -> list:
    """The variables in the order of Keras 3's files."""
    return _State(optimizer).keras3()


def keras2(optimizer, plain: bool) -> list:
    """Pairs of name and variable in the order of Keras 2's `.h5` files.

    Args:
        optimizer: the optimizer.
        plain: whether it is written as one that Keras 2.10 has, too.
    """
    state, name = _State(optimizer), type(optimizer).__name__
    found = state.older() if plain else state.keras2()
    count = f"{name}/iter:0" if plain else "iteration:0"
    return [(count if v is state.iteration else v.name, v) for v in found]


def restore(optimizer, weights: list, arrays: list, names: list | None = None) -> bool:
    """Gives an optimizer of some weights the state of a file; warns and does nothing if it differs.

    Args:
        optimizer: the optimizer.
        weights: what it trains.
        arrays: the file's arrays in order.
        names: the file's names for them, if it has any.
    """
    build = getattr(optimizer, "build", None)
    if build is not None:
        build(weights)
    state = _State(optimizer)
    old = any(n.split(":")[0].rsplit("/", 1)[-1] == "iter" for n in names or ())
    for layout in state.layouts(old):
        if _fits(layout, arrays):
            for v, a in zip(layout, arrays, strict=True):
                if v is not None:
                    v.assign(np.asarray(a).astype(v.numpy().dtype))
            _complete(optimizer, state, layout)
            return True
    warnings.warn(
        f"Skipping variable loading for optimizer '{getattr(optimizer, 'name', '')}', because it "
        f"has {len(variables(optimizer))} variables whereas the saved optimizer has {len(arrays)} "
        "variables, or their shapes differ.",
        stacklevel=4,
    )
    return False


def _fits(layout: list, arrays: list) -> bool:
    return len(layout) == len(arrays) and all(
        v is None or tuple(v.shape) == tuple(np.shape(a)) for v, a in zip(layout, arrays, strict=True)
    )


def _complete(optimizer, state: _State, layout: list) -> None:
    """Computes what the file does not hold: the product of Nadam's momenta."""
    missing = [v for v in state.others if all(v is not x for x in layout)]
    if state.record != "Nadam" or not missing:
        return
    product, beta = 1.0, float(optimizer.get_config()["beta_1"])
    for step in range(1, int(state.iteration.numpy()) + 1):
        product *= beta * (1.0 - 0.5 * 0.96**step)
        if product < 1e-45:
            break
    missing[0].assign(np.float32(product).astype(missing[0].numpy().dtype))
