"""Landlock: file, TCP and signal rights taken from the process itself. A second wall behind the private root."""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Sequence

from generation.engine.jail import linux

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_ALL_BY_ABI = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
_ALL_LATER = (1 << 16) - 1
_MAKE_SPECIAL = (1 << 6) | (1 << 9) | (1 << 10) | (1 << 11)  # character device, socket, fifo, block device
_IOCTL_DEVICE, _TRUNCATE = 1 << 15, 1 << 14
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEVICE
_TCP = 3  # bind and connect
_SCOPES = 3  # abstract unix sockets and signals
_RULE_PATH_BENEATH = 1
_QUERY_VERSION = 1


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("tcp", ctypes.c_uint64), ("scopes", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def abi() -> int:
    """The version the kernel offers; 0 when it offers none."""
    try:
        return linux.call("landlock_create_ruleset", 0, 0, _QUERY_VERSION)
    except OSError:
        return 0


def restrict(*, readable: Sequence[str], writable: Sequence[str], listable: Sequence[str], may_exec: bool) -> None:
    """Leave this process only these rights: read (and start programs) below `readable`, all but devices and
    sockets below `writable`, listing below `listable`; no TCP and, where the kernel can, no signals to outsiders.
    """
    version = abi()
    handled = _ALL_BY_ABI.get(version, _ALL_LATER)
    rules = _Ruleset(handled, _TCP if version >= 4 else 0, _SCOPES if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = linux.call("landlock_create_ruleset", ctypes.byref(rules), size, 0)
    try:
        read = _READ_FILE | _READ_DIR | (_EXECUTE if may_exec else 0)
        for path in readable:
            _allow(ruleset, path, read)
        for path in writable:
            _allow(ruleset, path, handled & ~(_MAKE_SPECIAL | _EXECUTE | _IOCTL_DEVICE))
        for path in listable:
            _allow(ruleset, path, _READ_DIR)
        linux.call("landlock_restrict_self", ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what isn't there needs no right
    try:
        if not stat.S_ISDIR(os.fstat(opened).st_mode):
            rights &= _FILE_RIGHTS
        rule = _PathBeneath(rights, opened)
        linux.call("landlock_add_rule", ruleset, _RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(opened)
