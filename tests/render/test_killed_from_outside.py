"""Somebody kills a part of the renderer: that is our fault and not the code's, and the next job runs."""

import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generation.engine import jail
from generation.engine.errors import EngineFault
from generation.engine.jail import cgroups
from generation.engine.render import Renderer
from tests.render.processes import alive, children, daemon_pid, within
from tests.render.scenes import HEAD, SQUARE

pytestmark = [pytest.mark.render, pytest.mark.jail]
SPINS = HEAD + "class Bad(Scene):\n    def construct(self):\n        while True:\n            pass\n"
ASKS = HEAD + (
    "class Bad(Scene):\n    def construct(self):\n"
    "        for n in range(2000):\n            self.add(MathTex(str(n) + r'\\frac{{1}}{{{0}}}'.format(n + 7)))\n"
)


@pytest.fixture
def own() -> Iterator[tuple[Renderer, Path]]:
    folder = Path(tempfile.mkdtemp(prefix="killed-"))
    renderer = Renderer(folder)
    assert renderer.check(SQUARE, "Square1").fault is None
    yield renderer, folder
    renderer.close()
    assert within(20, lambda: not alive(daemon_pid(folder)))


def fault_of(renderer: Renderer, code: str, harm: Callable[[], None]) -> str:
    """The code of the error that a check ends with when this is done to it meanwhile."""
    threading.Thread(target=harm).start()
    with pytest.raises(EngineFault) as raised:
        renderer.check(code, "Bad")
    assert renderer.check(SQUARE, "Square1").fault is None
    return raised.value.fault.code


def test_a_killed_child_is_not_the_codes_fault(own: tuple[Renderer, Path]) -> None:
    renderer, folder = own

    def harm() -> None:
        tex = children(daemon_pid(folder))[0]
        assert within(20, lambda: any(children(keeper) for keeper in children(daemon_pid(folder)) if keeper != tex))
        time.sleep(0.5)
        (child,) = [pid for keeper in children(daemon_pid(folder)) if keeper != tex for pid in children(keeper)]
        os.kill(child, signal.SIGKILL)

    assert fault_of(renderer, SPINS, harm) == "renderer_lost"


def test_code_that_kills_itself_is_told_so(own: tuple[Renderer, Path]) -> None:
    """It cannot do so with SIGKILL, which would be taken for somebody else's."""
    renderer, _folder = own
    code = HEAD + (
        "import os, signal\n\nclass Bad(Scene):\n    def construct(self):\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "        os.kill(os.getpid(), signal.SIGSEGV)\n        os.abort()\n"
    )
    report = renderer.check(code, "Bad")
    assert report.fault is not None and report.fault.code in {"crashed", "draws_nothing", "stopped"}


def test_a_killed_tex_server_is_not_the_codes_fault_and_a_new_one_comes(own: tuple[Renderer, Path]) -> None:
    renderer, folder = own
    before = daemon_pid(folder)

    def harm() -> None:
        time.sleep(2)
        os.kill(children(before)[0], signal.SIGKILL)

    assert fault_of(renderer, ASKS, harm) == "renderer_lost"
    assert within(20, lambda: not alive(before))
    formula = (
        HEAD
        + "class Bad(Scene):\n    def construct(self):\n        self.add(MathTex('x^{41}'))\n        self.wait(0.1)\n"
    )
    assert renderer.check(formula, "Bad").fault is None


@pytest.mark.skipif(os.geteuid() != 0 or not cgroups._parents(0, 0), reason="no control groups are lent here")
def test_a_daemon_that_ends_leaves_no_control_group(own: tuple[Renderer, Path]) -> None:
    renderer, folder = own
    renderer.check(ASKS.replace("2000", "3"), "Bad")  # TeX waits ahead in jails of its own now
    daemon = daemon_pid(folder)

    def makers() -> set[int]:
        parents = [parent for parent, _settings in cgroups._parents(0, 0)]
        return {int(group.name.split("-")[1]) for parent in parents for group in parent.glob("theorama-*")}

    tex = children(daemon)[0]
    waiting = set(children(tex))
    assert within(20, lambda: bool(makers() & set(children(tex)))), "there is a group that could be left"
    waiting |= set(children(tex))
    renderer.close()
    assert within(20, lambda: not alive(daemon))
    assert not makers() & waiting


def test_groups_of_the_dead_are_swept_and_those_of_the_living_are_not() -> None:
    assert jail.sweep() >= 0
    assert cgroups._lives(str(os.getpid()))
    assert not cgroups._lives("999999999")
