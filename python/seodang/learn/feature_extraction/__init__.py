"""Features of texts and of dictionaries."""

from seodang._missing import missing

_HOMES = {
    "DictVectorizer": f"{__name__}._dictionaries:DictVectorizer",
    "FeatureHasher": f"{__name__}._hashing:FeatureHasher",
    "text": f"{__name__}.text",
}

__all__ = sorted(_HOMES)

__getattr__ = missing(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
