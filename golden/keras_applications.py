"""What Keras's architectures are and compute: `golden/data/keras_applications.json`.

Run by hand in an environment with tensorflow 2.21 and tf_keras 2.21 (too large for `requirements.txt`):
`python golden/keras_applications.py`.
"""

import json
import os
import pathlib
import sys

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = pathlib.Path(os.environ.get("SEODANG_GOLDEN_OUT", ROOT / "golden/data")) / "keras_applications.json"
sys.path.insert(0, str(ROOT / "python/tests"))

import tensorflow as tf  # noqa: E402
import tf_keras  # noqa: E402
from names.applications import CASES, computed, described  # noqa: E402


def main() -> None:
    lines = []
    for name, options in CASES:
        tf.keras.backend.clear_session()
        model = getattr(tf.keras.applications, name)(weights=None, **options)
        case = {"name": name, "options": options, **described(model)}
        if not options.get("include_top", True):
            case["output"] = [float(f"{v:.7g}") for v in computed(model)]
        lines.append("  " + json.dumps(case, separators=(",", ":")))
    head = {"format": 1, "script": "keras_applications.py",
            "versions": {"tensorflow": tf.__version__, "tf_keras": tf_keras.__version__}}
    DATA.write_text(json.dumps(head)[:-1] + ', "cases": [\n' + ",\n".join(lines) + "\n]}\n")
    print(f"keras_applications: {len(lines)} cases")


if __name__ == "__main__":
    main()
