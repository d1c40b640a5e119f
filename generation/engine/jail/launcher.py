"""A clean process between a caller full of secrets and a jail: run as a script, one request in, one answer out.

It starts with an empty environment and no descriptors but its own three, and dies with its caller.
"""

import json
import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from generation.engine.errors import EngineFault
from generation.engine.jail import linux, probes, seccomp
from generation.engine.jail.box import Box, Level
from generation.engine.jail.programs import exec_in
from generation.engine.limits import Limits

_START, _MAIN, _SIEVE = "/job/start.py", "/job/main.py", "/job/sieve"
_OWN_FILES = frozenset(Path(place).name for place in (_START, _MAIN, _SIEVE))

# The interpreter itself had to be started; from here on nothing more is.
_SHUT_THE_DOOR = f"""
import ctypes, sys, types

def _shut():
    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]
    with open("{_SIEVE}", "rb") as file:
        sieve = file.read()
    buffer = ctypes.create_string_buffer(sieve, len(sieve))
    program = Program(len(sieve) // 8, ctypes.addressof(buffer))
    wide = [ctypes.c_ulong(a) for a in (2, ctypes.addressof(program), 0, 0)]
    if ctypes.CDLL(None).prctl({linux.PR_SET_SECCOMP}, *wide) != 0:
        sys.exit("no programs may be started here, but the door would not shut")

def _load():
    with open("{_MAIN}", "rb") as file:
        return compile(file.read(), "{_MAIN}", "exec", dont_inherit=True)

_shut()
sys.argv = ["{_MAIN}"]
_module = types.ModuleType("__main__")
_module.__file__ = "{_MAIN}"
_module.__builtins__ = __builtins__
sys.modules["__main__"] = _module
exec(_load(), _module.__dict__)
"""


def _die_with(parent: int) -> None:
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)


def _run(request: dict[str, object], content: bytes) -> dict[str, object]:
    limits = Limits(**request["limits"])  # type: ignore[arg-type]
    runtime = tuple(Path(path) for path in request["runtime"])  # type: ignore[attr-defined]
    python = str(request["python"])
    files = {
        _START: _SHUT_THE_DOOR.encode(),
        _MAIN: content,
        _SIEVE: seccomp.program(may_exec=False),
    }
    level = Level(str(request["level"]))
    start, own = _START, frozenset[str]()
    if level is Level.LANDLOCK:  # no private root to put them in: they lie in the working folder
        start, own = Path(_START).name, _OWN_FILES
        files[_START] = files[_START].replace(b"/job/", b"")
        files = {Path(place).name: text for place, text in files.items()}
    box = Box(limits=limits, files=files, runtime=runtime)
    finished = exec_in([python, "-I", "-B", start], box, level=level)
    return {
        "ended": [getattr(finished.ended, name) for name in ("exit_code", "signal", "reason", "limit", "seconds")],
        "stdout": finished.stdout.decode("utf-8", "replace"),
        "stderr": finished.stderr.decode("utf-8", "replace"),
        "files": [[file.name, file.kind, file.size] for file in finished.files if file.name not in own],
    }


def _main() -> None:
    request = json.loads(sys.stdin.buffer.readline())
    _die_with(request["parent"])
    try:
        if request["act"] == "selftest":
            answer: dict[str, object] = {"checks": probes.run(request)}
        else:
            answer = _run(request, sys.stdin.buffer.read())
    except EngineFault as fault:
        answer = {"unavailable": fault.fault.log}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _main()
