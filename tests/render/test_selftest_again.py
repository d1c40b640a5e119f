"""The daemon tries its jail again while it serves, stops when a wall is missing, and comes back with it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generation.engine.errors import EngineFault
from generation.engine.render import Renderer, client
from tests.render.processes import alive, daemon_pid, within
from tests.render.scenes import SQUARE

pytestmark = pytest.mark.render

# The same daemon with a jail whose walls can be taken away from outside, tested every second.
BOOT = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv.pop(1))
from generation.engine.jail import ladder
real = ladder.climb
ladder.climb = lambda: real(Path({missing!r}).read_text().split(","))
ladder.AGAIN_SECONDS = ladder.AGAIN_SECONDS_FAILED = 1.0
from generation.engine.render.daemon import main
main()
"""


@pytest.fixture
def missing(own_renderer: Renderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Take a wall from the daemon's jail, or give it back with an empty name."""
    file = tmp_path / "missing"
    file.write_text("")
    monkeypatch.setattr(client, "BOOT", BOOT.format(missing=str(file)))

    def take(wall: str) -> None:
        file.write_text(wall)

    yield take


def test_a_daemon_whose_jail_loses_a_wall_serves_nobody_until_it_is_back(
    own_renderer: Renderer, missing: Callable[[str], None], tmp_path: Path
) -> None:
    assert own_renderer.check(SQUARE, "Square1").fault is None
    first = daemon_pid(tmp_path / "run")
    missing("seccomp")
    assert within(30, lambda: not alive(first)), "it serves on without a filter"
    with pytest.raises(EngineFault) as refused:
        own_renderer.check(SQUARE, "Square1")
    assert refused.value.fault.code == "jail_unavailable"
    assert "system calls" in refused.value.fault.log
    second = daemon_pid(tmp_path / "run")
    missing("")
    assert within(30, lambda: not alive(second))
    assert own_renderer.check(SQUARE, "Square1").fault is None
