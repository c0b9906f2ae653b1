"""What `verbose` prints while boosting: scikit-learn's lines."""

from __future__ import annotations

from typing import Any

import numpy as np

# What a histogram-based fit tells of.
_BINNED, _BINNED_HELD_OUT, _BEGUN, _ROUND, _DONE = range(5)


class RoundLines:
    """Of histogram-based boosting: what took how long and, from 2 on, each round."""

    def __init__(self, estimator: Any, trees: int) -> None:
        self._estimator = estimator
        self._trees = trees
        self._scored = "loss" if estimator.scoring == "loss" else "score"

    def __call__(self, what: np.ndarray, numbers: np.ndarray) -> np.ndarray:
        what, numbers = int(what), numbers.tolist()
        if what in (_BINNED, _BINNED_HELD_OUT):
            size, seconds = numbers
            name = "training" if what == _BINNED else "validation"
            print(f"Binning {size / 1e9:.3f} GB of {name} data: {seconds:.3f} s")
        elif what == _BEGUN:
            print("Fitting gradient boosted rounds:")
        elif what == _ROUND and self._estimator.verbose > 1:
            print(self._round(*numbers))
        elif what == _DONE:
            trees, leaves, seconds, *parts = numbers
            print(f"Fit {trees:.0f} trees in {seconds:.3f} s, ({leaves:.0f} total leaves)")
            names = ("computing histograms", "finding best splits", "applying splits", "predicting")
            for name, part in zip(names, parts, strict=True):
                print(f"{f'Time spent {name}:':32} {part:.3f}s")
        return np.zeros(())

    def _round(
        self, number: float, leaves: float, depth: float, train: float, held: float, seconds: float
    ) -> str:
        sign = -1 if self._scored == "loss" else 1
        line = f"[{number:.0f}/{self._estimator.max_iter}] {self._trees} tree{'s' * (self._trees > 1)}, "
        line += f"{leaves:.0f} leaves"
        if self._trees > 1:
            line += f" ({int(leaves / self._trees)} on avg)"
        line += f", max depth = {depth:.0f}, "
        # There are none without early stopping, and none of samples that nobody held out.
        for name, score in (("train", train), ("val", held)):
            if score == score:
                line += f"{name} {self._scored}: {sign * score:.5f}, "
        return line + f"in {seconds:.3f}s"


class StageLines:
    """Of boosting over the values themselves: the loss of the first stages and of every tenth, then
    hundredth, ...; of each, from 2 on."""

    def __init__(self, estimator: Any) -> None:
        self._estimator = estimator
        self._first: int | None = None
        self._every = 1

    def __call__(
        self, stage: np.ndarray, loss: np.ndarray, better: np.ndarray, seconds: np.ndarray
    ) -> np.ndarray:
        stage, estimator = int(stage), self._estimator
        improves = estimator.subsample < 1
        if self._first is None:
            self._first = stage
            names = ["Train Loss", *["OOB Improve"] * improves, "Remaining Time"]
            print(f"{'Iter':>10} " + "".join(f"{name:>16} " for name in names))
        done = stage - self._first + 1
        if done % self._every == 0:
            left = (estimator.n_estimators - stage - 1) * float(seconds) / done
            cells = [f"{float(loss):16.4f}", *[f"{float(better):16.4f}"] * improves]
            cells.append(f"{f'{left / 60:.2f}m' if left > 60 else f'{left:.2f}s':>16}")
            print(f"{stage + 1:10d} " + " ".join(cells))
            if estimator.verbose <= 1 and done >= 10 * self._every:
                self._every *= 10
        return np.zeros(())
