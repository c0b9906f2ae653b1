"""The commands ``python -m seodang PROGRAM`` and, as a console script, ``seodang run PROGRAM``."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys

from seodang._language import text

_USAGE_EN = """\
Runs a program written for TensorFlow or Keras on Seodang, unchanged.

Usage: {call} [--report] PROGRAM [ARGUMENTS...]
       {call} [--report] -m MODULE [ARGUMENTS...]
       {call} [--report] -c CODE [ARGUMENTS...]
       {call} [--report] - [ARGUMENTS...]       the program comes from the standard input

  --report   at the end, list the names of TensorFlow and Keras that the program uses, and those
             that Seodang lacks (on the standard error)

In a notebook: %load_ext seodang
"""

_USAGE_KO = """\
텐서플로나 케라스로 쓴 프로그램을 고치지 않고 Seodang에서 실행합니다.

사용법: {call} [--report] 프로그램 [인수...]
        {call} [--report] -m 모듈 [인수...]
        {call} [--report] -c 코드 [인수...]
        {call} [--report] - [인수...]       표준 입력에서 프로그램을 읽습니다

  --report   끝날 때 프로그램이 쓰는 텐서플로와 케라스의 이름, 그중 Seodang에 없는 이름을
             표준 오류로 보여 줍니다

노트북에서: %load_ext seodang
"""

# Set for the Rust program, so that two console scripts cannot call each other for ever.
_GUARD = "SEODANG_CONSOLE_SCRIPT"


def run(arguments: list[str], call: str = "python -m seodang") -> int:
    """Runs the program that the arguments name, and gives the exit code if it returns."""
    from seodang.run import program

    words = list(arguments)
    while words and words[0] == "--report":
        words.pop(0)
        # Registered now, so that what the program registers is done first.
        atexit.register(_report)
    if not words or words[0] in ("-h", "--help"):
        usage = text(_USAGE_EN, _USAGE_KO).format(call=call)
        print(usage, end="", file=sys.stdout if words else sys.stderr)
        return 0 if words else 2
    first, rest = words[0], words[1:]
    if first in ("-V", "--version"):
        print(f"seodang {_version()}")
    elif first in ("-m", "-c"):
        if not rest:
            print(
                f"{call}: " + text(f"{first} needs a value", f"{first} 뒤에 값이 필요합니다"),
                file=sys.stderr,
            )
            return 2
        (program.run_module if first == "-m" else program.run_code)(rest[0], rest[1:])
    elif first == "-":
        program.run_input(rest)
    elif first.startswith("-"):
        print(f"{call}: " + text(f"no option {first}", f"{first} 옵션은 없습니다"), file=sys.stderr)
        return 2
    else:
        program.run_file(first, rest)
    return 0


def main() -> int:
    """The console script ``seodang``: ``run`` is here, all else is the Rust program's."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["run"]:
        return run(arguments[1:], call="seodang run")
    if arguments[:1] in (["-V"], ["--version"]):
        return run(arguments[:1])
    program = None if os.environ.get(_GUARD) else _rust_program()
    if program is not None:
        return subprocess.run([program, *arguments], env={**os.environ, _GUARD: "1"}).returncode
    asked = " ".join(arguments[:1])
    if asked in ("", "-h", "--help"):
        print(text(_USAGE_EN, _USAGE_KO).format(call="seodang run"), end="")
        return 0
    print(
        text(
            f"seodang: `{asked}` is a command of the Seodang program, which is not on the PATH: "
            "`cargo install --path crates/seodang-cli` installs it; the Python package has `run`",
            f"seodang: `{asked}` 명령은 Seodang 프로그램에 있는데 PATH에서 찾을 수 없습니다. "
            "`cargo install --path crates/seodang-cli`로 설치하세요. 파이썬 패키지에는 `run`만 "
            "있습니다",
        ),
        file=sys.stderr,
    )
    return 2


def _rust_program() -> str | None:
    """The program `seodang` on the PATH that is no console script of a Python."""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        found = shutil.which("seodang", path=folder) if folder else None
        if found and not _is_console_script(found):
            return found
    return None


def _is_console_script(path: str) -> bool:
    # On Windows a script is an .exe with an archive at its end, beside a python.exe.
    with open(path, "rb") as file:
        if file.read(2) == b"#!":
            return True
    folder = os.path.dirname(path)
    return os.name == "nt" and os.path.exists(os.path.join(folder, "python.exe"))


def _report() -> None:
    from seodang.run import report

    # Not on what may be closed by now.
    if sys.stderr is not None:
        sys.stderr.write(report.of_program())


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("seodang")
    except PackageNotFoundError:
        return "(not installed)"
