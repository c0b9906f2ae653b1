"""Features of texts and dictionaries against scikit-learn's."""

import io
import pickle
from importlib import metadata

import numpy as np
import pytest
from learn_support import assert_same_signature, assert_same_value, outcome

from seodang.learn import feature_extraction as ours
from seodang.learn.base import clone
from seodang.learn.feature_extraction import _stop_words

pytest.importorskip("sklearn")
pytest.importorskip("scipy.sparse")

import sklearn.feature_extraction as theirs  # noqa: E402
import sklearn.feature_extraction.text  # noqa: E402
from sklearn import datasets  # noqa: E402
from sklearn.naive_bayes import MultinomialNB  # noqa: E402
from sklearn.pipeline import make_pipeline  # noqa: E402
from sklearn.utils.estimator_checks import parametrize_with_checks  # noqa: E402

INSTANCES = [
    getattr(ours, name)() for name in ("DictVectorizer", "FeatureHasher")
] + [
    getattr(ours.text, name)()
    for name in ("CountVectorizer", "HashingVectorizer", "TfidfTransformer", "TfidfVectorizer")
]


@parametrize_with_checks(INSTANCES)
def test_scikit_learns_own_checks(estimator, check):
    check(estimator)


TEXTS = [line for name in ("iris", "wine", "breast_cancer", "diabetes", "digits")
         for line in getattr(datasets, f"load_{name}")().DESCR.splitlines()][::6]
KOREAN = [
    "이 영화는 정말 재미있었다.", "재미없고 지루한 영화였다", "배우들의 연기가 좋았다!",
    "다시는 보고 싶지 않은 영화", "  연기도  좋고\t음악도 좋다 ", "",
]
VECTORIZERS = ("CountVectorizer", "TfidfVectorizer", "HashingVectorizer")
CLASSES = [("text", name) for name in (*VECTORIZERS, "TfidfTransformer")]
CLASSES += [(None, "DictVectorizer"), (None, "FeatureHasher")]


def both(home, name):
    return [getattr(m if home is None else getattr(m, home), name) for m in (ours, theirs)]


def stored(estimator):
    """What an estimator has learned."""
    names = ("vocabulary_", "fixed_vocabulary_", "idf_", "feature_names_", "n_features_in_")
    out = {n: getattr(estimator, n) for n in names if hasattr(estimator, n)}
    if "vocabulary_" in out:
        out["vocabulary_"] = {k: int(v) for k, v in sorted(out["vocabulary_"].items())}
    return out


def _rounding(X):
    return 1e-6 if X.dtype == np.float32 else 1e-9


def same(home, name, options, fit_on, then=(), calls=("fit_transform",)):
    """That two estimators do the same with the same."""
    made = [cls(**options) for cls in both(home, name)]
    for call in calls:
        (got, said), (want, should) = (outcome(getattr(m, call), fit_on) for m in made)
        assert got[0] == want[0], (got, want)
        if want[0] == "error":
            # An empty one falls out of a generator of scikit-learn's.
            assert not want[2] or got[2] == want[2] or "parameter of" in want[2], (got, want)
            return
        if call != "fit":
            assert_same_value(got[1], want[1], rtol=_rounding(want[1]))
        assert said == should
    assert_same_value(stored(made[0]), stored(made[1]), rtol=1e-6)
    for other in then:
        (got, _), (want, _) = (outcome(m.transform, other) for m in made)
        assert got[0] == want[0], (got, want)
        if want[0] == "value":
            assert_same_value(got[1], want[1], rtol=_rounding(want[1]))
        else:
            assert not want[2] or got[2] == want[2]


@pytest.mark.parametrize(("home", "name"), CLASSES)
def test_the_arguments_are_scikit_learns(home, name):
    mine, other = both(home, name)
    assert_same_signature(mine, other)
    for method in ("fit", "transform", "fit_transform", "inverse_transform", "get_feature_names_out"):
        if hasattr(other, method) and method in vars(other):
            assert_same_signature(getattr(mine, method), getattr(other, method))
    assert repr(mine()) == repr(other())


OPTIONS = [
    {}, {"lowercase": False}, {"ngram_range": (1, 2)}, {"ngram_range": (2, 3)}, {"analyzer": "char"},
    {"analyzer": "char_wb", "ngram_range": (2, 4)}, {"analyzer": "char", "ngram_range": (1, 3)},
    {"stop_words": "english"}, {"stop_words": ["the", "of", "A-b"]}, {"binary": True},
    {"token_pattern": r"(?u)\b\w+\b"}, {"token_pattern": r"(\w)(\w)"}, {"token_pattern": r"(\w)\w+"},
    {"strip_accents": "ascii"}, {"strip_accents": "unicode"}, {"tokenizer": str.split},
    {"preprocessor": str.upper}, {"analyzer": str.split}, {"analyzer": str.split, "ngram_range": (1, 2)},
    {"ngram_range": (3, 1)}, {"analyzer": "char", "stop_words": "english"}, {"dtype": np.float32},
    {"analyzer": "words"}, {"input": "texts"}, {"ngram_range": [1, 2]}, {"decode_error": "no"},
    {"strip_accents": str.strip}, {"analyzer": "char_wb", "ngram_range": (1, 9)},
]
COUNTED = [
    {"min_df": 2}, {"max_df": 0.1}, {"max_features": 20}, {"min_df": 3, "max_features": 5},
    {"min_df": 0.5, "max_df": 1}, {"min_df": 10_000}, {"max_df": 1.5}, {"vocabulary": ["wine", "the"]},
    {"vocabulary": {"wine": 1, "the": 0}}, {"vocabulary": {"wine": 1, "the": 1}}, {"vocabulary": []},
    {"vocabulary": {"wine": 2, "the": 0}}, {"vocabulary": ["a", "a"]}, {"vocabulary": {"Wine", "the"}},
]


@pytest.mark.parametrize("texts", ["english", "korean"])
@pytest.mark.parametrize("name", VECTORIZERS)
def test_texts_become_what_they_become_there(name, texts):
    documents = TEXTS if texts == "english" else KOREAN
    for options in OPTIONS + (COUNTED if name != "HashingVectorizer" else [{"n_features": 7}]):
        same("text", name, options, documents, [documents[:9], ["new words"], [], "text"],
             ("fit", "fit_transform"))


@pytest.mark.parametrize("name", VECTORIZERS)
def test_documents_of_any_kind(name, tmp_path):
    accents = ["Café déjà vu", "façade \u0301x", "naïve Ünïcode"]
    for accent in (None, "ascii", "unicode"):
        same("text", name, {"strip_accents": accent}, accents)
    same("text", name, {}, [t.encode() for t in accents])
    same("text", name, {}, [b"\xff\xfe bad"])
    same("text", name, {"decode_error": "ignore"}, [b"\xff\xfe bad"])
    same("text", name, {"encoding": "cp949"}, [KOREAN[0].encode("cp949")])
    same("text", name, {}, "one text")
    same("text", name, {}, [np.nan])
    same("text", name, {}, [])
    same("text", name, {}, ["a", "b"])
    (tmp_path / "a.txt").write_text("words in my file")
    same("text", name, {"input": "filename"}, [tmp_path / "a.txt"])
    for cls in both("text", name):
        read = cls(input="file").fit_transform([io.StringIO("words in my file")])
        assert read.nnz == 4
    model = both("text", name)[0]()
    model.fit(TEXTS)
    other = pickle.loads(pickle.dumps(model))
    assert_same_value(other.transform(TEXTS[:5]), model.transform(TEXTS[:5]))
    assert clone(model).get_params() == model.get_params()


def test_names_come_back():
    for mine, other in (both("text", "CountVectorizer"), both("text", "TfidfVectorizer")):
        a, b = (cls(max_features=50).fit(TEXTS) for cls in (mine, other))
        np.testing.assert_array_equal(a.get_feature_names_out(), b.get_feature_names_out())
        for X in (a.transform(TEXTS[:8]), a.transform(TEXTS[:8]).toarray()):
            for got, want in zip(a.inverse_transform(X), b.inverse_transform(X), strict=True):
                np.testing.assert_array_equal(got, want)
        for unfitted in (mine(), other()):
            for call in (unfitted.transform, unfitted.inverse_transform):
                with pytest.raises(sklearn.exceptions.NotFittedError):
                    call(["text"])
            with pytest.raises(sklearn.exceptions.NotFittedError):
                unfitted.get_feature_names_out()


@pytest.mark.parametrize(
    "options",
    [{}, {"norm": None}, {"norm": "l1"}, {"use_idf": False}, {"smooth_idf": False},
     {"sublinear_tf": True}, {"norm": "l3"}, {"sublinear_tf": True, "use_idf": False, "norm": None}],
    ids=str,
)
def test_counts_are_weighted_as_there(options):
    counts = sklearn.feature_extraction.text.CountVectorizer(min_df=2).fit_transform(TEXTS)
    for X in (counts, counts.toarray(), counts.astype(np.float32), counts.tocsc().astype(float)):
        same("text", "TfidfTransformer", options, X, [X[:5]])
    same("text", "TfidfVectorizer", options, TEXTS, [TEXTS[:4]])
    same("text", "TfidfVectorizer", {**options, "dtype": np.int64}, TEXTS)


def test_weights_can_be_set():
    mine, other = both("text", "TfidfVectorizer")
    models = [cls(vocabulary=["wine", "iris"]) for cls in (mine, other)]
    for model in models:
        with pytest.raises(sklearn.exceptions.NotFittedError):
            model.idf_  # noqa: B018
        model.idf_ = np.array([1.5, 2.0])
        with pytest.raises(ValueError, match="idf length = 3 must be equal to vocabulary size = 2"):
            model.idf_ = [1.0, 2.0, 3.0]
    assert_same_value(*(m.transform(["wine wine iris", "none"]) for m in models))
    with pytest.raises(ValueError, match="`idf_` cannot be set"):
        mine(use_idf=False).idf_ = [1.0]


PEOPLE = [
    {"name": "kim", "age": 3.5, "likes": ["tea", "go"]}, {"name": "lee", "age": 0, "new": True},
    {"likes": [], "age": 7}, {},
]


@pytest.mark.parametrize("options", [{}, {"sparse": False}, {"sort": False}, {"separator": ":"},
                                     {"dtype": np.float32}, {"sparse": 1}], ids=str)
def test_dictionaries_become_what_they_become_there(options):
    calls = ("fit", "fit_transform")
    same(None, "DictVectorizer", options, PEOPLE, [PEOPLE[:1], PEOPLE[0], [{"other": 1}], []], calls)
    for bad in ([{"a": {"b": 1}}], [{"a": [1]}], []):
        for call in calls:
            same(None, "DictVectorizer", options, bad, calls=(call,))
    if options.get("sparse") == 1:
        return
    mine, other = (cls(**options).fit(PEOPLE) for cls in both(None, "DictVectorizer"))
    np.testing.assert_array_equal(mine.get_feature_names_out(), other.get_feature_names_out())
    X = mine.transform(PEOPLE)
    assert mine.inverse_transform(X) == other.inverse_transform(X)
    for support, indices in ((np.arange(X.shape[1]) % 2 == 0, False), ([0, 1], True)):
        for model in (mine, other):
            model.restrict(support, indices=indices)
        assert mine.vocabulary_ == other.vocabulary_ and mine.feature_names_ == other.feature_names_


@pytest.mark.parametrize(
    ("kind", "samples"),
    [
        ("dict", PEOPLE[1:2] + [{"a": 0, "b": "x", "c": -2}]), ("pair", [[("a", 1), ("b", 2)], [("a", -1)]]),
        ("string", [["a", "b", "a"], ["한글", "é"], []]), ("string", ["one"]), ("dict", []),
        ("pair", [[(3, 1)]]), ("pair", [[(b"a", 1)]]),
        ("string", [[f"word{i}" for i in range(500)]]),
    ],
)
def test_hashes_are_scikit_learns(kind, samples):
    for more in ({}, {"n_features": 8}, {"alternate_sign": False}, {"dtype": np.float32}):
        same(None, "FeatureHasher", {"input_type": kind, **more}, samples, calls=("transform",))


def test_hashes_of_all_lengths():
    utils = pytest.importorskip("sklearn.utils")
    from seodang.learn.feature_extraction._hashing import murmurs

    keys = [bytes(range(1, n + 1)) for n in range(40)] + [b"\xff" * 7, "한국어".encode()]
    for seed in (0, 42):
        want = [utils.murmurhash3_32(key, seed=seed) for key in keys]
        assert murmurs(keys, seed).tolist() == want
    assert murmurs([]).tolist() == []


def test_no_columns_are_refused():
    # scikit-learn ends the whole process here.
    with pytest.raises(ValueError, match="'n_features' parameter of FeatureHasher must be an int"):
        ours.FeatureHasher(0, input_type="string").transform([["a"]])


def test_helpers_are_the_same():
    for name in ("strip_accents_ascii", "strip_accents_unicode", "strip_tags"):
        for text in ("<b>Café</b> ñ 한국어", "plain"):
            assert getattr(ours.text, name)(text) == getattr(theirs.text, name)(text)
    assert ours.text.ENGLISH_STOP_WORDS == theirs.text.ENGLISH_STOP_WORDS


def test_without_scikit_learn_its_stop_words_are_asked_for(monkeypatch):
    def absent(name):
        raise metadata.PackageNotFoundError(name)

    _stop_words.english.cache_clear()
    monkeypatch.setattr(metadata, "distribution", absent)
    monkeypatch.delenv("SEODANG_DATA", raising=False)
    with pytest.raises(OSError, match="_stop_words.py is not in Seodang's package: install scikit-learn"):
        ours.text.CountVectorizer(stop_words="english").fit(["to be or not to be"])


def test_texts_are_learned_in_scikit_learns_pipeline():
    texts = KOREAN[:5] * 4
    y = np.array([1, 0, 1, 0, 1] * 4)
    model = make_pipeline(
        ours.text.TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 3)), MultinomialNB()
    )
    assert model.fit(texts, y).score(texts, y) == 1
    model.set_params(tfidfvectorizer__use_idf=False)
    assert model.fit(texts, y).predict(["연기가 정말 좋았다"])[0] == 1
