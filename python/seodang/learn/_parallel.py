"""Many calls of a function, at once where that is asked for.

Where joblib is installed it runs them, so that programs choose where: threads, processes, or the
machines of a Dask or Ray cluster, with ``joblib.parallel_config``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

from ._config import config_context, get_config


def _joblib(n_jobs: int | None) -> Any:
    # Nobody can have chosen a backend before joblib is loaded.
    if n_jobs in (None, 1) and "joblib" not in sys.modules:
        return None
    try:
        import joblib
    except ImportError:
        return None
    return joblib


def workers(n_jobs: int | None) -> int:
    """How many calls run at once: -1 is one for each core, -2 one less, None what joblib is told.

    Raises
    ------
    ValueError
        For 0.
    """
    if n_jobs == 0:
        raise ValueError("n_jobs == 0 in Parallel has no meaning")
    joblib = _joblib(n_jobs)
    if joblib is not None:
        return max(1, joblib.effective_n_jobs(n_jobs))
    if n_jobs is None:
        return 1
    return n_jobs if n_jobs > 0 else max(1, (os.cpu_count() or 1) + 1 + n_jobs)


def _theirs() -> Any:
    """scikit-learn, whose estimators may be parts, if the program has loaded it."""
    theirs = sys.modules.get("sklearn")
    return theirs if hasattr(theirs, "config_context") else None


def _configured(
    function: Callable[..., Any], arguments: tuple, config: dict[str, Any], theirs: dict | None
) -> Any:
    """A call under the configuration of the thread that asked for it."""
    with ExitStack() as stack:
        stack.enter_context(config_context(**config))
        if theirs is not None:
            import sklearn

            stack.enter_context(sklearn.config_context(**theirs))
        return function(*arguments)


def run(
    function: Callable[..., Any],
    arguments: Iterable[tuple],
    n_jobs: int | None = None,
    *,
    verbose: int = 0,
    pre_dispatch: int | str = "2*n_jobs",
    threads: bool = False,
) -> list[Any]:
    """What `function` gives for each tuple of arguments, in their order.

    Parameters
    ----------
    function : what to call
    arguments : the arguments of each call
    n_jobs : how many at once, as joblib counts
    verbose : how much joblib tells
    pre_dispatch : how many calls joblib prepares ahead
    threads : whether the calls share memory and so need threads
    """
    joblib = _joblib(n_jobs)
    config = get_config()
    theirs = _theirs().get_config() if _theirs() is not None else None
    if joblib is not None:
        more = {"require": "sharedmem"} if threads else {}
        pool = joblib.Parallel(n_jobs=n_jobs, verbose=verbose, pre_dispatch=pre_dispatch, **more)
        call = joblib.delayed(_configured)
        return list(pool(call(function, a, config, theirs) for a in arguments))
    count = workers(n_jobs)
    if count == 1:
        return [function(*a) for a in arguments]
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(lambda a: _configured(function, a, config, theirs), arguments))
