"""Pictures turned, moved, sheared and scaled, with linear interpolation, as SciPy does it."""

from __future__ import annotations

import numpy as np


def _inside(coordinate, n: int, mode: str):
    """Coordinates mapped into an axis of n points; where they stay outside is marked."""
    if mode == "nearest":
        return np.clip(coordinate, 0, n - 1), None
    if mode == "wrap":
        if n <= 1:
            return np.zeros_like(coordinate), None
        return np.mod(coordinate, n - 1), None
    if mode == "reflect":
        # d c b a | a b c d | d c b a
        period = 2 * n
        c = np.mod(coordinate + 0.5, period)
        c = np.where(c >= n, period - c, c) - 0.5
        return np.clip(c, 0, n - 1), None
    outside = (coordinate < 0) | (coordinate > n - 1)
    return np.clip(coordinate, 0, n - 1), outside


def affine(picture, matrix, offset, mode: str, cval: float):
    """One channel sampled at `matrix @ point + offset`, linearly."""
    h, w = picture.shape
    rows, columns = np.meshgrid(np.arange(h), np.arange(w), indexing="ij")
    r = matrix[0, 0] * rows + matrix[0, 1] * columns + offset[0]
    c = matrix[1, 0] * rows + matrix[1, 1] * columns + offset[1]
    r, out_r = _inside(r, h, mode)
    c, out_c = _inside(c, w, mode)
    r0, c0 = np.floor(r).astype(int), np.floor(c).astype(int)
    r1, c1 = np.minimum(r0 + 1, h - 1), np.minimum(c0 + 1, w - 1)
    fr, fc = r - r0, c - c0
    top = picture[r0, c0] * (1 - fc) + picture[r0, c1] * fc
    bottom = picture[r1, c0] * (1 - fc) + picture[r1, c1] * fc
    out = top * (1 - fr) + bottom * fr
    if out_r is not None:
        out = np.where(out_r | out_c, cval, out)
    return out.astype(picture.dtype)


def apply_affine_transform(x, theta=0, tx=0, ty=0, shear=0, zx=1, zy=1, row_axis=1, col_axis=2,
                           channel_axis=0, fill_mode="nearest", cval=0.0, order=1):
    """A picture turned by theta and sheared by shear (degrees), moved by (tx, ty) rows and columns and
    scaled by (zx, zy), around its middle."""
    if fill_mode not in ("nearest", "constant", "reflect", "wrap"):
        raise ValueError(f"fill_mode must be nearest, constant, reflect or wrap, got {fill_mode!r}")
    matrix = np.eye(3)
    if theta:
        a = np.deg2rad(theta)
        matrix = matrix @ np.array([[np.cos(a), -np.sin(a), 0], [np.sin(a), np.cos(a), 0], [0, 0, 1]])
    if tx or ty:
        matrix = matrix @ np.array([[1, 0, tx], [0, 1, ty], [0, 0, 1]])
    if shear:
        a = np.deg2rad(shear)
        matrix = matrix @ np.array([[1, -np.sin(a), 0], [0, np.cos(a), 0], [0, 0, 1]])
    if zx != 1 or zy != 1:
        matrix = matrix @ np.array([[zx, 0, 0], [0, zy, 0], [0, 0, 1]])
    if np.array_equal(matrix, np.eye(3)):
        return x
    x = np.moveaxis(np.asarray(x), (row_axis, col_axis, channel_axis), (1, 2, 0))
    h, w = x.shape[1:]
    middle_r, middle_c = h / 2 - 0.5, w / 2 - 0.5
    to = np.array([[1, 0, middle_r], [0, 1, middle_c], [0, 0, 1]])
    back = np.array([[1, 0, -middle_r], [0, 1, -middle_c], [0, 0, 1]])
    matrix = to @ matrix @ back
    if col_axis > row_axis:
        # Keras composes the matrix in (x, y) and exchanges the axes at the end.
        matrix = matrix[[1, 0, 2]][:, [1, 0, 2]]
    out = np.stack([affine(c, matrix[:2, :2], matrix[:2, 2], fill_mode, cval) for c in x])
    return np.moveaxis(out, (1, 2, 0), (row_axis, col_axis, channel_axis))
