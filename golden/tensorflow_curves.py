"""How the programs of `python/tests/programs/curves.py` learn with TensorFlow: mean and deviation over runs.

    python golden/tensorflow_curves.py       # TensorFlow 2.21 with tf_keras 2.21; a quarter of an hour

Each program runs SEEDS times, with other seeds each time, and each measure of each epoch is kept as its mean
and its standard deviation over the runs. TF_USE_LEGACY_KERAS makes `tf.keras` the Keras 2 that such programs
were written for; of its optimizers the older classes are taken, since the others ignore `lr` and `decay`.
"""

import contextlib
import io
import json
import os
import pathlib
import runpy
import sys

os.environ.update(TF_USE_LEGACY_KERAS="1", TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
import tf_keras  # noqa: E402

HERE = pathlib.Path(__file__).parent
PROGRAM = HERE.parent / "python" / "tests" / "programs" / "curves.py"
TABLES = HERE.parent / "crates" / "seodang-data" / "builtin"
OUT = pathlib.Path(os.environ.get("SEODANG_GOLDEN_OUT", HERE / "data"))
SEEDS = 16

for name in ("SGD", "Adam", "RMSprop"):
    for module in (tf.keras.optimizers, tf.optimizers):
        setattr(module, name, getattr(tf.keras.optimizers.legacy, name))
tf.config.threading.set_inter_op_parallelism_threads(1)
tf.config.threading.set_intra_op_parallelism_threads(1)

printed = io.StringIO()
sys.argv = [str(PROGRAM), str(TABLES), str(SEEDS), *sys.argv[1:]]
with contextlib.redirect_stdout(printed):
    runpy.run_path(str(PROGRAM), run_name="__main__")

runs = {}
for line in printed.getvalue().splitlines():
    if line.startswith("CURVE "):
        _, name, history = line.split(" ", 2)
        runs.setdefault(name, []).append(json.loads(history))


def summed_up(histories, what):
    return {k: [float(f"{v:.6g}") for v in what([h[k] for h in histories])] for k in histories[0]}


head = {"format": 1, "script": "tensorflow_curves.py", "seed": 0,
        "versions": {m.__name__: m.__version__ for m in (tf, tf_keras, np)}}
cases = [
    {"name": name, "runs": len(histories), "mean": summed_up(histories, lambda v: np.mean(v, axis=0)),
     "deviation": summed_up(histories, lambda v: np.std(v, axis=0, ddof=1))}
    for name, histories in runs.items()
]
lines = ["{", *(f" {json.dumps(k)}: {json.dumps(v)}," for k, v in head.items()), ' "cases": [',
         ",\n".join("  " + json.dumps(c) for c in cases), " ]", "}", ""]
(OUT / "tensorflow_curves.json").write_text("\n".join(lines))
