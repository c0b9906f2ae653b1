"""Names that TensorFlow, Keras or scikit-learn have and Seodang lacks: what a program is told.

A module that mirrors one of those libraries ends with::

    __getattr__ = missing(__name__)

or, when some of its names load on first use::

    __getattr__ = missing(__name__, {"layers": "seodang.keras.layers", "Dense": "seodang.x:Dense"})
"""

from __future__ import annotations

import difflib
import importlib
import sys
from collections.abc import Callable, Iterable, Mapping
from types import ModuleType
from typing import Any

from seodang._language import both

# How the modules that programs see are called in messages: the longest prefix counts.
_PUBLIC = {
    "seodang.compat.tensorflow": "tf",
    "seodang.keras": "tf.keras",
    "seodang.learn": "sklearn",
}

# What stays away for now, with the reason. A name covers all below it.
_ABSENT = {
    "tf.audio": ("sound files", "소리 파일"),
    "tf.autograph": ("converting Python's control flow", "파이썬 제어문의 변환"),
    "tf.complex": ("complex numbers", "복소수"),
    "tf.complex64": ("complex numbers", "복소수"),
    "tf.complex128": ("complex numbers", "복소수"),
    "tf.contrib": ("what TensorFlow 2 removed", "텐서플로 2에서 없어진 것"),
    "tf.distribute": ("training on several machines or devices", "여러 기계나 장치에서의 훈련"),
    "tf.estimator": ("estimators, which TensorFlow removed", "텐서플로에서 없어진 추정기"),
    "tf.experimental.dtensor": ("tensors spread over devices", "여러 장치에 나눈 텐서"),
    "tf.experimental.ExtensionType": ("types of tensors of one's own", "직접 만든 텐서 종류"),
    "tf.feature_column": ("feature columns", "특성 열"),
    "tf.fft": ("Fourier transforms", "푸리에 변환"),
    "tf.lite": ("TensorFlow Lite", "텐서플로 라이트"),
    "tf.io.TFRecordWriter": ("TFRecord files", "TFRecord 파일"),
    "tf.io.parse_example": ("TFRecord files", "TFRecord 파일"),
    "tf.io.parse_single_example": ("TFRecord files", "TFRecord 파일"),
    "tf.data.TFRecordDataset": ("TFRecord files", "TFRecord 파일"),
    "tf.train.Example": ("TFRecord files", "TFRecord 파일"),
    "tf.io.FixedLenFeature": ("TFRecord files", "TFRecord 파일"),
    "tf.io.FixedLenSequenceFeature": ("TFRecord files", "TFRecord 파일"),
    "tf.io.VarLenFeature": ("TFRecord files", "TFRecord 파일"),
    "tf.io.RaggedFeature": ("TFRecord files", "TFRecord 파일"),
    "tf.io.SparseFeature": ("TFRecord files", "TFRecord 파일"),
    "tf.train.BytesList": ("TFRecord files", "TFRecord 파일"),
    "tf.train.Feature": ("TFRecord files", "TFRecord 파일"),
    "tf.train.Features": ("TFRecord files", "TFRecord 파일"),
    "tf.train.FloatList": ("TFRecord files", "TFRecord 파일"),
    "tf.train.Int64List": ("TFRecord files", "TFRecord 파일"),
    "tf.train.SequenceExample": ("TFRecord files", "TFRecord 파일"),
    "tf.quantization": ("quantised numbers", "양자화"),
    "tf.ragged": ("ragged tensors", "길이가 다른 텐서(ragged)"),
    "tf.RaggedTensor": ("ragged tensors", "길이가 다른 텐서(ragged)"),
    "tf.saved_model": ("the SavedModel format", "SavedModel 형식"),
    "tf.signal": ("Fourier transforms and signals", "푸리에 변환과 신호 처리"),
    "tf.sparse": ("sparse tensors", "희소 텐서"),
    "tf.SparseTensor": ("sparse tensors", "희소 텐서"),
    "tf.tpu": ("TPU systems", "TPU 시스템"),
    "tf.keras.estimator": ("estimators, which TensorFlow removed", "텐서플로에서 없어진 추정기"),
    "tf.keras.wrappers.scikit_learn": ("scikit-learn wrappers", "사이킷런 래퍼"),
    "tf.keras.distribution": ("training on several devices", "여러 장치에서의 훈련"),
    "sklearn.cluster": ("clustering", "군집화"),
    "sklearn.covariance": ("covariances", "공분산 추정"),
    "sklearn.cross_decomposition": ("decompositions", "행렬 분해"),
    "sklearn.decomposition": ("decompositions", "행렬 분해"),
    "sklearn.gaussian_process": ("Gaussian processes", "가우시안 과정"),
    "sklearn.manifold": ("manifolds", "다양체 학습"),
    "sklearn.mixture": ("mixtures of distributions", "혼합 분포"),
    "sklearn.semi_supervised": ("semi-supervised learning", "준지도 학습"),
}

# Where a name is looked for when its own module has nothing like it.
_NEIGHBOURS = (
    "seodang.compat.tensorflow",
    "seodang.compat.tensorflow.math",
    "seodang.compat.tensorflow.nn",
    "seodang.keras",
    "seodang.keras.layers",
    "seodang.keras.losses",
    "seodang.keras.metrics",
    "seodang.keras.optimizers",
    "seodang.keras.callbacks",
    "seodang.keras.utils",
    "seodang.keras.backend",
)

# Every missing name that was asked for, in order: `seodang run --report` lists them.
asked: dict[str, None] = {}


def public_name(module: str) -> str:
    """``tf.image`` for ``seodang.compat.tensorflow.image``: what programs call a module."""
    longest = max((p for p in _PUBLIC if (module + ".").startswith(p + ".")), key=len, default="")
    return _PUBLIC.get(longest, longest) + module[len(longest) :]


def names_of(module: ModuleType) -> list[str]:
    """The public names of a module, those that load later included."""
    return [n for n in {*getattr(module, "__all__", ()), *dir(module)} if not n.startswith("_")]


def present(homes: Mapping[str, str]) -> set[str]:
    """The names whose module is there; a value of `homes` is the module's whole name."""
    from importlib import util

    return {name for name, home in homes.items() if home in sys.modules or util.find_spec(home)}


def nearest(name: str, names: Iterable[str], most: int = 3) -> list[str]:
    """The names most like `name`, best first; capitals do not count."""
    by_lower: dict[str, list[str]] = {}
    for candidate in names:
        by_lower.setdefault(candidate.lower(), []).append(candidate)
    close = difflib.get_close_matches(name.lower(), by_lower, n=most, cutoff=0.65)
    return [n for low in close for n in sorted(by_lower[low])][:most]


def explain(module: str, name: str) -> str:
    """The sentence that names what is missing and points to the nearest things."""
    full = f"{public_name(module)}.{name}"
    if full.startswith("sklearn."):
        return _explain_sklearn(module, name, full)
    reason = _reason(full)
    if reason:
        en, ko = reason
        return both(
            f"{full} is not in Seodang: no support for {en} yet",
            f"{full}: Seodang은 아직 {ko} 기능을 지원하지 않습니다",
        )
    close = _suggestions(module, name)
    if not close:
        return both(f"{full} is not in Seodang yet", f"{full}: 아직 Seodang에 없습니다")
    listed = ", ".join(close)
    return both(
        f"{full} is not in Seodang yet; the nearest: {listed}",
        f"{full}: 아직 Seodang에 없습니다. 가장 비슷한 이름: {listed}",
    )


def _explain_sklearn(module: str, name: str, full: str) -> str:
    """What is missing of scikit-learn, and how to go on with the real one."""
    reason, close = _reason(full), _suggestions(module, name)
    en = f"{full} is not in Seodang yet"
    ko = f"{full}: 아직 Seodang에 없습니다"
    if reason:
        en = f"{full} is not in Seodang: no support for {reason[0]} yet"
        ko = f"{full}: Seodang은 아직 {reason[1]} 기능을 지원하지 않습니다"
    elif close:
        en += f"; the nearest: {', '.join(close)}"
        ko += f". 가장 비슷한 이름: {', '.join(close)}"
    redirect = sys.modules.get("seodang.run.redirect")
    if redirect is None or redirect.program is None:
        return both(en, ko)
    return both(
        f"{en}; SEODANG_SKLEARN=0 runs the program with scikit-learn itself, if it is installed",
        f"{ko}. SEODANG_SKLEARN=0으로 실행하면 설치된 사이킷런을 그대로 씁니다",
    )


def error(module: str, name: str) -> AttributeError:
    """The error for a name that a module lacks."""
    shown = public_name(module)
    if name.startswith("__"):
        return AttributeError(f"module '{shown}' has no attribute '{name}'", name=name)
    asked[f"{shown}.{name}"] = None
    text = f"module '{shown}' has no attribute '{name}': {explain(module, name)}"
    return AttributeError(text, name=name)


def missing(module: str, lazy: Mapping[str, str] | None = None) -> Callable[[str], Any]:
    """A module's ``__getattr__`` (PEP 562): loads what `lazy` lists, explains what is missing.

    A value of `lazy` is a module's name, or ``module:name`` for something in it.
    """
    lazy = lazy or {}

    def __getattr__(name: str):
        place = lazy.get(name)
        if place is None:
            raise error(module, name)
        home, _, inner = place.partition(":")
        value = importlib.import_module(home)
        if inner:
            value = getattr(value, inner)
        setattr(sys.modules[module], name, value)
        return value

    return __getattr__


def _reason(full: str) -> tuple[str, str] | None:
    parts = full.split(".")
    for length in range(len(parts), 0, -1):
        reason = _ABSENT.get(".".join(parts[:length]))
        if reason:
            return reason
    return None


def _suggestions(module: str, name: str) -> list[str]:
    own = sys.modules.get(module)
    close = nearest(name, names_of(own) if own else ())
    if close:
        shown = public_name(module)
        return [f"{shown}.{n}" for n in close]
    found = []
    for other in _NEIGHBOURS:
        # Only what is loaded: an error is no reason to load the rest.
        neighbour = sys.modules.get(other)
        if neighbour is None or other == module:
            continue
        like = [n for n in names_of(neighbour) if n.lower() == name.lower()]
        found += [f"{public_name(other)}.{n}" for n in like]
    return found[:3]
