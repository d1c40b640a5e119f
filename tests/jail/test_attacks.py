"""Each attack prints DID IT when it succeeds: outside the jail it does, inside it does not. (P-K, P-M, P-S)"""

from __future__ import annotations

import pytest

from generation.engine.types import Limits

pytestmark = pytest.mark.jail

ATTACKS = {
    "K01 read a secret from the environment": """
        import os
        print("DID IT" if "THEORAMA_SECRET" in os.environ else "")
    """,
    "K01 read the environment of the parent": """
        import os
        print("DID IT" if b"=" in open(f"/proc/{os.getppid()}/environ", "rb").read() else "")
    """,
    "K02 read a file of the host": """
        print("DID IT" if open("{canary}").read() else "")
    """,
    "K02 read a file through the root of another process": """
        import os
        for pid in [1, os.getppid(), {victim}]:
            try:
                if open(f"/proc/{pid}/root{canary}").read(): print("DID IT")
            except OSError: pass
    """,
    "K02 read the passwords": """
        import os
        print("DID IT" if os.path.exists("/etc/shadow") else "")
    """,
    "K02 list the machine's own folders": """
        import os
        print("DID IT" if {"boot", "run", "srv", "sys"} & set(os.listdir("/")) else "")
    """,
    "K02 see the processes of the host": """
        import os
        print("DID IT" if os.path.exists("/proc/{victim}") else "")
    """,
    "K02 read kernel settings": """
        print("DID IT" if open("/proc/sys/kernel/hostname").read() else "")
    """,
    "K02 read the mounts of the host": """
        print("DID IT" if "/sys" in open("/proc/self/mountinfo").read() else "")
    """,
    "K03 connect over TCP": """
        import socket
        s = socket.create_connection(("127.0.0.1", {port}), 2); print("DID IT" if s.recv(5) else "")
    """,
    "K03 send over UDP": """
        import socket
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", {port})); print("DID IT")
    """,
    "K03 open an IPv6 socket": """
        import socket
        socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); print("DID IT")
    """,
    "K03 resolve a name": """
        import socket
        print("DID IT" if socket.getaddrinfo("localhost", 80) else "")
    """,
    "K03 open a netlink socket": """
        import socket
        socket.socket(socket.AF_NETLINK, socket.SOCK_RAW); print("DID IT")
    """,
    "K03 connect to a unix socket by path": """
        import socket
        s = socket.socket(socket.AF_UNIX); s.connect("{path}"); print("DID IT" if s.recv(5) else "")
    """,
    "K03 connect to an abstract unix socket": """
        import socket
        s = socket.socket(socket.AF_UNIX); s.connect("\\0{abstract}"); print("DID IT" if s.recv(5) else "")
    """,
    "K03 make a pair of sockets": """
        import socket
        socket.socketpair(); print("DID IT")
    """,
    "K04 start a shell": """
        import subprocess
        print("DID IT" if subprocess.run(["/bin/sh", "-c", "echo hi"], capture_output=True).stdout else "")
    """,
    "K04 start a shell with os.system": """
        import os
        print("DID IT" if os.system("true") == 0 else "")
    """,
    "K04 start another Python": """
        import subprocess
        print("DID IT" if subprocess.run(["{python}", "-c", "print(1)"], capture_output=True).stdout else "")
    """,
    "K04 start a program from memory": """
        import os
        fd = os.memfd_create("x"); os.write(fd, open("/bin/true", "rb").read())
        pid = os.fork()
        if pid == 0: os.execve(fd, ["true"], {})
        print("DID IT" if os.waitpid(pid, 0)[1] == 0 else "")
    """,
    "K04 start a program in a thread's child by posix_spawn": """
        import os
        pid = os.posix_spawn("/bin/true", ["true"], {})
        print("DID IT" if os.waitpid(pid, 0)[1] == 0 else "")
    """,
    "K05 write into a folder of the host": """
        open("{folder}/written", "w").write("x"); print("DID IT")
    """,
    "K05 write beside the interpreter": """
        import os, sys
        folder = os.path.dirname(os.__file__)
        name = folder + "/theorama-written.py"
        open(name, "w").write("x"); os.unlink(name); print("DID IT")
    """,
    "K05 make the programs writable by a chmod": """
        import os
        os.chmod("{canary}", 0o666); print("DID IT")
    """,
    "K05 hard-link a file of the host": """
        import os
        os.link("{canary}", "{folder}/linked"); os.unlink("{folder}/linked"); print("DID IT")
    """,
    "K05 make itself unkillable by the memory guard": """
        open("/proc/self/oom_score_adj", "w").write("0"); print("DID IT")
    """,
    "K06 signal a process of the host": """
        import os
        os.kill({victim}, 0); print("DID IT")
    """,
    "K06 change the limits of its parent": """
        import os, resource
        resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE); print("DID IT" if os.getppid() > 1 else "")
    """,
    "K06 trace another process": """
        import ctypes, os, time
        pid = os.fork()
        if pid == 0: time.sleep(5); os._exit(0)
        r = ctypes.CDLL(None).ptrace(16, pid, 0, 0)
        os.kill(pid, 9)
        print("DID IT" if r == 0 else "")
    """,
    "K06 read the memory of another process": """
        import ctypes, os
        class V(ctypes.Structure): _fields_ = [("p", ctypes.c_void_p), ("n", ctypes.c_size_t)]
        b = ctypes.create_string_buffer(8); c = ctypes.create_string_buffer(8)
        v = V(ctypes.addressof(b), 8); w = V(ctypes.addressof(c), 8)
        r = ctypes.CDLL(None).process_vm_readv(os.getpid(), ctypes.byref(v), 1, ctypes.byref(w), 1, 0)
        print("DID IT" if r == 8 else "")
    """,
    "K08 find descriptors it was not given": """
        import os
        if os.getppid() > 1:
            os.dup2(os.open("/", os.O_RDONLY), 9)  # outside somebody has to have left one
        found = []
        for fd in range(3, 256):
            try: os.fstat(fd); found.append(fd)
            except OSError: pass
        print("DID IT" if found else "")
    """,
    "watch the files of the host": """
        import ctypes
        l = ctypes.CDLL(None); print("DID IT" if l.inotify_add_watch(l.inotify_init(), b"/usr", 2) > 0 else "")
    """,
    "lock a file that the host uses": """
        import fcntl, os
        fcntl.flock(os.open(os.__file__, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB); print("DID IT")
    """,
    "share memory by System V": """
        import ctypes
        l = ctypes.CDLL(None); i = l.shmget(0, 4096, 0o1600); print("DID IT" if i >= 0 else ""); l.shmctl(i, 0, None)
    """,
    "use the key ring": """
        import ctypes, platform
        nr = {"x86_64": 250, "aarch64": 219}[platform.machine()]
        print("DID IT" if ctypes.CDLL(None).syscall(nr, 0, -3, 0) > 0 else "")
    """,
    "set up an io_uring": """
        import ctypes
        print("DID IT" if ctypes.CDLL(None).syscall(425, 4, ctypes.create_string_buffer(256)) > 0 else "")
    """,
    "make a user namespace": """
        import ctypes, os
        pid = os.fork()
        if pid == 0: os._exit(0 if ctypes.CDLL(None).unshare(0x10000000) == 0 else 1)
        print("DID IT" if os.waitpid(pid, 0)[1] == 0 else "")
    """,
    "change the personality": """
        import ctypes
        print("DID IT" if ctypes.CDLL(None).personality(0x0040000) >= 0 else "")
    """,
    "open a crypto socket of the kernel": """
        import socket
        try: socket.socket(38, socket.SOCK_SEQPACKET, 0); print("DID IT")
        except OSError as e: print("DID IT" if e.errno == 97 else "")
    """,
    "reach the terminal": """
        import os
        print("DID IT" if os.path.exists("/dev/tty") else "")
    """,
    "see the other devices": """
        import os
        print("DID IT" if set(os.listdir("/dev")) - {"null", "zero", "full", "random", "urandom"} else "")
    """,
    "make a device or a pipe by name": """
        import os
        os.mkfifo("pipe"); os.unlink("pipe"); print("DID IT")
    """,
    "ask not to be killed with its parent": """
        import ctypes
        print("DID IT" if ctypes.CDLL(None).prctl(1, 0, 0, 0, 0) == 0 else "")
    """,
    "be somebody of the host": """
        import os
        print("DID IT" if os.getuid() != 60000 else "")
    """,
    "keep a capability in reserve": """
        import ctypes
        print("DID IT" if ctypes.CDLL(None).prctl(23, 0, 0, 0, 0) == 1 else "")
    """,
    "gain rights by a setuid program": """
        print("DID IT" if "NoNewPrivs:\\t0" in open("/proc/self/status").read() else "")
    """,
    "leave a core file": """
        import resource
        print("DID IT" if resource.getrlimit(resource.RLIMIT_CORE)[1] != 0 else "")
    """,
    "M01 read a file of the host by TeX": r"""
        import subprocess
        open("x.tex", "w").write(r"\batchmode\openin5={canary} \read5 to\line\immediate\write-1{GOT \meaning\line}\end")
        subprocess.run(["/usr/bin/tex", "x.tex"], stdout=subprocess.DEVNULL)
        print("DID IT" if "the secret" in open("x.log").read() else "")
    """,
    "M02 run a command by TeX": r"""
        import subprocess, os
        open("x.tex", "w").write(r"\batchmode\immediate\write18{touch done}\end")
        subprocess.run(["/usr/bin/tex", "-shell-escape", "x.tex"], stdout=subprocess.DEVNULL)
        print("DID IT" if os.path.exists("done") else "")
    """,
    "S01 load a foreign library": """
        import ctypes
        print("DID IT" if ctypes.CDLL(None).system(b"true") == 0 else "")
    """,
    "S03 walk the classes to a program starter": """
        import subprocess
        for c in ().__class__.__base__.__subclasses__():
            if c.__name__ == "Popen":
                print("DID IT" if c(["true"]).wait() == 0 else "")
    """,
    "S04 evaluate text that starts a program": """
        e = eval; print("DID IT" if e("__import__('os').system('true')") == 0 else "")
    """,
    "S05 hand eval on as a value": """
        print("DID IT" if list(map(eval, ["__import__('os').system('true')"])) == [0] else "")
    """,
    "S07 climb an exception's frames to a module that opens files": """
        try: 1/0
        except Exception as e: f = e.__traceback__.tb_frame
        print("DID IT" if f.f_builtins["open"]("{canary}").read() else "")
    """,
    "S08 climb a generator's frame": """
        g = (x for x in ()); print("DID IT" if g.gi_frame.f_builtins["open"]("{canary}").read() else "")
    """,
}

# One program, since importing Manim takes seconds; it prints the name of each attack that succeeds.
MANIM_ATTACKS = """
from manim import *
import os

def tried(name, act):
    try:
        if act(): print("DID", name)
    except Exception as error:
        print("failed", name, type(error).__name__)

def settings():
    config.media_dir = "{folder}"
    guarantee_existence(config.get_dir("text_dir"))
    return os.path.isdir("{folder}/texts")

tried("S02", lambda: capture(["/bin/echo", "hi"])[0])
tried("S10", lambda: utils.file_ops.os.system("true") == 0)
tried("M03", lambda: Code(code_file="{canary}", language="text"))
tried("M04", lambda: np.fromfile("{canary}", dtype="u1").size)
tried("M05", settings)
tried("M08", lambda: type(config.get_dir("text_dir"))("{canary}").read_text())
"""


@pytest.mark.parametrize("name", ATTACKS)
def test_attack_succeeds_outside_and_fails_inside(name, inside, outside):
    control = outside(ATTACKS[name])
    assert "DID IT" in control, f"the control proves nothing: {control}"
    jailed = inside(ATTACKS[name])
    assert "DID IT" not in jailed.stdout
    assert jailed.reason == "exited", jailed


def test_attacks_with_manim_succeed_outside_and_fail_inside(inside, outside):
    names = ["S02", "S10", "M03", "M04", "M05", "M08"]
    assert [line for line in outside(MANIM_ATTACKS).splitlines() if line.startswith("DID")] == [
        f"DID {name}" for name in names
    ]
    jailed = inside(MANIM_ATTACKS, Limits(wall_seconds=60, cpu_seconds=40))
    assert "DID" not in jailed.stdout
    assert jailed.exit_code == 0, jailed


def test_the_job_after_an_attack_works(inside):
    inside("import os; os.kill(os.getpid(), 9)")
    after = inside("print(6 * 7)")
    assert (after.stdout, after.exit_code, after.reason) == ("42\n", 0, "exited")
