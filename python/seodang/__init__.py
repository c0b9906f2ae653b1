"""Seodang: machine learning and deep learning in one small package."""


def load_ipython_extension(shell) -> None:
    """``%load_ext seodang``: imports of TensorFlow and Keras in the notebook give Seodang."""
    from seodang.run import notebook

    notebook.load(shell)


def unload_ipython_extension(shell) -> None:
    """``%unload_ext seodang``: imports are Python's own again."""
    from seodang.run import notebook

    notebook.unload(shell)
