"""More acts against the host than tests/jail/test_attacks.py holds. Each prints DID IT when it succeeds.

`{name}` is filled in from the host under attack, see tests/jail/conftest.py; `{nr:name}` is a system call's number.
"""

from __future__ import annotations

import re

from generation.engine.jail.syscalls import NUMBERS, known
from tests.jail.test_attacks import ATTACKS

MORE = {
    "K02 learn the name of the host": """
        import os, subprocess
        print("DID IT" if os.uname().nodename != "jail" else "")
    """,
    "K02 read the memory of another process by its file": """
        print("DID IT" if open("/proc/{victim}/mem", "rb").fileno() else "")
    """,
    "K02 read the command line of another process": """
        print("DID IT" if b"python" in open("/proc/{victim}/cmdline", "rb").read() else "")
    """,
    "K02 climb out of a folder by a descriptor": """
        import os
        fd = os.open("/", os.O_RDONLY)
        for _ in range(40): fd = os.open("..", os.O_RDONLY, dir_fd=fd)
        print("DID IT" if os.path.exists(f"/proc/self/fd/{fd}{canary}") else "")
    """,
    "K02 climb out through the folders of a process": """
        import glob
        for place in glob.glob("/proc/*/cwd") + glob.glob("/proc/*/root") + glob.glob("/proc/*/task/*/root"):
            try:
                if open(place + "{canary}").read(): print("DID IT"); break
            except OSError: pass
    """,
    "K02 follow a link of its own to a file of the host": """
        import os
        os.symlink("{canary}", "link"); found = open("link").read() if os.path.exists("link") else ""
        os.unlink("link"); print("DID IT" if found else "")
    """,
    "K03 open a socket of any family": """
        import socket
        for family in range(46):
            for kind in (1, 2, 3, 5):
                try: socket.socket(family, kind); print("DID IT"); raise SystemExit
                except OSError: pass
    """,
    "K03 receive a socket from somewhere by listening": """
        import socket
        s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(); print("DID IT")
    """,
    "K04 start a program by the dynamic loader": """
        import os, glob
        pid = os.fork()
        if pid == 0:
            loader = (glob.glob("/lib64/ld-linux*") + glob.glob("/lib/ld-linux*"))[0]
            os.execv(loader, [loader, "/bin/true"])
        print("DID IT" if os.waitpid(pid, 0)[1] == 0 else "")
    """,
    "K04 load native code from its own folder": """
        import ctypes, glob, os, shutil
        shutil.copy(glob.glob("/usr/lib/*-linux-gnu/libm.so.6")[0], "own.so")
        try: ctypes.CDLL("./own.so"); print("DID IT")
        finally: os.unlink("own.so")
    """,
    "K04 start a program after a vfork": """
        import ctypes, os
        pid = os.fork()
        if pid == 0:
            ctypes.CDLL(None).execl(b"/bin/true", b"true", None); os._exit(1)
        print("DID IT" if os.waitpid(pid, 0)[1] == 0 else "")
    """,
    "K05 change the times of a device of the host": """
        import os
        os.utime("/dev/null"); print("DID IT")
    """,
    "K05 lock a device of the host by range": """
        import fcntl, os
        fcntl.lockf(os.open("/dev/null", os.O_RDWR), fcntl.LOCK_EX | fcntl.LOCK_NB); print("DID IT")
    """,
    "K05 lock a file of the host by range": """
        import fcntl, os
        fcntl.lockf(os.open(os.__file__, os.O_RDONLY), fcntl.LOCK_SH | fcntl.LOCK_NB); print("DID IT")
    """,
    "K05 make a terminal": """
        import os
        print("DID IT" if os.openpty() else "")
    """,
    "K05 leave something in shared memory": """
        import os
        open("/dev/shm/theorama-left", "w").close(); os.unlink("/dev/shm/theorama-left"); print("DID IT")
    """,
    "K05 change a file's mode beside the programs": """
        import os
        open("{folder}/mode", "w").close(); os.chmod("{folder}/mode", 0o777); print("DID IT")
    """,
    "K05 replace what others import": """
        import os
        open("/tmp/sitecustomize.py", "w").write("x = 1"); os.unlink("/tmp/sitecustomize.py")
        os.makedirs("{folder}/pkg", exist_ok=True); open("{folder}/pkg/enum.py", "w").close(); print("DID IT")
    """,
    "K06 open a handle on another process": """
        import os
        os.pidfd_open({victim}); print("DID IT")
    """,
    "K06 change another's priority": """
        import os
        os.setpriority(os.PRIO_PROCESS, {victim}, 5); print("DID IT")
    """,
    "K06 pin another process to a processor": """
        import os
        os.sched_setaffinity({victim}, os.sched_getaffinity(0)); print("DID IT")
    """,
    "raise its own limits": """
        import resource
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY,) * 2); print("DID IT")
    """,
    "take more room than its folder has": """
        import os
        fd = os.open("big", os.O_CREAT | os.O_RDWR)
        try: os.posix_fallocate(fd, 0, 200 << 20); print("DID IT")
        finally: os.unlink("big")
    """,
    "take more room by a file without a name": """
        import os
        fd = os.open(".", os.O_TMPFILE | os.O_RDWR); os.posix_fallocate(fd, 0, 200 << 20); print("DID IT")
    """,
    "make the whole machine write out its disks": """
        import ctypes
        l = ctypes.CDLL(None, use_errno=True); l.syscall(ctypes.c_long({nr:sync}))
        print("DID IT" if ctypes.get_errno() == 0 else "")
    """,
    "see more than processes in /proc": """
        print("DID IT" if open("/proc/meminfo").read() or open("/proc/version").read() else "")
    """,
    "read the key of the host's ring by /proc": """
        print("DID IT" if open("/proc/keys").read() is not None else "")
    """,
    "reach the control groups": """
        import os
        print("DID IT" if os.listdir("/sys/fs/cgroup") is not None else "")
    """,
    "be woken when the host's program folder is read": """
        import ctypes
        l = ctypes.CDLL(None); print("DID IT" if l.inotify_add_watch(l.inotify_init1(0), b"/", 0x20) > 0 else "")
    """,
}

# What an ordinary user can't do outside either, so that there only root is a control.
ROOT_ALONE = {
    "K05 write beside the interpreter": "the folder is root's",
    "raise its own priority": "needs a privilege",
    "cut the ring's memory short by its map": "needs a privilege",
    "take the processor for itself": "needs a privilege",
    "make a device": "needs a privilege",
}
MORE |= {
    "raise its own priority": """
        import os
        os.nice(-5); print("DID IT")
    """,
    "take the processor for itself": """
        import os
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1)); print("DID IT")
    """,
    "cut the ring's memory short by its map": """
        import os
        maps = [line.split() for line in open("/proc/self/maps") if line.split()[1][0] == "r"]
        for entry in os.listdir("/proc/self/map_files"):
            try: os.open("/proc/self/map_files/" + entry, os.O_RDONLY); print("DID IT"); break
            except OSError: pass
    """,
    "make a device": """
        import os
        os.mknod("device", 0o20666, os.makedev(1, 5)); os.unlink("device"); print("DID IT")
    """,
}

# Acts on their own parent, which only the first process of a jail can tell from the host's.
BY_ITSELF = (
    "K01 read the environment of the parent",
    "K06 change the limits of its parent",
    "K08 find descriptors it was not given",
)

# System calls a job has no business making. `-1` for every argument: the kernel itself finds fault with that
# (EFAULT, EINVAL, EBADF, ...), a filter says EPERM or ENOSYS before it looks.
CALLS = [
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "process_madvise",
    "pidfd_getfd",
    "kcmp",
    "mount",
    "umount2",
    "chroot",
    "open_tree",
    "move_mount",
    "fsopen",
    "fsconfig",
    "fsmount",
    "fspick",
    "mount_setattr",
    "unshare",
    "setns",
    "bpf",
    "perf_event_open",
    "userfaultfd",
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
    "keyctl",
    "add_key",
    "request_key",
    "open_by_handle_at",
    "name_to_handle_at",
    "fanotify_init",
    "fanotify_mark",
    "inotify_add_watch",
    "memfd_create",
    "flock",
    "syncfs",
    "mq_open",
    "mq_unlink",
    "shmget",
    "shmat",
    "semget",
    "msgget",
    "socket",
    "socketpair",
    "connect",
    "bind",
    "listen",
    "accept",
    "accept4",
    "migrate_pages",
    "move_pages",
    "mbind",
    "set_mempolicy",
    "clone3",
    "quotactl",
    "sethostname",
    "setdomainname",
    "init_module",
    "finit_module",
    "delete_module",
    "kexec_load",
    "swapon",
    "swapoff",
    "syslog",
    "clock_settime",
    "settimeofday",
    "clock_adjtime",
    "execveat",
    "mknodat",
]
CALL = """
    import ctypes
    l = ctypes.CDLL(None, use_errno=True); n = {numbers}; reached = []
    for name, number in n.items():
        ctypes.set_errno(0)
        l.syscall(ctypes.c_long(number), *[ctypes.c_long(-1)] * 6)
        if ctypes.get_errno() not in (1, 38): reached.append(name)
    print("REACHED", *reached)
"""


def every_act() -> dict[str, str]:
    """All acts, by name, with the numbers of system calls filled in."""
    numbers = {name: known(name) for name in CALLS if known(name) is not None}
    acts = {**ATTACKS, **MORE, "calls": CALL.replace("{numbers}", repr(numbers))}
    return {name: re.sub(r"\{nr:(\w+)\}", lambda found: str(known(found[1])), code) for name, code in acts.items()}


assert set(CALLS) <= set(NUMBERS), "a call has no number in the table"
