"""From texts to words and n-grams."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from ..utils._parameters import BOOLEAN, CALLABLE, Words
from ._stop_words import english

PATTERN = r"(?u)\b\w\w+\b"

# What may be given for the parameters that all vectorizers have.
CONSTRAINTS: dict[str, Any] = {
    "input": Words("filename", "file", "content"),
    "encoding": str,
    "decode_error": Words("strict", "ignore", "replace"),
    "strip_accents": (Words("ascii", "unicode"), None, CALLABLE),
    "lowercase": BOOLEAN,
    "preprocessor": (CALLABLE, None),
    "tokenizer": (CALLABLE, None),
    "stop_words": (Words("english"), list, None),
    "token_pattern": (str, None),
    "ngram_range": tuple,
    "analyzer": (Words("word", "char", "char_wb"), CALLABLE),
    "binary": BOOLEAN,
}


def strip_accents_unicode(s: str) -> str:
    """The text without the marks that Unicode combines with letters."""
    try:
        s.encode("ascii", errors="strict")
        return s
    except UnicodeEncodeError:
        decomposed = unicodedata.normalize("NFKD", s)
        return "".join(c for c in decomposed if not unicodedata.combining(c))


def strip_accents_ascii(s: str) -> str:
    """The text with only what ASCII has, letters without their accents."""
    return unicodedata.normalize("NFKD", s).encode("ASCII", "ignore").decode("ASCII")


def strip_tags(s: str) -> str:
    """The text without HTML's tags, by a simple pattern."""
    return re.sub(r"<([^>]+)>", " ", s)


def _prepared(text: str, accents: Callable[[str], str] | None, lower: bool) -> str:
    text = text.lower() if lower else text
    return text if accents is None else accents(text)


def _pieces(items: Any, least: int, most: int) -> Iterator[Any]:
    """All runs of `least` to `most` items, the short ones first."""
    for n in range(least, min(most, len(items)) + 1):
        for i in range(len(items) - n + 1):
            yield items[i : i + n]


def _words(tokens: list[str], sizes: tuple[int, int], stop_words: Any) -> list[str]:
    if stop_words is not None:
        tokens = [w for w in tokens if w not in stop_words]
    if sizes[1] == 1:
        return tokens
    return [" ".join(run) for run in _pieces(tokens, *sizes)]


_SPACES = re.compile(r"\s\s+")


def _characters(text: str, sizes: tuple[int, int]) -> list[str]:
    return list(_pieces(_SPACES.sub(" ", text), *sizes))


def _characters_of_words(text: str, sizes: tuple[int, int]) -> list[str]:
    out: list[str] = []
    for word in text.split():
        word = f" {word} "
        for n in range(sizes[0], sizes[1] + 1):
            if n >= len(word):
                # A word that is no longer counts once.
                out.append(word)
                break
            out.extend(word[i : i + n] for i in range(len(word) - n + 1))
    return out


def _analyzed(
    document: Any, decode: Callable, prepare: Callable | None, split: Callable | None,
    pieces: Callable | None,
) -> Any:
    text = decode(document)
    for step in (prepare, split, pieces):
        text = text if step is None else step(text)
    return text


class Analysis:
    """What vectorizers of texts share: from a text to its features."""

    # The parameters of every vectorizer.
    input: str
    encoding: str
    decode_error: str
    strip_accents: Any
    lowercase: bool
    preprocessor: Any
    tokenizer: Any
    stop_words: Any
    token_pattern: str | None
    ngram_range: tuple[int, int]
    analyzer: Any

    def decode(self, doc: Any) -> str:
        """The text of a document: of a file's name or a file where `input` says so, of bytes.

        Parameters
        ----------
        doc : the document

        Raises
        ------
        ValueError
            For NaN.
        """
        if self.input == "filename":
            with open(doc, "rb") as file:
                doc = file.read()
        elif self.input == "file":
            doc = doc.read()
        if isinstance(doc, bytes):
            doc = doc.decode(self.encoding, self.decode_error)
        if doc is np.nan:
            raise ValueError("np.nan is an invalid document, expected byte or unicode string.")
        return doc

    def build_preprocessor(self) -> Callable[[str], str]:
        """What makes texts lower case and takes accents away."""
        if self.preprocessor is not None:
            return self.preprocessor
        accents = self.strip_accents or None
        if isinstance(accents, str):
            known = {"ascii": strip_accents_ascii, "unicode": strip_accents_unicode}
            if accents not in known:
                raise ValueError(f'Invalid value for "strip_accents": {accents}')
            accents = known[accents]
        return partial(_prepared, accents=accents, lower=self.lowercase)

    def build_tokenizer(self) -> Callable[[str], list[str]]:
        """What splits texts into words.

        Raises
        ------
        ValueError
            For a pattern with several groups.
        """
        if self.tokenizer is not None:
            return self.tokenizer
        pattern = re.compile(self.token_pattern)
        if pattern.groups > 1:
            raise ValueError(
                "More than 1 capturing group in token pattern. Only a single group should be "
                "captured."
            )
        return pattern.findall

    def get_stop_words(self) -> Any:
        """The words that are left out, or None."""
        if self.stop_words == "english":
            return english()
        if isinstance(self.stop_words, str):
            raise ValueError(f"not a built-in stop list: {self.stop_words}")
        return None if self.stop_words is None else frozenset(self.stop_words)

    def build_analyzer(self) -> Callable[[Any], Any]:
        """What gives the features of a document.

        Raises
        ------
        ValueError
            For an analyzer that there is not.
        """
        if callable(self.analyzer):
            return partial(
                _analyzed, decode=self.decode, prepare=None, split=None, pieces=self.analyzer
            )
        prepare = self.build_preprocessor()
        split: Any = None
        if self.analyzer == "word":
            stop_words, split = self.get_stop_words(), self.build_tokenizer()
            self._check_stop_words(stop_words, prepare, split)
            pieces = partial(_words, sizes=self.ngram_range, stop_words=stop_words)
        elif self.analyzer in ("char", "char_wb"):
            cut = _characters if self.analyzer == "char" else _characters_of_words
            pieces = partial(cut, sizes=self.ngram_range)
        else:
            raise ValueError(f"{self.analyzer} is not a valid tokenization scheme/analyzer")
        return partial(
            _analyzed, decode=self.decode, prepare=prepare, split=split, pieces=pieces
        )

    def _check_stop_words(self, stop_words: Any, prepare: Callable, split: Callable) -> None:
        """Warns once of stop words that become other words in texts."""
        if id(self.stop_words) == getattr(self, "_stop_words_id", None):
            return
        self._stop_words_id = id(self.stop_words)
        try:
            others = {t for w in stop_words or () for t in split(prepare(w)) if t not in stop_words}
        except Exception:
            # Functions of the user's may want something else than words.
            return
        if others:
            warnings.warn(
                "Your stop_words may be inconsistent with your preprocessing. Tokenizing the stop "
                f"words generated tokens {sorted(others)!r} not in stop_words.",
                stacklevel=4,
            )

    def _check_sizes(self) -> None:
        least, most = self.ngram_range
        if least > most:
            raise ValueError(
                f"Invalid value for ngram_range={self.ngram_range} lower boundary larger than the "
                "upper boundary."
            )

    def _warn_of_unused(self) -> None:
        own = callable(self.analyzer)
        words = self.analyzer == "word"
        for name, unused, why in (
            ("token_pattern", self.tokenizer is not None and self.token_pattern is not None,
             "'tokenizer' is not None'"),
            ("preprocessor", own and self.preprocessor is not None, "'analyzer' is callable'"),
            ("ngram_range", own and self.ngram_range not in ((1, 1), None),
             "'analyzer' is callable'"),
            ("stop_words", not words and self.stop_words is not None, "'analyzer' != 'word'"),
            ("token_pattern", not words and self.token_pattern not in (None, PATTERN),
             "'analyzer' != 'word'"),
            ("tokenizer", not words and self.tokenizer is not None, "'analyzer' != 'word'"),
        ):
            if unused:
                warnings.warn(
                    f"The parameter '{name}' will not be used since {why}", stacklevel=3
                )


def check_documents(documents: Any) -> None:
    """Refuses one text where several are meant.

    Raises
    ------
    ValueError
        For a string.
    """
    if isinstance(documents, str):
        raise ValueError("Iterable over raw text documents expected, string object received.")
