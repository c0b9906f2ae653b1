"""`tf.image` and the picture formats: TensorFlow 2.21, seed 0.

Each case is a call: `function` (of tf.image), `arguments` by name, where {"tensor": NAME} stands for a
tensor, and `outputs`. Cases of kind `file` hold the bytes of a picture and the points that TensorFlow
reads from it with `channels`.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

from common import Golden, rng  # noqa: E402

golden = Golden("tf_image", "tf_image.py", libraries=(tf,))


def smooth(name, shape, kind="f32"):
    """Pictures that change slowly, as photographs do, with a little noise."""
    r = rng(name)
    n, h, w, c = shape
    y, x = np.mgrid[:h, :w][:, None, ..., None]
    phase, rate = r.uniform(0, 6, (n, 1, 1, c)), r.uniform(0.05, 0.4, (n, 1, 1, c))
    out = 0.5 + 0.4 * np.sin(rate * x + phase) * np.cos(rate * y + phase) + r.uniform(-0.05, 0.05, shape)
    return (out * 255).astype(np.uint8) if kind == "u8" else out.astype(np.float32)


def case(name, function, tol=1e-5, **arguments):
    given, described = {}, {}
    for key, value in arguments.items():
        if isinstance(value, np.ndarray):
            described[key] = {"tensor": golden.tensor(f"{name}.{key}", value)}
            value = tf.constant(value)
        else:
            described[key] = value
        given[key] = value
    out = getattr(tf.image, function)(**given)
    outputs = [v.numpy() for v in (out if isinstance(out, tuple) else (out,))]
    golden.add({"name": name, "kind": "call", "function": function, "arguments": described,
                "outputs": golden.tensors_of(f"{name}.out", outputs), "tol": tol})


small, bytes_ = smooth("small", (2, 9, 7, 3)), smooth("bytes", (2, 9, 7, 3), "u8")
large, other = smooth("large", (2, 40, 37, 3)), smooth("other", (2, 40, 37, 3))
huge, huge_other = smooth("huge", (1, 180, 177, 1)), smooth("huge other", (1, 180, 177, 1))

for method in ("bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic"):
    for size in ([5, 4], [13, 20]):
        for antialias in (False, True):
            case(f"resize {method} {size} {antialias}", "resize", 1e-5, images=small, size=size,
                 method=method, antialias=antialias)
for size in ([20, 20], [4, 9], [3, 100]):
    case(f"resize keep {size}", "resize", images=bytes_, size=size, preserve_aspect_ratio=True)
case("resize with pad", "resize_with_pad", image=small, target_height=12, target_width=20)
case("resize with pad down", "resize_with_pad", image=small, target_height=5, target_width=3, antialias=True)
case("crop or pad", "resize_with_crop_or_pad", image=bytes_, target_height=5, target_width=12)
case("crop", "crop_to_bounding_box", image=small, offset_height=1, offset_width=2, target_height=4, target_width=3)
case("pad", "pad_to_bounding_box", image=small, offset_height=1, offset_width=2, target_height=14, target_width=13)
case("central", "central_crop", image=small, central_fraction=0.6)
case("central half", "central_crop", image=large, central_fraction=0.5)
for kind, x in (("f32", small), ("u8", bytes_)):
    tol = 1e-5 if kind == "f32" else 1
    case(f"brightness {kind}", "adjust_brightness", tol, image=x, delta=0.15)
    case(f"contrast {kind}", "adjust_contrast", tol, images=x, contrast_factor=1.7)
    case(f"saturation {kind}", "adjust_saturation", tol, image=x, saturation_factor=1.6)
    case(f"hue {kind}", "adjust_hue", tol, image=x, delta=0.3)
    case(f"hue back {kind}", "adjust_hue", tol, image=x, delta=-0.21)
    case(f"gamma {kind}", "adjust_gamma", tol, image=x, gamma=0.7, gain=0.9)
    case(f"grey {kind}", "rgb_to_grayscale", tol, images=x)
    case(f"flip {kind}", "flip_left_right", image=x)
    case(f"down {kind}", "flip_up_down", image=x)
    case(f"transpose {kind}", "transpose", image=x)
    case(f"standard {kind}", "per_image_standardization", image=x)
    for k in range(5):
        case(f"rot90 {k} {kind}", "rot90", image=x, k=k)
case("to bytes", "convert_image_dtype", image=small, dtype="uint8", saturate=True)
case("to floats", "convert_image_dtype", image=bytes_, dtype="float32")
case("to sixteen", "convert_image_dtype", image=bytes_, dtype="uint16")
case("grey to rgb", "grayscale_to_rgb", images=small[..., :1])
plain = np.array([[0, 0, 0], [1, 1, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [0.2, 0.2, 0.7]], np.float32)
case("hsv", "rgb_to_hsv", images=small)
case("hsv corners", "rgb_to_hsv", images=plain)
case("rgb", "hsv_to_rgb", images=np.clip(small, 0, 1))
case("ssim", "ssim", img1=large, img2=other, max_val=1.0)
case("ssim near", "ssim", img1=large, img2=np.clip(large + 0.02 * other, 0, 1).astype(np.float32), max_val=1.0)
case("ssim bytes", "ssim", img1=(large * 255).astype(np.uint8), img2=(other * 255).astype(np.uint8), max_val=255)
case("ssim filter", "ssim", img1=large[0], img2=other[0], max_val=2.0, filter_size=7, filter_sigma=1.0, k1=0.02, k2=0.05)
# Where a window is nearly flat, differences of nearly equal float32 sums decide.
case("ssim map", "ssim", 2e-4, img1=large, img2=other, max_val=1.0, return_index_map=True)
case("ssim scales", "ssim_multiscale", img1=huge, img2=np.clip(huge + 0.1 * huge_other, 0, 1).astype(np.float32), max_val=1.0)
case("ssim three scales", "ssim_multiscale", img1=large, img2=np.clip(large * 0.9, 0, 1).astype(np.float32), max_val=1.0,
     power_factors=[0.2, 0.5, 0.3], filter_size=5)
case("psnr", "psnr", 1e-4, a=large, b=other, max_val=1.0)
case("psnr bytes", "psnr", 1e-4, a=bytes_, b=bytes_[::-1].copy(), max_val=255)
case("variation", "total_variation", 1e-3, images=large)
case("sobel", "sobel_edges", image=small)
case("gradients", "image_gradients", image=small)
for padding in ("VALID", "SAME"):
    for size, stride, rate in ((3, 1, 1), (3, 2, 2), (2, 3, 1)):
        case(f"patches {padding} {size} {stride} {rate}", "extract_patches", images=small,
             sizes=[1, size, size, 1], strides=[1, stride, stride, 1], rates=[1, rate, rate, 1], padding=padding)
boxes = np.array([[0, 0, 1, 1], [0.1, 0.2, 0.7, 0.9], [0.8, 0.7, 0.2, 0.1], [-0.3, 0.5, 0.6, 1.4]], np.float32)
for method in ("bilinear", "nearest"):
    for size in ([4, 5], [1, 3]):
        case(f"boxes {method} {size}", "crop_and_resize", image=small, boxes=boxes,
             box_indices=np.array([0, 1, 1, 0], np.int32), crop_size=size, method=method, extrapolation_value=-2.0)
r = rng("nms")
corners = r.uniform(0, 1, (40, 4)).astype(np.float32)
scores = r.uniform(0, 1, 40).astype(np.float32)
scores[5] = scores[9]
for most, overlap, least in ((10, 0.5, float(-1e9)), (40, 0.2, 0.3), (40, 0.0, 0.0), (3, 1.0, 0.0)):
    case(f"suppression {most} {overlap} {least}", "non_max_suppression", boxes=corners, scores=scores,
         max_output_size=most, iou_threshold=overlap, score_threshold=least)


def file(name, data, channels, most, mean=0.0, **how):
    data = data if isinstance(data, bytes) else data.numpy()
    for c in channels:
        if how:
            out = tf.io.decode_jpeg(data, channels=c, **how).numpy()
        else:
            out = tf.io.decode_image(data, channels=c, expand_animations=False).numpy()
        golden.add({"name": f"{name} {c}", "kind": "file", "channels": c, "most": most, "mean": mean,
                    "data": golden.tensor(f"{name}.data", np.frombuffer(data, np.uint8)),
                    "output": golden.tensor(f"{name}.{c}", out)})


photo = smooth("photo", (1, 45, 61, 4), "u8")[0]
# JPEG leaves the rounding of its transform, and how colours are brought to full size, to the decoder:
# TensorFlow's accurate transform is met within a few units. Its default, libjpeg's fast one, is itself
# up to 9 units from its accurate one.
exact, fast = {"dct_method": "INTEGER_ACCURATE"}, {"dct_method": "INTEGER_FAST"}
photos = {
    "jpeg": tf.io.encode_jpeg(photo[..., :3], quality=90),
    "jpeg full colour": tf.io.encode_jpeg(photo[..., :3], quality=70, chroma_downsampling=False),
    "jpeg progressive": tf.io.encode_jpeg(photo[..., :3], progressive=True),
}
for name, data in photos.items():
    file(name, data, (0, 1, 3), 4, 0.5, **exact)
file("jpeg grey", tf.io.encode_jpeg(photo[..., :1]), (0, 1, 3), 1, 0.05, **exact)
file("jpeg by the fast transform", photos["jpeg progressive"], (3,), 11, 2.5, **fast)
for n in (1, 2, 3, 4):
    file(f"png of {n}", tf.io.encode_png(photo[..., :n]), (0, 1, 3, 4), 0)
file("png of 16 bits", tf.io.encode_png(photo[..., :3].astype(np.uint16) * 201), (0, 1, 3), 0)

golden.save()
