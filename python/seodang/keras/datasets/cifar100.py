"""CIFAR-100: 50,000 and 10,000 colour pictures of 32 x 32 points of a hundred kinds."""

from __future__ import annotations

from ._cifar import load


def load_data(label_mode: str = "fine"):
    """((x_train, y_train), (x_test, y_test)); `label_mode` is "fine" (100 kinds) or "coarse" (20)."""
    if label_mode not in ("fine", "coarse"):
        raise ValueError(f'`label_mode` must be one of `"fine"`, `"coarse"`. Received: {label_mode}.')
    return load(
        "cifar-100-python", "https://www.cs.toronto.edu/~kriz/cifar-100-python.tar.gz",
        "85cd44d02ba6437773c5bbd22e183051d648de2e7d6b014e1ef29b855ba677a7",
        ["train"], ["test"], f"{label_mode}_labels".encode(),
    )
