"""Features of texts: counts of words and n-grams, weighted by how rare they are."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from numbers import Integral
from typing import Any

import numpy as np

from ..._missing import missing
from .._meta import Checked, Methods
from .._mixins import OneToOneFeatureMixin
from .._output import TransformerMixin
from .._sparse import is_sparse
from ..exceptions import NotFittedError, kind
from ..utils._parameters import BOOLEAN, Span, Words
from ..utils.validation import check_array, check_is_fitted, validate_data
from ._analysis import (
    CONSTRAINTS,
    PATTERN,
    Analysis,
    check_documents,
    strip_accents_ascii,
    strip_accents_unicode,
    strip_tags,
)
from ._hashing import FeatureHasher
from ._sparse_rows import document_counts, matrix_of, normalized
from ._stop_words import english as _english

__all__ = [
    "CountVectorizer",
    "HashingVectorizer",
    "TfidfTransformer",
    "TfidfVectorizer",
    "strip_accents_ascii",
    "strip_accents_unicode",
    "strip_tags",
]

_absent = missing(__name__)


def __getattr__(name: str) -> Any:
    return _english() if name == "ENGLISH_STOP_WORDS" else _absent(name)


_NORM = {"norm": (Words("l1", "l2"), None)}
_SHARE = (Span(float, 0, 1, "both"), Span(Integral, 1, None))


def _tags_of_texts(tags: Any) -> Any:
    tags.input_tags.string = True
    tags.input_tags.two_d_array = False
    return tags


class CountVectorizer(Analysis, Checked):
    """How often each word, or n-gram, is in each text.

    Parameters
    ----------
    input : what documents are: "content", "filename" or "file"
    encoding, decode_error : how bytes become texts
    strip_accents : "ascii", "unicode", a function, or None
    lowercase : whether texts are made lower case
    preprocessor, tokenizer : functions instead of ours
    stop_words : words that are left out: "english", a list, or None
    token_pattern : what a word is
    ngram_range : the least and the most words or characters of a feature
    analyzer : "word", "char", "char_wb" (within words), or a function; Korean does well with "char_wb"
    max_df, min_df : in how many texts, or which share of them, a feature may and must be
    max_features : how many features, the most frequent ones
    vocabulary : the features, or a dictionary of their columns
    binary : whether only whether counts
    dtype : the type of the numbers

    Attributes
    ----------
    vocabulary_ : the column of each feature
    fixed_vocabulary_ : whether it was given
    """

    _constraints = {
        **CONSTRAINTS,
        "max_df": _SHARE,
        "min_df": _SHARE,
        "max_features": (Span(Integral, 1, None), None),
        "vocabulary": (Mapping, Methods("__iter__"), None),
    }

    def __init__(
        self,
        *,
        input: str = "content",
        encoding: str = "utf-8",
        decode_error: str = "strict",
        strip_accents: Any = None,
        lowercase: bool = True,
        preprocessor: Any = None,
        tokenizer: Any = None,
        stop_words: Any = None,
        token_pattern: str | None = PATTERN,
        ngram_range: tuple[int, int] = (1, 1),
        analyzer: Any = "word",
        max_df: float | int = 1.0,
        min_df: float | int = 1,
        max_features: int | None = None,
        vocabulary: Any = None,
        binary: bool = False,
        dtype: Any = np.int64,
    ) -> None:
        self.input = input
        self.encoding = encoding
        self.decode_error = decode_error
        self.strip_accents = strip_accents
        self.preprocessor = preprocessor
        self.tokenizer = tokenizer
        self.analyzer = analyzer
        self.lowercase = lowercase
        self.token_pattern = token_pattern
        self.stop_words = stop_words
        self.max_df = max_df
        self.min_df = min_df
        self.max_features = max_features
        self.ngram_range = ngram_range
        self.vocabulary = vocabulary
        self.binary = binary
        self.dtype = dtype

    def __sklearn_tags__(self) -> Any:
        return _tags_of_texts(super().__sklearn_tags__())

    def _given_vocabulary(self) -> None:
        """Takes the vocabulary that is given, if one is."""
        given = self.vocabulary
        self.fixed_vocabulary_ = given is not None
        if given is None:
            return
        if isinstance(given, Mapping):
            columns = set(given.values())
            if len(columns) != len(given):
                raise ValueError("Vocabulary contains repeated indices.")
            for i in range(len(given)):
                if i not in columns:
                    raise ValueError(
                        f"Vocabulary of size {len(given)} doesn't contain index {i}."
                    )
        else:
            words = sorted(given) if isinstance(given, set) else given
            given = {}
            for i, word in enumerate(words):
                if given.setdefault(word, i) != i:
                    raise ValueError(f"Duplicate term in vocabulary: {word!r}")
        if not given:
            raise ValueError("empty vocabulary passed to fit")
        self.vocabulary_ = dict(given)

    def _check_vocabulary(self) -> None:
        if not hasattr(self, "vocabulary_"):
            self._given_vocabulary()
            if not self.fixed_vocabulary_:
                raise kind(NotFittedError)("Vocabulary not fitted or provided")
        if not self.vocabulary_:
            raise ValueError("Vocabulary is empty")

    def _counted(self, documents: Iterable[Any], vocabulary: dict[str, int], grows: bool) -> Any:
        """The counts by the numbers of a vocabulary, to which `grows` adds what is new."""
        features_of = self.build_analyzer()
        columns: list[int] = []
        counts: list[int] = []
        ends = [0]
        for document in documents:
            own: dict[int, int] = {}
            for feature in features_of(document):
                column = vocabulary.get(feature)
                if column is None:
                    if not grows:
                        continue
                    column = vocabulary[feature] = len(vocabulary)
                own[column] = own.get(column, 0) + 1
            columns.extend(own)
            counts.extend(own.values())
            ends.append(len(columns))
        if grows and not vocabulary:
            raise ValueError(
                "empty vocabulary; perhaps the documents only contain stop words"
            )
        out = matrix_of(counts, columns, ends, len(vocabulary), self.dtype)
        out.sort_indices()
        if self.binary:
            out.data.fill(1)
        return out

    def fit(self, raw_documents: Iterable[Any], y: Any = None):
        """Learns which features there are.

        Parameters
        ----------
        raw_documents : iterable of texts, files' names or files
        y : ignored

        Raises
        ------
        ValueError
            For one text instead of several, or no features.
        """
        self.fit_transform(raw_documents)
        return self

    def fit_transform(self, raw_documents: Iterable[Any], y: Any = None) -> Any:
        """`fit` and `transform`, with one look at the texts.

        Parameters
        ----------
        raw_documents : iterable of texts, files' names or files
        y : ignored

        Returns
        -------
        sparse matrix of shape (n_documents, n_features)
        """
        check_documents(raw_documents)
        self._check_parameters()
        self._check_sizes()
        self._warn_of_unused()
        self._given_vocabulary()
        if self.fixed_vocabulary_:
            if self.lowercase and any(any(map(str.isupper, t)) for t in self.vocabulary):
                warnings.warn(
                    "Upper case characters found in vocabulary while 'lowercase' is True. These "
                    "entries will not be matched with any documents",
                    stacklevel=2,
                )
            return self._counted(raw_documents, self.vocabulary_, False)
        vocabulary: dict[str, int] = {}
        table = self._counted(raw_documents, vocabulary, True)
        kept = self._kept(table, vocabulary)
        self.vocabulary_ = {word: i for i, (word, _) in enumerate(kept)}
        out = table[:, [column for _, column in kept]]
        out.sort_indices()
        return out

    def _kept(self, table: Any, vocabulary: dict[str, int]) -> list[tuple[str, int]]:
        """The features that are neither too rare nor too frequent, sorted, and their columns."""
        n = table.shape[0]
        most, least = (
            v if isinstance(v, Integral) else v * n for v in (self.max_df, self.min_df)
        )
        if most < least:
            raise ValueError("max_df corresponds to < documents than min_df")
        words = sorted(vocabulary.items())
        places = np.asarray([column for _, column in words])
        texts = document_counts(table)[places]
        kept = np.flatnonzero((texts <= most) & (texts >= least))
        if self.max_features is not None and len(kept) > self.max_features:
            often = np.asarray(table.sum(axis=0)).ravel()[places][kept]
            kept = np.sort(kept[(-often).argsort()[: self.max_features]])
        if len(kept) == 0:
            raise ValueError(
                "After pruning, no terms remain. Try a lower min_df or a higher max_df."
            )
        return [words[i] for i in kept]

    def transform(self, raw_documents: Iterable[Any]) -> Any:
        """The counts of the features of `fit`.

        Parameters
        ----------
        raw_documents : iterable of texts, files' names or files

        Returns
        -------
        sparse matrix of shape (n_documents, n_features)

        Raises
        ------
        NotFittedError
            If there are no features yet.
        """
        check_documents(raw_documents)
        self._check_vocabulary()
        return self._counted(raw_documents, self.vocabulary_, False)

    def inverse_transform(self, X: Any) -> list[np.ndarray]:
        """The features that are in each text.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_documents, n_features)
        """
        self._check_vocabulary()
        X = check_array(X, accept_sparse="csr")
        words = np.asarray(list(self.vocabulary_))
        words = words[np.argsort(list(self.vocabulary_.values()))]
        if is_sparse(X):
            return [words[X[[i]].nonzero()[1]] for i in range(X.shape[0])]
        return [words[np.flatnonzero(row)] for row in X]

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The features, in the order of the columns.

        Parameters
        ----------
        input_features : ignored
        """
        self._check_vocabulary()
        return np.asarray(sorted(self.vocabulary_, key=self.vocabulary_.get), dtype=object)


class TfidfTransformer(OneToOneFeatureMixin, TransformerMixin, Checked):
    """Counts weighted by how rare each feature is. Source: Spärck Jones 1972.

    Parameters
    ----------
    norm : "l2" or "l1" gives each text that length; None leaves it
    use_idf : whether rare features weigh more
    smooth_idf : whether they are counted as if one more text had them all
    sublinear_tf : whether 1 + log of the counts is taken

    Attributes
    ----------
    idf_ : the weight of each feature
    n_features_in_ : how many features there are
    """

    _makes_frames = False
    _constraints = {
        **_NORM, "use_idf": BOOLEAN, "smooth_idf": BOOLEAN, "sublinear_tf": BOOLEAN,
    }

    def __init__(
        self,
        *,
        norm: str | None = "l2",
        use_idf: bool = True,
        smooth_idf: bool = True,
        sublinear_tf: bool = False,
    ) -> None:
        self.norm = norm
        self.use_idf = use_idf
        self.smooth_idf = smooth_idf
        self.sublinear_tf = sublinear_tf

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        tags.transformer_tags.preserves_dtype = ["float64", "float32"]
        return tags

    def fit(self, X: Any, y: Any = None):
        """Learns how rare each feature is.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features), counts
        y : ignored
        """
        self._check_parameters()
        X = validate_data(self, X, accept_sparse=["csr", "csc"])
        if not self.use_idf:
            return self
        dtype = X.dtype if X.dtype in (np.float64, np.float32) else np.dtype(np.float64)
        texts = document_counts(X) if is_sparse(X) else np.count_nonzero(X, axis=0)
        more = int(self.smooth_idf)
        with np.errstate(divide="ignore"):
            self.idf_ = np.log((X.shape[0] + more) / (texts + more).astype(dtype)) + dtype.type(1)
        return self

    def transform(self, X: Any, copy: bool = True) -> Any:
        """The weighted counts.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features), counts
        copy : whether X stays as it is

        Returns
        -------
        sparse matrix of shape (n_samples, n_features)
        """
        from scipy.sparse import csr_matrix

        check_is_fitted(self)
        X = validate_data(
            self, X, accept_sparse="csr", dtype=[np.float64, np.float32], copy=copy, reset=False
        )
        X = X if is_sparse(X) else csr_matrix(X)
        if self.sublinear_tf:
            X.data = np.log(X.data) + 1.0
        if hasattr(self, "idf_"):
            X.data *= self.idf_[X.indices]
        return X if self.norm is None else normalized(X, self.norm)


class TfidfVectorizer(CountVectorizer):
    """`CountVectorizer`, and its counts weighted as by `TfidfTransformer`.

    Parameters
    ----------
    input, encoding, decode_error, strip_accents, lowercase, preprocessor, tokenizer, analyzer,
    stop_words, token_pattern, ngram_range, max_df, min_df, max_features, vocabulary, binary, dtype :
        as in `CountVectorizer`
    norm, use_idf, smooth_idf, sublinear_tf : as in `TfidfTransformer`

    Attributes
    ----------
    vocabulary_ : the column of each feature
    fixed_vocabulary_ : whether it was given
    idf_ : the weight of each feature
    """

    _constraints = {**CountVectorizer._constraints, **TfidfTransformer._constraints}

    def __init__(
        self,
        *,
        input: str = "content",
        encoding: str = "utf-8",
        decode_error: str = "strict",
        strip_accents: Any = None,
        lowercase: bool = True,
        preprocessor: Any = None,
        tokenizer: Any = None,
        analyzer: Any = "word",
        stop_words: Any = None,
        token_pattern: str | None = PATTERN,
        ngram_range: tuple[int, int] = (1, 1),
        max_df: float | int = 1.0,
        min_df: float | int = 1,
        max_features: int | None = None,
        vocabulary: Any = None,
        binary: bool = False,
        dtype: Any = np.float64,
        norm: str | None = "l2",
        use_idf: bool = True,
        smooth_idf: bool = True,
        sublinear_tf: bool = False,
    ) -> None:
        super().__init__(
            input=input, encoding=encoding, decode_error=decode_error, strip_accents=strip_accents,
            lowercase=lowercase, preprocessor=preprocessor, tokenizer=tokenizer, analyzer=analyzer,
            stop_words=stop_words, token_pattern=token_pattern, ngram_range=ngram_range,
            max_df=max_df, min_df=min_df, max_features=max_features, vocabulary=vocabulary,
            binary=binary, dtype=dtype,
        )
        self.norm = norm
        self.use_idf = use_idf
        self.smooth_idf = smooth_idf
        self.sublinear_tf = sublinear_tf

    @property
    def idf_(self) -> np.ndarray:
        """The weight of each feature; setting it makes `transform` use it."""
        if not hasattr(self, "_tfidf"):
            raise kind(NotFittedError)(
                f"{type(self).__name__} is not fitted yet. Call 'fit' with appropriate arguments "
                "before using this attribute."
            )
        return self._tfidf.idf_

    @idf_.setter
    def idf_(self, value: Any) -> None:
        if not self.use_idf:
            raise ValueError("`idf_` cannot be set when `user_idf=False`.")
        if not hasattr(self, "_tfidf"):
            self._tfidf = self._weights()
        self._given_vocabulary()
        if hasattr(self, "vocabulary_") and len(self.vocabulary_) != len(value):
            raise ValueError(
                f"idf length = {len(value)} must be equal to vocabulary size = "
                f"{len(self.vocabulary_)}"
            )
        self._tfidf.idf_ = np.asarray(value, dtype=np.float64)
        self._tfidf.n_features_in_ = len(value)

    def _weights(self) -> TfidfTransformer:
        return TfidfTransformer(
            norm=self.norm, use_idf=self.use_idf, smooth_idf=self.smooth_idf,
            sublinear_tf=self.sublinear_tf,
        )

    def fit(self, raw_documents: Iterable[Any], y: Any = None):
        """Learns which features there are and how rare they are.

        Parameters
        ----------
        raw_documents : iterable of texts, files' names or files
        y : ignored
        """
        self.fit_transform(raw_documents)
        return self

    def fit_transform(self, raw_documents: Iterable[Any], y: Any = None) -> Any:
        """`fit` and `transform`, with one look at the texts.

        Parameters
        ----------
        raw_documents : iterable of texts, files' names or files
        y : ignored

        Returns
        -------
        sparse matrix of shape (n_documents, n_features)
        """
        if self.dtype not in (np.float64, np.float32, np.float16):
            warnings.warn(
                f"Only {(np.float64, np.float32, np.float16)} 'dtype' should be used. {self.dtype} "
                "'dtype' will be converted to np.float64.",
                stacklevel=2,
            )
        counts = super().fit_transform(raw_documents)
        self._tfidf = self._weights()
        return self._tfidf.fit(counts).transform(counts, copy=False)

    def transform(self, raw_documents: Iterable[Any]) -> Any:
        """The weighted counts of the features of `fit`.

        Parameters
        ----------
        raw_documents : iterable of texts, files' names or files

        Returns
        -------
        sparse matrix of shape (n_documents, n_features)
        """
        check_is_fitted(self, "_tfidf", msg="The TF-IDF vectorizer is not fitted")
        return self._tfidf.transform(super().transform(raw_documents), copy=False)


class HashingVectorizer(TransformerMixin, Analysis, Checked):
    """Counts of words whose columns are hashes, so that nothing has to be remembered.

    Parameters
    ----------
    input, encoding, decode_error, strip_accents, lowercase, preprocessor, tokenizer, stop_words,
    token_pattern, ngram_range, analyzer, binary, dtype : as in `CountVectorizer`
    n_features : how many columns
    norm : "l2" or "l1" gives each text that length; None leaves it
    alternate_sign : whether half of the words count negatively, so that collisions cancel
    """

    _makes_frames = False
    _constraints = {
        **CONSTRAINTS, **_NORM, "n_features": Span(Integral, 1, np.iinfo(np.int32).max),
        "alternate_sign": BOOLEAN,
    }

    def __init__(
        self,
        *,
        input: str = "content",
        encoding: str = "utf-8",
        decode_error: str = "strict",
        strip_accents: Any = None,
        lowercase: bool = True,
        preprocessor: Any = None,
        tokenizer: Any = None,
        stop_words: Any = None,
        token_pattern: str | None = PATTERN,
        ngram_range: tuple[int, int] = (1, 1),
        analyzer: Any = "word",
        n_features: int = 2**20,
        binary: bool = False,
        norm: str | None = "l2",
        alternate_sign: bool = True,
        dtype: Any = np.float64,
    ) -> None:
        self.input = input
        self.encoding = encoding
        self.decode_error = decode_error
        self.strip_accents = strip_accents
        self.preprocessor = preprocessor
        self.tokenizer = tokenizer
        self.analyzer = analyzer
        self.lowercase = lowercase
        self.token_pattern = token_pattern
        self.stop_words = stop_words
        self.n_features = n_features
        self.ngram_range = ngram_range
        self.binary = binary
        self.norm = norm
        self.alternate_sign = alternate_sign
        self.dtype = dtype

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:
        tags = _tags_of_texts(super().__sklearn_tags__())
        tags.requires_fit = False
        return tags

    def partial_fit(self, X: Any, y: Any = None):
        """Checks the parameters; there is nothing to learn.

        Parameters
        ----------
        X, y : ignored
        """
        self._check_parameters()
        return self

    def fit(self, X: Iterable[Any], y: Any = None):
        """Checks the parameters; there is nothing to learn.

        Parameters
        ----------
        X : iterable of texts
        y : ignored
        """
        self._check_parameters()
        check_documents(X)
        self._warn_of_unused()
        self._check_sizes()
        return self

    def transform(self, X: Iterable[Any]) -> Any:
        """The counts of texts.

        Parameters
        ----------
        X : iterable of texts, files' names or files

        Returns
        -------
        sparse matrix of shape (n_documents, n_features)
        """
        check_documents(X)
        self._check_sizes()
        features_of = self.build_analyzer()
        hasher = FeatureHasher(
            self.n_features, input_type="string", dtype=self.dtype,
            alternate_sign=self.alternate_sign,
        )
        out = hasher.transform(features_of(document) for document in X)
        if self.binary:
            out.data.fill(1)
        return out if self.norm is None else normalized(out, self.norm)

    def fit_transform(self, X: Iterable[Any], y: Any = None) -> Any:
        """`fit` and `transform`.

        Parameters
        ----------
        X : iterable of texts, files' names or files
        y : ignored

        Returns
        -------
        sparse matrix of shape (n_documents, n_features)
        """
        return self.fit(X, y).transform(X)
