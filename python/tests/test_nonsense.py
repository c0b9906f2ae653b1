"""Calls every public name with nonsense, and requires an exception or a result.

The calls are made by `nonsense_child.py`, in a process of its own with a limit of memory, since
what is looked for is what ends a process: a panic, an abort, a segmentation fault. The child writes each
call down before it makes it: a process that ends is no riddle, and the next one goes on behind it.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import seodang

CHILD = Path(__file__).with_name("nonsense_child.py")
CHILDREN = 2
# Without any new call for so long, the child hangs in one that does not use the processor.
PATIENCE = 120
# As many deaths are told apart; more would only take time.
DEATHS = 10


def start(folder: Path, journal: Path, first: int):
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(seodang.__file__).resolve().parents[1]),
        "HOME": str(folder),
        "SEODANG_LANG": "en",
        "RUST_BACKTRACE": "0",
        "MPLBACKEND": "Agg",
    }
    words = [sys.executable, str(CHILD), str(journal), str(first), str(CHILDREN)]
    return subprocess.Popen(
        words,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=(folder / "stderr").open("w"),
    )


def lines(journal: Path) -> list[str]:
    if not journal.exists():
        return []
    return journal.read_text(encoding="utf-8", errors="replace").splitlines()


def wait(child, journal: Path) -> str:
    """How a child ended: its exit status, or that it hung and was ended."""
    size, since = -1, time.monotonic()
    while True:
        try:
            return f"the process ended with status {child.wait(timeout=1)}"
        except subprocess.TimeoutExpired:
            now = journal.stat().st_size if journal.exists() else 0
            if now != size:
                size, since = now, time.monotonic()
            elif time.monotonic() - since > PATIENCE:
                child.kill()
                child.wait()
                return f"no end within {PATIENCE} s"


@pytest.mark.skipif(sys.platform != "linux", reason="the limits are Linux's")
def test_nonsense_gives_an_exception_or_a_result(tmp_path):
    bad, calls, running = [], 0, []
    for part in range(CHILDREN):
        folder = tmp_path / str(part)
        folder.mkdir()
        journal = tmp_path / f"journal-{part}-0"
        running.append((start(folder, journal, part), folder, journal, 0))
    while running:
        child, folder, journal, deaths = running.pop(0)
        ending = wait(child, journal)
        written = lines(journal)
        calls += len(written)
        bad += [line for line in written if line.startswith("BAD")]
        if written and written[-1] == "DONE":
            continue
        said = (folder / "stderr").read_text(errors="replace")[-2000:]
        assert written, f"the child could not begin: {ending}\n{said}"
        bad.append(f"{ending} in {written[-1]}\n{said}")
        if deaths < DEATHS:
            last = next(n for n in reversed(written) if n[0].isdigit())
            following = int(last.split(" ", 1)[0]) + CHILDREN
            again = journal.with_name(f"{journal.name}-{deaths}")
            running.append((start(folder, again, following), folder, again, deaths + 1))
    assert not bad, f"{len(bad)} calls with nonsense ended badly:\n" + "\n".join(bad)
    assert calls > 10_000, "the names were not found"
