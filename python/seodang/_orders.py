"""In which order Keras takes the options of its classes, where it is not that of our records.

Programs give options by position: ``SGD(0.01, 0.9)`` sets the momentum. The generator of the classes asks
here.
"""

from __future__ import annotations

# What all optimizers have comes after what an optimizer has of its own.
_SHARED_BY_OPTIMIZERS = (
    "weight_decay", "clipnorm", "clipvalue", "global_clipnorm", "use_ema", "ema_momentum",
    "ema_overwrite_frequency", "loss_scale_factor", "gradient_accumulation_steps", "decay",
)

# The first options of a class; the others follow in the record's order, then the family's last ones.
_FIRST = {
    "optimizers": {"AdamW": ("learning_rate", "weight_decay")},
    "losses": {
        "BinaryFocalCrossentropy": ("apply_class_balancing", "alpha", "gamma"),
        "CategoricalFocalCrossentropy": ("alpha", "gamma"),
        "Dice": ("reduction", "name"),
        "Tversky": ("alpha", "beta", "reduction", "name"),
    },
    "metrics": {
        "AUC": ("num_thresholds", "curve", "summation_method", "name", "dtype"),
        "IoU": ("num_classes", "target_class_ids", "name", "dtype"),
        "MeanIoU": ("num_classes", "name", "dtype"),
        "OneHotIoU": ("num_classes", "target_class_ids", "name", "dtype"),
        "OneHotMeanIoU": ("num_classes", "name", "dtype"),
        "SparseTopKCategoricalAccuracy": ("k", "name", "dtype"),
        **dict.fromkeys(
            ("BinaryAccuracy", "BinaryCrossentropy", "CategoricalCrossentropy", "CosineSimilarity",
             "ConcordanceCorrelation", "PearsonCorrelation", "SparseCategoricalCrossentropy"),
            ("name", "dtype"),
        ),
    },
    "layers": {
        **dict.fromkeys(("Dropout", "AlphaDropout"), ("rate", "noise_shape", "seed")),
        **dict.fromkeys(
            ("SpatialDropout2D", "SpatialDropout3D"), ("rate", "data_format", "seed")
        ),
        **dict.fromkeys(
            ("DepthwiseConv1D", "DepthwiseConv2D"),
            ("kernel_size", "strides", "padding", "depth_multiplier"),
        ),
        **dict.fromkeys(
            ("SeparableConv1D", "SeparableConv2D"),
            ("filters", "kernel_size", "strides", "padding", "data_format", "dilation_rate",
             "depth_multiplier"),
        ),
        "EinsumDense": ("equation", "output_shape"),
        "MultiHeadAttention": ("num_heads", "key_dim", "value_dim", "dropout", "use_bias",
                               "output_shape", "attention_axes", "kernel_initializer",
                               "bias_initializer", "kernel_regularizer", "bias_regularizer",
                               "kernel_constraint", "bias_constraint"),
        "RandomFlip": ("mode", "seed"),
        "RandomBrightness": ("factor", "value_range", "seed"),
        "RandomContrast": ("factor", "seed"),
        "RandomRotation": ("factor", "fill_mode", "interpolation", "seed"),
        **dict.fromkeys(
            ("RandomTranslation", "RandomZoom"),
            ("height_factor", "width_factor", "fill_mode", "interpolation", "seed"),
        ),
    },
}

_LAST = {
    "optimizers": (*_SHARED_BY_OPTIMIZERS, "name"),
    "losses": ("reduction", "name"),
    "metrics": ("name", "dtype"),
    # What later versions added comes behind what programs count on.
    "layers": ("reset_after", "zero_output_for_mask", "seed", "rms_scaling"),
}


def ordered(family: str, class_name: str, names: list[str]) -> list[str]:
    """The names of a class's options in Keras's order."""
    first = [n for n in _FIRST.get(family, {}).get(class_name, ()) if n in names]
    last = [n for n in _LAST.get(family, ()) if n in names and n not in first]
    out = [*first, *(n for n in names if n not in first and n not in last), *last]
    if takes_activity_regularizer(family, class_name, names):
        out.remove("activity_regularizer")
        out.insert(out.index("bias_regularizer") + 1, "activity_regularizer")
    return out


def takes_activity_regularizer(family: str, class_name: str, names) -> bool:
    """Whether the penalty on a layer's outputs stands beside that on its bias."""
    both = "activity_regularizer" in names and "bias_regularizer" in names
    return family == "layers" and both and not class_name.endswith("Cell")
