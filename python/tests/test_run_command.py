"""The console script `seodang`: `run` in Python, everything else handed to the Rust program."""

import os
import subprocess
import sys

import pytest
from run_support import Ground


@pytest.fixture
def ground(tmp_path):
    return Ground(tmp_path)


def script(ground, *words, path=""):
    """Runs the console script as pip makes it."""
    file = ground.folder / "bin" / "seodang"
    file.parent.mkdir(exist_ok=True)
    file.write_text(
        f"#!{sys.executable}\nimport sys\nfrom seodang.__main__ import main\nsys.exit(main())\n"
    )
    file.chmod(0o755)
    environment = {**ground.environment(), "PATH": f"{file.parent}{os.pathsep}{path}"}
    return subprocess.run(
        [sys.executable, str(file), *words],
        cwd=ground.home,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_run(ground):
    ground.write(
        program="import sys, keras, beside; print(keras.__version__, sys.argv)",
        beside="",
    )
    done = script(ground, "run", "program.py", "x")
    assert done.stdout == "ours ['program.py', 'x']\n", done.stderr
    assert script(ground, "run", "-c", "raise SystemExit(9)").returncode == 9
    failed = script(ground, "run", "-c", "1 / 0").stderr
    assert failed == ground.python("-c", "1 / 0").stderr


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for the Rust program")
def test_other_commands_go_to_the_rust_program(ground):
    folder = ground.folder / "rust"
    folder.mkdir()
    program = folder / "seodang"
    # A link to a real binary, so that it is no script.
    os.symlink("/bin/echo", program)
    done = script(ground, "train", "digits", path=str(folder))
    assert (done.stdout, done.returncode) == ("train digits\n", 0)


def test_without_the_rust_program_it_is_explained(ground):
    done = script(ground, "train", "digits")
    assert done.returncode == 2
    assert "cargo install" in done.stderr
    assert "Usage: seodang run" in script(ground).stdout
