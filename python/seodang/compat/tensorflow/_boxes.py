"""Parts of pictures: patches, boxes and the choice between boxes."""

from __future__ import annotations

import numpy as np

from ._core import as_dtype, convert, integer, ints, invalid, native, numpy_of, public, tensor


def _places(size: int, window: int, stride: int, rate: int, same: bool):
    """(rows of each window [windows, window], padding before, padding after)."""
    reach = (window - 1) * rate + 1
    count = -(-size // stride) if same else (size - reach) // stride + 1
    missing = max((count - 1) * stride + reach - size, 0) if same else 0
    at = np.arange(max(count, 0))[:, None] * stride + np.arange(window)[None] * rate
    return at, missing // 2, missing - missing // 2


@public("tf.image.extract_patches")
def extract_patches(images, sizes, strides, rates, padding, name: str | None = None):
    """Windows of pictures, each in the depth: (batch, rows, columns, height * width * channels).

    `sizes`, `strides` and `rates` are [1, rows, columns, 1]; `padding` is "VALID" or "SAME". Raises
    ValueError for others.
    """
    x = tensor(images)
    if x.ndim != 4:
        raise ValueError(f"Shape must be rank 4 but is rank {x.ndim} for 'ExtractImagePatches'.")
    padding = str(padding).upper()
    if padding not in ("VALID", "SAME"):
        raise ValueError(f"padding must be VALID or SAME, got {padding}")
    given = [ints(v) for v in (sizes, strides, rates)]
    if any(len(v) != 4 or v[0] != 1 or v[3] != 1 or min(v) < 1 for v in given):
        raise ValueError("sizes, strides and rates must be [1, rows, columns, 1] with positive numbers")
    same = padding == "SAME"
    (rows, top, bottom), (columns, left, right) = (
        _places(x.shape[i], *(v[i] for v in given), same) for i in (1, 2)
    )
    x = native.pad(x, [(0, 0), (top, bottom), (left, right), (0, 0)], 0.0)
    x = native.gather(x, convert(rows.reshape(-1)), 1)
    x = native.gather(x, convert(columns.reshape(-1)), 2)
    batch, depth = x.shape[0], x.shape[3]
    x = native.reshape(x, [batch, *rows.shape, *columns.shape, depth])
    x = native.transpose(x, [0, 1, 3, 2, 4, 5])
    return native.reshape(x, [batch, len(rows), len(columns), rows.shape[1] * columns.shape[1] * depth])


def _sampling(low, high, size: int, wanted: int, nearest: bool):
    """(weights [boxes, wanted, size], which of [boxes, wanted] lie outside) along one axis."""
    step = (high - low)[:, None] * np.float32(size - 1) / np.float32(max(wanted - 1, 1))
    at = low[:, None] * np.float32(size - 1) + np.arange(wanted, dtype=np.float32) * step
    if wanted == 1:
        at = np.float32(0.5) * (low + high)[:, None] * np.float32(size - 1)
    outside = ~((at >= 0) & (at <= size - 1))
    inside = np.where(outside, 0, at)
    if nearest:
        # Halves go away from zero, as C's round.
        inside = np.floor(inside + 0.5)
    weights = np.maximum(0.0, 1 - np.abs(inside[..., None] - np.arange(size)))
    return weights.astype(np.float32), outside


@public("tf.image.crop_and_resize")
def crop_and_resize(
    image, boxes, box_indices, crop_size, method="bilinear", extrapolation_value=0.0, name: str | None = None,
):
    """Boxes (top, left, bottom, right; 1 is the picture's size) cut out and brought to one size, float32.

    Box i is of picture `box_indices[i]`; points outside of it are `extrapolation_value`. The boxes are
    plain values: the gradient is the pictures'. Raises ValueError for an unknown method, other ranks,
    InvalidArgumentError for an index of no picture.
    """
    if method not in ("bilinear", "nearest"):
        raise ValueError(f"method must be bilinear or nearest, got {method}")
    x, corners = tensor(image), numpy_of(boxes).astype(np.float32)
    which, wanted = numpy_of(box_indices).astype(np.int64), ints(crop_size)
    if x.ndim != 4 or corners.ndim != 2 or corners.shape[1] != 4 or which.shape != corners.shape[:1]:
        raise ValueError("crop_and_resize takes images of 4 dimensions, boxes [n, 4] and box_indices [n]; got "
                         f"{tuple(x.shape)}, {corners.shape} and {which.shape}")
    if len(wanted) != 2 or min(wanted) < 1:
        raise invalid(f"crop_size must be two positive numbers, got {wanted}")
    if which.size and not 0 <= which.min() <= which.max() < x.shape[0]:
        raise invalid(f"box_index has values outside [0, {x.shape[0]})")
    n, (h, w), depth = len(which), wanted, x.shape[3]
    top, left, bottom, right = corners.T
    rows, no_row = _sampling(top, bottom, x.shape[1], h, method == "nearest")
    columns, no_column = _sampling(left, right, x.shape[2], w, method == "nearest")
    y = native.cast(native.gather(x, convert(which), 0), as_dtype("float32"))
    y = native.einsum("nij,njkc->nikc", [convert(rows), y])
    y = native.einsum("nij,nkjc->nkic", [convert(columns), y])
    outside = np.broadcast_to((no_row[:, :, None] | no_column[:, None])[..., None], (n, h, w, depth))
    return native.where(convert(np.ascontiguousarray(outside)), native.fill(
        [n, h, w, depth], native.cast(native.convert(float(extrapolation_value)), y.dtype)), y)


@public("tf.image.non_max_suppression")
def non_max_suppression(
    boxes, scores, max_output_size, iou_threshold=0.5, score_threshold=float("-inf"), name: str | None = None,
):
    """The numbers (int32) of the boxes with the highest scores that overlap none before too much.

    Raises InvalidArgumentError for boxes that are not [n, 4], other scores, a threshold outside [0, 1].
    """
    corners, values = numpy_of(boxes).astype(np.float32), numpy_of(scores).astype(np.float32)
    if corners.ndim != 2 or corners.shape[1] != 4 or values.shape != corners.shape[:1]:
        raise invalid(f"boxes must be [n, 4] and scores [n], got {list(corners.shape)} and {list(values.shape)}")
    if not 0 <= float(iou_threshold) <= 1:
        raise invalid(f"iou_threshold must be in [0, 1], got {float(iou_threshold)}")
    low, high = np.minimum(corners[:, :2], corners[:, 2:]), np.maximum(corners[:, :2], corners[:, 2:])
    areas = (high - low).prod(1)
    kept: list[int] = []
    for i in np.argsort(-values, kind="stable"):
        if len(kept) >= integer(max_output_size) or not values[i] > float(score_threshold):
            break
        shared = np.clip(np.minimum(high[i], high[kept]) - np.maximum(low[i], low[kept]), 0, None).prod(1)
        whole = areas[i] + areas[kept] - shared
        usable = (areas[i] > 0) & (areas[kept] > 0)
        overlap = np.where(usable, shared / np.where(whole > 0, whole, 1), 0)
        if not (overlap > float(iou_threshold)).any():
            kept.append(int(i))
    return convert(np.array(kept, np.int32))
