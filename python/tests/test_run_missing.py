"""What a program is told about names that are not there."""

import sys
import types

import pytest
from seodang import _language, _missing


@pytest.fixture
def english(monkeypatch):
    monkeypatch.setenv("SEODANG_LANG", "en")
    _language.korean.cache_clear()
    yield
    _language.korean.cache_clear()


@pytest.fixture
def module(monkeypatch, english):
    """A module in the place of `seodang.keras.some`, with a few names."""
    module = types.ModuleType("seodang.keras.some")
    module.__all__ = ["Dense", "Dropout", "Later"]
    module.Dense = module.Dropout = object
    module.__getattr__ = _missing.missing(module.__name__, {"Later": "fractions:Fraction"})
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return module


def test_the_nearest_names_are_given(module):
    with pytest.raises(AttributeError) as error:
        module.Dens
    first = str(error.value).splitlines()[0]
    assert first.startswith("module 'tf.keras.some' has no attribute 'Dens'")
    assert "tf.keras.some.Dense" in first
    assert error.value.name == "Dens"
    assert "tf.keras.some.Dens" in _missing.asked


def test_capitals_do_not_hide_a_name(module):
    with pytest.raises(AttributeError, match="tf.keras.some.Dropout"):
        module.dropout


def test_lazy_names_load_once(module):
    import fractions

    assert module.Later is fractions.Fraction
    assert "Later" in vars(module)


def test_probes_for_special_names_are_plain(module):
    before = list(_missing.asked)
    assert not hasattr(module, "__wrapped__")
    assert list(_missing.asked) == before


@pytest.mark.parametrize(
    ("module_name", "name"),
    [
        ("seodang.compat.tensorflow", "distribute"),
        ("seodang.compat.tensorflow", "saved_model"),
        ("seodang.compat.tensorflow.signal", "stft"),
        ("seodang.compat.tensorflow.data", "TFRecordDataset"),
    ],
)
def test_what_stays_away_says_why(english, module_name, name):
    text = _missing.explain(module_name, name)
    assert text.startswith(f"tf{module_name.removeprefix('seodang.compat.tensorflow')}.{name} ")
    assert "no support for" in text


def test_the_first_line_stays_english(monkeypatch):
    monkeypatch.setenv("SEODANG_LANG", "ko")
    _language.korean.cache_clear()
    first, second = _missing.explain("seodang.compat.tensorflow", "lite").splitlines()
    _language.korean.cache_clear()
    assert first.isascii()
    assert "Seodang은" in second
