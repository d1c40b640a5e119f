"""Routes out are refused by rule and line, ordinary code passes, and no text takes long or runs. (P-S, P-M)"""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from generation.engine.policy import check
from generation.engine.syntax import NOWHERE
from tests.policy.harmless import HARMLESS
from tests.policy.hostile import HOSTILE
from tests.policy.test_refused import REFUSED

HEAD = "from manim import *\nfrom theorama_kit import *\nimport numpy as np\nimport math\nimport random\n"
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_route_out_is_refused_by_rule_and_line(name: str) -> None:
    verdict = check(HEAD + HOSTILE[name] + "\n")
    assert not verdict.allowed
    assert verdict.rule
    assert verdict.line is not None
    assert HEAD.count("\n") < verdict.line <= HEAD.count("\n") + HOSTILE[name].count("\n") + 1
    assert verdict.message.endswith((".", "+"))


@pytest.mark.parametrize("name", HARMLESS)
def test_ordinary_code_passes(name: str) -> None:
    body = textwrap.indent(HARMLESS[name], " " * 8)
    verdict = check(
        f"from manim import *\nimport math\nimport random\n\n\nclass A(Scene):\n    def construct(self):\n{body}\n"
    )
    assert verdict.allowed, verdict


WATCHED = """
import json, sys
from generation.engine.policy import check
sources = json.load(sys.stdin)
check("from manim import *\\nx = 1\\n")  # its lists are read once, from its own folder
seen = []
def hear(event, arguments):
    seen.append(f"open {arguments[0]}" if event == "open" else event)
sys.addaudithook(hear)
if sys.argv[1] == "control":
    exec(sources[0])
else:
    for source in sources: check(source)
print(json.dumps(sorted(set(seen))))
"""


def _events(how: str, sources: list[str]) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-B", "-c", WATCHED, how],
        input=json.dumps(sources), capture_output=True, text=True, check=True, timeout=120, cwd=ROOT,
    )  # fmt: skip
    return set(json.loads(done.stdout))


def test_the_interpreter_sees_nothing_but_parsing_while_code_is_checked(tmp_path: Path) -> None:
    """An audit hook hears of every file, program, process, import and execution."""
    act = f"import subprocess\n@(lambda f: open({str(tmp_path / 'ran')!r}, 'w'))\ndef f(): pass\n"
    act += "subprocess.run(['true'])\n"
    assert {"exec", "import", f"open {tmp_path / 'ran'}", "subprocess.Popen"} <= _events("control", [act])
    assert (tmp_path / "ran").exists()
    hostile = [HEAD + code for code in HOSTILE.values()] + [HEAD + code for code, _ in REFUSED.values()]
    assert _events("check", [*hostile, act]) <= {"compile", f"open {NOWHERE}"}


def _filled(piece: str, room: int = 65_000) -> str:
    return "x = 1\n" + piece * (room // len(piece))


HEAVY = {
    "three hundred thousand statements": "x = 1\n" * 300_000,
    "as many statements as fit": _filled("x\n"),
    "one line of statements": _filled("x;"),
    "sums of texts": _filled("''+" * 300 + "''\n"),
    "sums of numbers": _filled("Wait(" + "1+" * 200 + "1)\n"),
    "powers of powers": _filled("Wait(9**9**9**9)\n"),
    "huge powers": "x = 9**9**9\ny = 9**(9**9)\nz = 'a' * 9**9\n",
    "a huge number": "x = " + "9" * 60_000,
    "a huge number in hexadecimal": "x = 0x" + "f" * 60_000,
    "chains of attributes": _filled("x" + ".up" * 320 + "\n"),
    "comparisons": "x" + "<x" * 30_000,
    "conditions": "x = " + "1 if x else " * 5_000 + "1",
    "a ladder of elif": "if x: x\n" + "elif x: x\n" * 6_000,
    "nested lambdas": "x = " + "lambda a: " * 900 + "1",
    "nested calls": "x = " + "f(" * 199 + ")" * 199,
    "nested comprehensions": "[" * 300 + "x" + " for x in x]" * 300,
    "nested blocks": "".join(" " * n + "def f():\n" for n in range(95)) + " " * 95 + "pass\n",
    "nested handlers": "".join(f"{' ' * n}try:\n{' ' * n} x\n{' ' * n}except ValueError as e:\n" for n in range(90))
    + " " * 90 + "print(e)\n",
    "handlers that tell": "try:\n x\nexcept ValueError as e:\n" + " print(e)\n" * 6_000,
    "fields of f-strings": "x = f'" + "{x}" * 20_000 + "'",
    "fields of format": "'" + "{:" * 2_000 + "}" * 2_000 + "'.format(x)",
    "braces": "x = '" + "{" * 60_000 + "'",
    "braces and dots": "x = '" + "{." * 30_000 + "'",
    "begins": "x = r'" + "\\begin{" * 8_000 + "'",
    "begins and spaces": "x = r'\\begin" + " " * 60_000 + "'",
    "letters of Greek": "# é\n" + "é=1\n" * 12_000,
    "brackets": "(" * 30_000,
    "minus": "x = " + "-" * 60_000 + "1",
    "not": "x = " + "not " * 15_000 + "1",
    "arguments": "def f(" + ",".join(f"a{n}" for n in range(9_000)) + "): pass",
}  # fmt: skip


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_code_is_judged_within_a_second(name: str) -> None:
    assert any(_seconds(HEAVY[name]) < 1 for _ in range(3)), "not even once in three tries on a machine that is shared"


def _seconds(source: str) -> float:
    began = time.process_time()
    check(source)
    return time.process_time() - began
