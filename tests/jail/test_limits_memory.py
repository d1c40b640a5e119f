"""When memory runs out, it is the job that goes."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.jail.conftest import SMALL

pytestmark = pytest.mark.jail

LOWER = """
import os
def tried(act):
    try: return act()
    except OSError as error: return error.errno
score = "/proc/self/oom_score_adj"
print(open(score).read().strip(), tried(lambda: open(score, "w").write("0")), flush=True)
pid = os.fork()
if pid == 0:
    print(open("/proc/self/oom_score_adj").read().strip(), flush=True)
    os._exit(0)
os.waitpid(pid, 0)
"""


def test_a_job_is_first_to_go_and_cannot_change_that(inside):
    mine, child = inside(LOWER).stdout.splitlines()
    score, refused = mine.split()
    assert (score, child) == ("1000", "1000")
    assert int(refused) in {1, 13, 30}


def test_outside_the_jail_an_ordinary_process_could_lower_its_score_again():
    """The control: without the jail's walls the score that was raised is lowered at will."""
    code = "s = '/proc/self/oom_score_adj'\nopen(s, 'w').write('1000')\nopen(s, 'w').write('0')\nprint(open(s).read())"
    lower = ["setpriv", "--reuid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    python = "/usr/bin/python3" if lower else sys.executable
    if not Path(python).exists():
        pytest.skip("needs the system's Python, which other users may read")
    done = subprocess.run([*lower, python, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_our_own_score_is_left_alone(inside):
    before = Path("/proc/self/oom_score_adj").read_text()
    inside("pass")
    assert Path("/proc/self/oom_score_adj").read_text() == before


EATERS = {
    "one process": "held = []\nwhile True: held.append(bytearray(b'x') * (64 << 20))",
    "many processes": "import os, time\nfor n in range(16):\n    if os.fork() == 0: break\n"
    "held = bytearray(b'x') * (200 << 20)\ntime.sleep(60)",
    "shared memory": "import mmap, os, time\nfor n in range(20):\n    if os.fork() == 0:\n"
    "        m = mmap.mmap(-1, 100 << 20)\n        for i in range(0, len(m), 4096): m[i] = 1\n        time.sleep(60)\n"
    "time.sleep(60)",
}


@pytest.mark.parametrize("way", EATERS)
def test_whoever_eats_memory_is_ended_for_it(inside, way):
    run = inside(EATERS[way], replace(SMALL, memory_bytes=400 << 20, wall_seconds=30))
    assert (run.reason, run.limit) == ("memory", "memory_bytes")


def test_files_in_memory_stop_at_their_size(inside):
    """/tmp is memory: what it holds is bounded by its size, told to the job as "no space"."""
    run = inside(
        """
        try:
            for n in range(99): open(f"{n}", "wb").write(bytes(1 << 20))
        except OSError as error: print(error.errno)
        """
    )
    assert run.stdout.strip() == "28"
    assert sum(file.size for file in run.files) <= SMALL.tmp_bytes
