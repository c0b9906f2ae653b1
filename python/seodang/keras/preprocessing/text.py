"""`keras.preprocessing.text`: words of texts as numbers."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict, defaultdict

import numpy as np

_FILTERS = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n'


def text_to_word_sequence(input_text=None, filters=_FILTERS, lower=True, split=" ", text=None):
    """The words of a text.

    Args:
        input_text: the text.
        filters: characters that count as the separator.
        lower: whether everything is made lower case.
        split: the separator.
    """
    words = input_text if text is None else text
    if lower:
        words = words.lower()
    words = words.translate({ord(c): split for c in filters})
    return [w for w in words.split(split) if w]


def hashing_trick(text, n, hash_function=None, filters=_FILTERS, lower=True, split=" ", analyzer=None):
    """The words of a text as numbers from 1 to n - 1, by a hash: different words may share one."""
    if hash_function is None:
        hash_function = hash
    elif hash_function == "md5":
        hash_function = lambda w: int(hashlib.md5(w.encode()).hexdigest(), 16)  # noqa: E731, S324
    words = text_to_word_sequence(text, filters, lower, split) if analyzer is None else analyzer(text)
    return [hash_function(w) % (n - 1) + 1 for w in words]


def one_hot(input_text, n, filters=_FILTERS, lower=True, split=" ", analyzer=None):
    """As `hashing_trick` with Python's own hash."""
    return hashing_trick(input_text, n, hash, filters, lower, split, analyzer)


class Tokenizer:
    """Gives each word of a body of texts a number: 1 for the most frequent one, 2 for the next.

    Args:
        num_words: words from this number on are left out when texts become sequences.
        filters: characters that count as the separator.
        lower: whether everything is made lower case.
        split: the separator.
        char_level: whether each character is a word.
        oov_token: what stands for words that are left out; it gets the number 1.
        analyzer: a function that gives the words of a text instead.
    """

    def __init__(self, num_words=None, filters=_FILTERS, lower=True, split=" ", char_level=False,
                 oov_token=None, analyzer=None, **kwargs) -> None:
        document_count = kwargs.pop("document_count", 0)
        if "nb_words" in kwargs:
            num_words = kwargs.pop("nb_words")
        if kwargs:
            raise TypeError(f"Unrecognized keyword arguments: {kwargs}")
        self.word_counts: OrderedDict = OrderedDict()
        self.word_docs: dict = defaultdict(int)
        self.filters = filters
        self.split = split
        self.lower = lower
        self.num_words = num_words
        self.document_count = document_count
        self.char_level = char_level
        self.oov_token = oov_token
        self.index_docs: dict = defaultdict(int)
        self.word_index: dict = {}
        self.index_word: dict = {}
        self.analyzer = analyzer

    def _words(self, text) -> list:
        if self.char_level or isinstance(text, list):
            if self.lower:
                text = [w.lower() for w in text] if isinstance(text, list) else text.lower()
            return list(text)
        if self.analyzer is not None:
            return self.analyzer(text)
        return text_to_word_sequence(text, self.filters, self.lower, self.split)

    def fit_on_texts(self, texts) -> None:
        """Counts the words of texts and numbers them; may be called again with more."""
        for text in texts:
            self.document_count += 1
            words = self._words(text)
            for w in words:
                self.word_counts[w] = self.word_counts.get(w, 0) + 1
            for w in set(words):
                self.word_docs[w] += 1
        # Equally frequent words keep the order in which they came.
        ordered = [w for w, _ in sorted(self.word_counts.items(), key=lambda p: p[1], reverse=True)]
        if self.oov_token is not None:
            ordered.insert(0, self.oov_token)
        self.word_index = {w: i + 1 for i, w in enumerate(ordered)}
        self.index_word = {i: w for w, i in self.word_index.items()}
        for w, n in self.word_docs.items():
            self.index_docs[self.word_index[w]] = n

    def fit_on_sequences(self, sequences) -> None:
        """Counts the numbers of sequences, for `sequences_to_matrix` with "tfidf"."""
        self.document_count += len(sequences)
        for s in sequences:
            for i in set(s):
                self.index_docs[i] += 1

    def texts_to_sequences(self, texts) -> list:
        """Texts as lists of numbers; words that are not known are left out, or the OOV token."""
        return list(self.texts_to_sequences_generator(texts))

    def texts_to_sequences_generator(self, texts):
        """As `texts_to_sequences`, one text after the other."""
        unknown = self.word_index.get(self.oov_token) if self.oov_token is not None else None
        for text in texts:
            out = []
            for w in self._words(text):
                i = self.word_index.get(w)
                if i is not None and (not self.num_words or i < self.num_words):
                    out.append(i)
                elif unknown is not None:
                    out.append(unknown)
            yield out

    def sequences_to_texts(self, sequences) -> list:
        """Lists of numbers as texts."""
        return list(self.sequences_to_texts_generator(sequences))

    def sequences_to_texts_generator(self, sequences):
        """As `sequences_to_texts`, one text after the other."""
        unknown = self.word_index.get(self.oov_token) if self.oov_token is not None else None
        for s in sequences:
            out = []
            for i in s:
                w = self.index_word.get(int(i))
                if w is not None and (not self.num_words or i < self.num_words):
                    out.append(w)
                elif unknown is not None:
                    out.append(self.index_word[unknown])
            yield " ".join(out)

    def texts_to_matrix(self, texts, mode="binary"):
        """Texts as rows with a column for each word."""
        return self.sequences_to_matrix(self.texts_to_sequences(texts), mode)

    def sequences_to_matrix(self, sequences, mode="binary"):
        """Lists of numbers as rows with a column for each: "binary", "count", "freq" or "tfidf".

        Raises ValueError for another mode, or if there is no limit to the numbers.
        """
        if not self.num_words and not self.word_index:
            raise ValueError("Specify a dimension (`num_words` argument), or fit on some text data first.")
        width = self.num_words or len(self.word_index) + 1
        if mode == "tfidf" and not self.document_count:
            raise ValueError("Fit the Tokenizer on some data before using tfidf mode.")
        if mode not in ("binary", "count", "freq", "tfidf"):
            raise ValueError(f"Unknown vectorization mode: {mode}")
        out = np.zeros((len(sequences), width))
        for row, s in zip(out, sequences):
            counts: dict = defaultdict(int)
            for i in s:
                if i < width:
                    counts[i] += 1
            for i, n in counts.items():
                if mode == "count":
                    row[i] = n
                elif mode == "freq":
                    row[i] = n / len(s)
                elif mode == "binary":
                    row[i] = 1
                else:
                    rarity = np.log(1 + self.document_count / (1 + self.index_docs.get(i, 0)))
                    row[i] = (1 + np.log(n)) * rarity
        return out

    def get_config(self) -> dict:
        """The options and what was counted, as plain values."""
        return {
            "num_words": self.num_words, "filters": self.filters, "lower": self.lower,
            "split": self.split, "char_level": self.char_level, "oov_token": self.oov_token,
            "document_count": self.document_count, "word_counts": json.dumps(self.word_counts),
            "word_docs": json.dumps(self.word_docs), "index_docs": json.dumps(self.index_docs),
            "index_word": json.dumps(self.index_word), "word_index": json.dumps(self.word_index),
        }

    def to_json(self, **kwargs) -> str:
        """All of it as JSON."""
        return json.dumps({"class_name": type(self).__name__, "config": self.get_config()}, **kwargs)


def tokenizer_from_json(json_string) -> Tokenizer:
    """The Tokenizer that `to_json` wrote."""
    config = dict(json.loads(json_string)["config"])
    numbered = lambda text: {int(k): v for k, v in json.loads(text).items()}  # noqa: E731
    counts, docs = json.loads(config.pop("word_counts")), json.loads(config.pop("word_docs"))
    index_docs, index_word = numbered(config.pop("index_docs")), numbered(config.pop("index_word"))
    word_index = json.loads(config.pop("word_index"))
    made = Tokenizer(**config)
    made.word_counts = OrderedDict(counts)
    made.word_docs.update(docs)
    made.index_docs.update(index_docs)
    made.index_word, made.word_index = index_word, word_index
    return made
