"""Runs programs written for TensorFlow and Keras on Seodang, unchanged.

- ``python -m seodang program.py`` and ``seodang run program.py`` run a script (:mod:`.command`),
- ``%load_ext seodang`` does the same for a notebook (:mod:`.notebook`),
- :func:`install` for programs that start it themselves.

While it is installed, imports that the user's own program makes of the libraries in :mod:`.table`
give Seodang's modules; packages that are installed keep the real ones (:mod:`.ownership`).
"""

from __future__ import annotations

from collections.abc import Iterable


def install(roots: Iterable[str] = ()) -> None:
    """Redirects imports of TensorFlow and Keras in ``__main__`` and in modules below `roots`.

    Calling it again adds roots.
    """
    from seodang.run import children, redirect

    redirect.install(roots)
    children.install()


def uninstall() -> None:
    """Ends the redirection; what has been imported stays."""
    from seodang.run import children, redirect

    children.uninstall()
    redirect.uninstall()
