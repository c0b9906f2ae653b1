"""``tf.io.gfile``: files and folders by name. Errors are TensorFlow's."""

from __future__ import annotations

import contextlib
import glob as _glob
import io as _io
import os
import shutil
from collections import namedtuple

from ._core import errors


def path_of(filename) -> str:
    """A file's name, however it is given."""
    from seodang._strings import StringTensor

    if isinstance(filename, StringTensor):
        filename = filename.numpy()
    return filename.decode() if isinstance(filename, bytes) else os.fspath(filename)


@contextlib.contextmanager
def _translated():
    """Turns the system's errors into TensorFlow's."""
    kinds = {
        FileNotFoundError: errors.NotFoundError, FileExistsError: errors.AlreadyExistsError,
        PermissionError: errors.PermissionDeniedError, IsADirectoryError: errors.FailedPreconditionError,
        NotADirectoryError: errors.FailedPreconditionError,
    }
    try:
        yield
    except tuple(kinds) as e:
        raise kinds[type(e)](None, None, f"{e.filename}; {e.strerror}") from None
    except OSError as e:
        if isinstance(e, errors.OpError):
            raise
        raise errors.FailedPreconditionError(None, None, f"{e.filename}; {e.strerror}") from None


class GFile:
    """A file, opened when it is first used.

    Args:
        name: the file.
        mode: "r", "w", "a", with "b" for bytes and "+" for both.

    Raises NotFoundError when a file to be read is not there.
    """

    def __init__(self, name, mode: str = "r", encoding: str = "utf-8") -> None:
        self.name, self.mode = path_of(name), mode
        self._encoding, self._file = encoding, None

    def _open(self):
        if self._file is None:
            with _translated():
                text = "b" not in self.mode
                self._file = open(self.name, self.mode, encoding=self._encoding if text else None)
        return self._file

    def read(self, n: int = -1):
        """The rest, or as many characters."""
        return self._open().read(n)

    def readline(self):
        """The next line."""
        return self._open().readline()

    def readlines(self) -> list:
        """All lines."""
        return self._open().readlines()

    def write(self, file_content) -> None:
        """Adds text, or bytes."""
        self._open().write(file_content)

    def seek(self, offset=None, whence: int = 0, position=None) -> None:
        """Goes to a place."""
        self._open().seek(offset if position is None else position, whence)

    def tell(self) -> int:
        """The place."""
        return self._open().tell()

    def size(self) -> int:
        """How many bytes the file has."""
        self.flush()
        return stat(self.name).length

    def seekable(self) -> bool:
        """True."""
        return True

    def flush(self) -> None:
        """Brings what was written to the disk."""
        if self._file is not None and "r" != self.mode[0]:
            self._file.flush()

    def close(self) -> None:
        """Closes the file."""
        if self._file is not None:
            self._file.close()
            self._file = None
        elif self.mode[0] == "w":
            # TensorFlow makes an empty file when nothing was written.
            self._open().close()
            self._file = None

    def __enter__(self) -> GFile:
        return self

    def __exit__(self, *details) -> None:
        self.close()

    def __iter__(self):
        return iter(self._open())

    def __next__(self):
        return next(self._open())


def exists(path) -> bool:
    """Whether there is a file or folder."""
    return os.path.exists(path_of(path))


def isdir(path) -> bool:
    """Whether there is a folder."""
    return os.path.isdir(path_of(path))


def listdir(path) -> list[str]:
    """The names in a folder. NotFoundError if there is none."""
    with _translated():
        if not os.path.isdir(path_of(path)):
            raise errors.NotFoundError(None, None, "Could not find directory " + path_of(path))
        return sorted(os.listdir(path_of(path)))


def makedirs(path) -> None:
    """Makes a folder and those around it."""
    with _translated():
        os.makedirs(path_of(path), exist_ok=True)


def mkdir(path) -> None:
    """Makes a folder. NotFoundError if the one around it is not there."""
    with _translated():
        if not os.path.isdir(path_of(path)):
            os.mkdir(path_of(path))


def remove(path) -> None:
    """Removes a file. NotFoundError if it is not there."""
    with _translated():
        os.remove(path_of(path))


def rmtree(path) -> None:
    """Removes a folder and all in it. NotFoundError if it is not there."""
    with _translated():
        shutil.rmtree(path_of(path))


def copy(src, dst, overwrite: bool = False) -> None:
    """Copies a file. AlreadyExistsError if it would replace another."""
    _free(dst, overwrite)
    with _translated():
        shutil.copyfile(path_of(src), path_of(dst))


def rename(src, dst, overwrite: bool = False) -> None:
    """Moves a file or folder. AlreadyExistsError if it would replace another."""
    _free(dst, overwrite)
    with _translated():
        os.replace(path_of(src), path_of(dst))


def _free(dst, overwrite: bool) -> None:
    if os.path.exists(path_of(dst)) and not overwrite:
        raise errors.AlreadyExistsError(None, None, f"file already exists: {path_of(dst)}")


def glob(pattern) -> list[str]:
    """The files that match a pattern, or any of several, in order."""
    patterns = pattern if isinstance(pattern, (list, tuple)) else [pattern]
    return [f for p in patterns for f in sorted(_glob.glob(path_of(p)))]


def join(path, *paths) -> str:
    """Parts of a path as one."""
    return os.path.join(path_of(path), *map(path_of, paths))


def walk(top, topdown: bool = True, onerror=None):
    """(folder, names of folders, names of files) of a folder and all in it."""
    for folder, folders, files in os.walk(path_of(top), topdown):
        folders.sort()
        yield folder, folders, sorted(files)


FileStatistics = namedtuple("FileStatistics", "length mtime_nsec is_directory")


def stat(path) -> FileStatistics:
    """A file's size in bytes, and when it was changed. NotFoundError if it is not there."""
    with _translated():
        found = os.stat(path_of(path))
        return FileStatistics(found.st_size, found.st_mtime_ns, os.path.isdir(path_of(path)))


def get_registered_schemes() -> list[str]:
    """The kinds of addresses: plain names."""
    return [""]


SEEK_SET = _io.SEEK_SET
