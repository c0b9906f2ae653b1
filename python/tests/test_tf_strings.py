"""`tf.strings`: every expected text is what TensorFlow 2.21 gives for the same expression."""

import pytest

import seodang.compat.tensorflow as tf

S = tf.strings
FACTS = [
    (r'''S.length("abc")''',
     r'''3int32'''),
    (r'''S.lower("ABÉ", encoding="utf-8")''',
     r'''b'ab\xc3\xa9'string'''),
    (r'''S.join(["a","b"])''',
     r'''b'ab'string'''),
    (r'''S.substr("hello", 1, 3)''',
     r'''b'ell'string'''),
    (r'''S.substr("héllo", 1, 2, unit="UTF8_CHAR")''',
     r'''b'\xc3\xa9l'string'''),
    (r'''S.regex_replace("a1b22", "[0-9]+", "#")''',
     r'''b'a#b#'string'''),
    (r'''S.regex_replace("a1b22", "([0-9])", r"<\1>")''',
     r'''b'a<1>b<2><2>'string'''),
    (r'''S.regex_replace("a1b22", "[0-9]", "", replace_global=False)''',
     r'''b'ab22'string'''),
    (r'''S.to_number("7", tf.int32)''',
     r'''7int32'''),
    (r'''S.as_string(3.14159, precision=2)''',
     r'''b'3.14'string'''),
    (r'''S.as_string(5, width=4, fill="0")''',
     r'''b'0005'string'''),
    (r'''S.as_string(1.0, shortest=True)''',
     r'''b'1'string'''),
    (r'''S.as_string(1e-5, scientific=True)''',
     r'''b'1.000000e-05'string'''),
    (r'''S.unicode_encode([97, 233], "UTF-8")''',
     r'''b'a\xc3\xa9'string'''),
    (r'''S.format("x {}, {}", (tf.constant([1,2]), "a"))''',
     r'''b'x [1 2], "a"'string'''),
    (r'''S.format("{}", tf.constant("abc"))''',
     r'''b'"abc"'string'''),
    (r'''S.format("{}", tf.constant([1.5,2.0]))''',
     r'''b'[1.5 2]'string'''),
    (r'''S.format("{}", tf.range(10))''',
     r'''b'[0 1 2 ... 7 8 9]'string'''),
    (r'''S.reduce_join([["a","b"],["c","d"]])''',
     r'''b'abcd'string'''),
    (r'''S.length(["a","é"])''',
     r'''[1, 2]int32'''),
    (r'''S.length(["a","é"], unit="UTF8_CHAR")''',
     r'''[1, 1]int32'''),
    (r'''S.strip(["  a b\n", "c "])''',
     r'''[b'a b', b'c']string'''),
    (r'''S.join([["a","b"],["c","d"]], separator="-")''',
     r'''[b'a-c', b'b-d']string'''),
    (r'''S.join([["a","b"],"x"], " ")''',
     r'''[b'a x', b'b x']string'''),
    (r'''S.substr(["hello","wor"], -2, 1)''',
     r'''[b'l', b'o']string'''),
    (r'''S.substr(["abc","def"], [0,1], [1,2])''',
     r'''[b'a', b'ef']string'''),
    (r'''S.regex_replace(["<br />x", "y!"], r"[%s]" % "!<", "")''',
     r'''[b'br />x', b'y']string'''),
    (r'''S.regex_full_match(["abc","ab1"], "[a-c]+")''',
     r'''[True, False]bool'''),
    (r'''S.to_number(["1.5","2"])''',
     r'''[1.5, 2.0]float32'''),
    (r'''S.as_string([1,2])''',
     r'''[b'1', b'2']string'''),
    (r'''S.as_string([1.5,2.0])''',
     r'''[b'1.500000', b'2.000000']string'''),
    (r'''S.as_string([True,False])''',
     r'''[b'true', b'false']string'''),
    (r'''S.split("a b  c")''',
     r'''[b'a', b'b', b'c']string'''),
    (r'''S.split("a,b,,c", sep=",")''',
     r'''[b'a', b'b', b'', b'c']string'''),
    (r'''S.split("a,b,c", sep=",", maxsplit=1)''',
     r'''[b'a', b'b,c']string'''),
    (r'''S.split("a b c", maxsplit=1)''',
     r'''[b'a', b'b c']string'''),
    (r'''S.bytes_split("abc")''',
     r'''[b'a', b'b', b'c']string'''),
    (r'''S.unicode_split("aé", "UTF-8")''',
     r'''[b'a', b'\xc3\xa9']string'''),
    (r'''S.unicode_decode("aé", "UTF-8")''',
     r'''[97, 233]int32'''),
    (r'''S.unicode_encode([[97, 233],[98,99]], "UTF-8")''',
     r'''[b'a\xc3\xa9', b'bc']string'''),
    (r'''S.reduce_join([["a","b"],["c","d"]], axis=1, separator=" ")''',
     r'''[b'a b', b'c d']string'''),
    (r'''S.reduce_join([["a","b"],["c","d"]], 0, keepdims=True)''',
     r'''[[b'ac', b'bd']]string'''),
]


@pytest.mark.parametrize(("what", "expected"), FACTS)
def test_fact(what, expected):
    made = eval(what, {"S": S, "tf": tf})
    value = made.numpy()
    assert repr(value.tolist() if hasattr(value, "tolist") else value) + made.dtype.name == expected


def test_what_is_not_there_says_so():
    with pytest.raises(NotImplementedError, match="ragged"):
        S.split(["a b", "c"])
    with pytest.raises(NotImplementedError, match="to_hash_bucket_fast"):
        S.to_hash_bucket_fast(["a"], 10)
    with pytest.raises(tf.errors.InvalidArgumentError):
        S.to_number("x")
    with pytest.raises(tf.errors.InvalidArgumentError):
        S.substr("hello", 9, 1)
