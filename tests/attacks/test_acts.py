"""Every act succeeds outside and fails in both jails, for root and for an ordinary user. (P-K, P-M, P-S; policy off)"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from tests.attacks.acts import BY_ITSELF, CALLS, MORE, ROOT_ALONE, every_act
from tests.attacks.users import USERS, run_as
from tests.jail.test_attacks import ATTACKS

pytestmark = [pytest.mark.jail, pytest.mark.render]

# Calls that are given by the kernel to root alone, or to nobody any more: there is nothing to refuse.
GIVEN_TO_MANY = set(CALLS) - {
    *(
        [
            "move_mount",
            "fsopen",
            "fsmount",
            "fspick",
            "fanotify_init",
            "sethostname",
            "setdomainname",
            "init_module",
            "finit_module",
        ]
    ),
    *(
        [
            "delete_module",
            "kexec_load",
            "swapon",
            "swapoff",
            "syslog",
            "clock_settime",
            "settimeofday",
            "clock_adjtime",
            "quotactl",
        ]
    ),
    *(["mount", "umount2", "chroot", "open_tree", "fsconfig", "mount_setattr", "unshare", "setns", "bpf", "mknodat"]),
}


@pytest.fixture(scope="module")
def told(open_folder: Path):
    """User -> lane -> act -> what it printed; everything is committed once per user."""

    @cache
    def of(user: str) -> dict[str, dict[str, str]]:
        folder = open_folder / user.replace(" ", "-")
        folder.mkdir()
        return json.loads(run_as(user, ["-m", "tests.attacks.drive", str(folder)], folder))

    return of


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("act", [*ATTACKS, *MORE])
def test_an_act_succeeds_outside_and_in_no_jail(act: str, user: str, told) -> None:
    lanes = told(user)
    if user == "root" or act not in ROOT_ALONE:
        assert "DID IT" in lanes["outside"][act], f"the control proves nothing: {lanes['outside'][act]}"
    assert "DID IT" not in lanes["jail"][act]
    if act not in BY_ITSELF:
        assert "DID IT" not in lanes["render"][act]


@pytest.mark.parametrize("user", USERS)
def test_dangerous_calls_reach_the_kernel_outside_and_in_no_jail(user: str, told) -> None:
    lanes = told(user)
    reached = set(lanes["outside"]["calls"].split()[1:])
    assert reached >= GIVEN_TO_MANY
    assert lanes["jail"]["calls"].split() == ["REACHED"]
    assert lanes["render"]["calls"] == ""


def test_every_act_has_a_name_of_its_own() -> None:
    assert len(every_act()) == len(ATTACKS) + len(MORE) + 1
