"""`get_file`: files from the network, kept in a folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tarfile
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from ..._language import both


def home() -> Path:
    """Keras's folder: `KERAS_HOME`, else `~/.keras`."""
    return Path(os.environ.get("KERAS_HOME") or Path("~/.keras").expanduser())


def _digest(path: Path, algorithm: str, expected: str) -> str:
    if algorithm == "auto":
        algorithm = "sha256" if len(expected) == 64 else "md5"
    h = hashlib.new(algorithm)
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            h.update(block)
    return h.hexdigest()


def is_right(path, file_hash, algorithm="auto") -> bool:
    """Whether a file has a checksum."""
    return _digest(Path(path), algorithm, str(file_hash)) == str(file_hash)


def _download(origin: str, path: Path) -> None:
    """Writes what an address holds to a file, with a bar; nothing stays of what was broken off."""
    part = path.with_name(path.name + ".part")
    try:
        request = urllib.request.Request(origin, headers={"User-Agent": "seodang"})
        with urllib.request.urlopen(request, timeout=60) as source, open(part, "wb") as target:
            size = int(source.headers.get("Content-Length") or 0)
            print(f"Downloading data from {origin}")
            done, show = 0, sys.stdout.isatty()
            while block := source.read(1 << 18):
                target.write(block)
                done += len(block)
                if show and size:
                    width = int(30 * done / size)
                    print(f"\r{done}/{size} [{'=' * width}{'.' * (30 - width)}]", end="", flush=True)
            if show and size:
                print()
        os.replace(part, path)
    except (urllib.error.URLError, OSError, TimeoutError) as e:
        raise OSError(both(
            f"URL fetch failure on {origin}: {e}. If there is no network here, put the file there by "
            f"hand: {path}",
            f"{origin}을(를) 받지 못했습니다. 네트워크가 없으면 파일을 직접 {path}에 두세요.",
        )) from e
    finally:
        part.unlink(missing_ok=True)


def _extract(path: Path, target: Path, archive_format="auto") -> bool:
    """Unpacks an archive; nothing is written outside of the folder."""
    kinds = ("tar", "zip") if archive_format == "auto" else (
        (archive_format,) if isinstance(archive_format, str) else tuple(archive_format))
    if "zip" in kinds and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            archive.extractall(target)
        return True
    if "tar" in kinds and tarfile.is_tarfile(path):
        with tarfile.open(path) as archive:
            archive.extractall(target, filter="data")
        return True
    return False


def get_file(fname=None, origin=None, untar=False, md5_hash=None, file_hash=None,
             cache_subdir="datasets", hash_algorithm="auto", extract=False, archive_format="auto",
             cache_dir=None, force_download=False) -> str:
    """The path of a file that is fetched once and then kept.

    Args:
        fname: the name under which it is kept; the last part of the address if absent.
        origin: the address.
        untar: whether to unpack a tar archive; then the folder's path is given.
        file_hash, md5_hash, hash_algorithm: the checksum that it must have.
        cache_subdir, cache_dir: the folder; `datasets` under `~/.keras` if absent.
        extract: whether to unpack it beside itself.
        archive_format: "auto", "tar", "zip" or None.

    Raises OSError if it is not there and cannot be fetched, ValueError for a wrong checksum.
    """
    if origin is None:
        raise ValueError(both(
            "Please specify the `origin` argument (URL of the file to download).",
            "받을 파일의 주소를 `origin`으로 주세요.",
        ))
    if md5_hash is not None and file_hash is None:
        file_hash, hash_algorithm = md5_hash, "md5"
    folder = (Path(cache_dir).expanduser() if cache_dir else home()) / cache_subdir
    folder.mkdir(parents=True, exist_ok=True)
    name = str(fname or os.path.basename(urllib.request.urlparse(origin).path))
    if not name:
        raise ValueError(f"Can't parse the file name from the origin provided: '{origin}'. Please "
                         "specify the `fname` as the input param.")
    packed = folder / (name + ".tar.gz" if untar and not name.endswith((".tar.gz", ".tgz")) else name)
    unpacked = folder / name.removesuffix(".tar.gz").removesuffix(".tgz") if untar else packed
    fresh = force_download or not packed.exists()
    if untar and not force_download and unpacked.exists() and unpacked.is_dir():
        return str(unpacked)
    if not fresh and file_hash is not None and not is_right(packed, file_hash, hash_algorithm):
        print("A local file was found, but it seems to be incomplete or outdated because the file hash "
              f"does not match the original value of {file_hash} so we will re-download the data.")
        fresh = True
    if fresh:
        if origin.startswith("file://"):
            shutil.copyfile(urllib.request.url2pathname(origin[len("file://") :]), packed)
        else:
            _download(origin, packed)
        if file_hash is not None and not is_right(packed, file_hash, hash_algorithm):
            packed.unlink(missing_ok=True)
            raise ValueError(both(
                f"Incomplete or corrupted file detected. The file hash does not match the "
                f"provided value of {file_hash}.",
                "파일이 덜 받아졌거나 손상되었습니다. 해시가 다릅니다.",
            ))
    if untar:
        if not unpacked.exists():
            _extract(packed, folder, "tar")
        return str(unpacked)
    if extract:
        _extract(packed, folder, archive_format)
    return str(packed)


def get_source_inputs(tensor):
    """The symbolic inputs that a symbolic value comes from."""
    found: list = []

    def visit(x) -> None:
        node = x.node
        if node is None or node.is_input:
            if not any(x is f for f in found):
                found.append(x)
            return
        for parent in node.inputs:
            visit(parent)

    visit(tensor)
    return found
