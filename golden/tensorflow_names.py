"""What TensorFlow makes of the examples in `python/tests/names`: `golden/data/tensorflow_names.json`.

Run by hand in an environment with tensorflow 2.21, tf_keras 2.21 and pillow (too large for
`requirements.txt`): `python golden/tensorflow_names.py`. `tf.keras` is the Keras of TensorFlow 2
(tf_keras), whose behaviour programs written for TensorFlow 2.0 to 2.5 expect. Names on the command
line record these rows only.
"""

import inspect
import json
import os
import pathlib
import sys
import tempfile

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
ROOT = pathlib.Path(__file__).resolve().parent.parent
FAMILIES = ("layers", "losses", "metrics", "optimizers", "optimizers.schedules", "callbacks",
            "initializers", "regularizers", "constraints")
DATA = pathlib.Path(os.environ.get("SEODANG_GOLDEN_OUT", ROOT / "golden/data")) / "tensorflow_names.json"
sys.path.insert(0, str(ROOT / "python/tests"))

import tensorflow as tf  # noqa: E402
import tf_keras  # noqa: E402
from names import ROWS  # noqa: E402
from names.table import plain, run, scope  # noqa: E402


def signatures() -> dict:
    """The options of Keras's classes, in the order in which programs may give them by position."""
    out = {}
    for family in FAMILIES:
        module = tf.keras
        for part in family.split("."):
            module = getattr(module, part)
        for name, value in sorted(vars(module).items()):
            if inspect.isclass(value) and name[:1].isupper():
                parameters = list(inspect.signature(value.__init__).parameters.values())[1:]
                kinds = (inspect.Parameter.POSITIONAL_OR_KEYWORD,)
                out[f"{family}.{name}"] = [p.name for p in parameters if p.kind in kinds]
    return out


def main(chosen) -> int:
    tf.autograph.set_verbosity(0)
    tf.get_logger().setLevel("ERROR")
    known = json.loads(DATA.read_text())["results"] if DATA.exists() and chosen else {}
    keys = {r.key for r in ROWS}
    results = {k: v for k, v in known.items() if k in keys}
    failed = 0
    for row in ROWS:
        if chosen and not any(c in row.key for c in chosen):
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                results[row.key] = plain(run(row.reference or row.code, scope(tf, folder)))
            except Exception as e:
                failed += 1
                print(f"{row.key}: {type(e).__name__}: {e}"[:300])
    head = {"format": 1, "script": "tensorflow_names.py",
            "versions": {"tensorflow": tf.__version__, "tf_keras": tf_keras.__version__}}
    lines = [f" {json.dumps(k)}: {json.dumps(v, separators=(',', ':'))}" for k, v in sorted(results.items())]
    orders = [f" {json.dumps(k)}: {json.dumps(v, separators=(',', ':'))}" for k, v in signatures().items()]
    text = json.dumps(head)[:-1] + ', "signatures": {\n' + ",\n".join(orders) + '\n}, "results": {\n'
    text += ",\n".join(lines) + "\n}}\n"
    DATA.write_text(text)
    print(f"tensorflow_names: {len(results)} results, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
