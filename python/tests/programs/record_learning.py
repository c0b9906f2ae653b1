"""Records the learning curves of `learning.py` with TensorFlow: mean and standard deviation over seeds.

    python record_learning.py          # with tensorflow and tf_keras (2.21 when this was written)

It writes `learning_curves.json` beside it. TensorFlow's optimizers of today refuse `lr=` and `decay=`,
so the program gets tf_keras's `legacy` ones, which are those of TensorFlow 2.0 to 2.10.
"""

import contextlib
import io
import json
import os
import runpy
import sys
from collections import defaultdict
from pathlib import Path

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
import tf_keras  # noqa: E402

FOLDER = Path(__file__).parent
SEEDS = range(101, 109)


def main() -> None:
    for name in ("SGD", "Adam", "RMSprop"):
        setattr(tf.keras.optimizers, name, getattr(tf.keras.optimizers.legacy, name))
    tf.config.threading.set_intra_op_parallelism_threads(1)
    sys.argv = ["learning.py", *map(str, SEEDS)]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        runpy.run_path(str(FOLDER / "learning.py"), run_name="__main__")
    runs = defaultdict(lambda: defaultdict(list))
    for line in printed.getvalue().splitlines():
        if line.startswith("{"):
            run = json.loads(line)
            for key, curve in run["history"].items():
                runs[run["name"]][key].append(curve)
    networks = {
        name: {
            key: {
                "mean": np.mean(curves, axis=0).round(5).tolist(),
                "std": np.std(curves, axis=0, ddof=1).round(5).tolist(),
            }
            for key, curves in histories.items()
        }
        for name, histories in runs.items()
    }
    recorded = {"versions": {"tensorflow": tf.__version__, "tf_keras": tf_keras.__version__},
                "seeds": len(SEEDS), "networks": networks}
    lines = json.dumps(recorded, separators=(",", ":")).replace('},"', '},\n"')
    (FOLDER / "learning_curves.json").write_text(lines + "\n")


if __name__ == "__main__":
    main()
