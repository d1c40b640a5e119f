"""Starts the trainer in its own environment and follows what it writes. All that is shared is the run's folder."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from training.tune.faults import TuneFault
from training.tune.folder import RunFolder

ROOT = Path(__file__).resolve().parents[2]
POLL_SECONDS = 0.5
STOP_SECONDS = 20.0
# What the trainer may know of our environment: where things are, how to reach a hub, which card to take.
HANDED_ON = (
    "PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES", "CUDA_HOME", "HF_HOME", "HF_TOKEN",
    "HF_HUB_OFFLINE", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE",
)  # fmt: skip
QUIET = {
    "UNSLOTH_DISABLE_STATISTICS": "1",
    "DO_NOT_TRACK": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "WANDB_MODE": "disabled",
}
# Threads that wait by spinning get nothing done beside other work.
ON_CPU = {"OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "0"}
PACKAGES = ("unsloth", "unsloth-zoo", "trl", "transformers", "datasets", "peft", "accelerate", "gguf")

OnMetrics = Callable[[list[dict[str, Any]]], None]


def pinned(requirements: Path) -> dict[str, str]:
    """The versions of what decides how a run goes, as the locked requirements say."""
    lines = requirements.read_text(encoding="utf-8").splitlines()
    matches = (re.match(r"([a-z0-9-]+)==(\S+)", line) for line in lines)
    found = {match[1]: match[2] for match in matches if match}
    return {name: found[name] for name in PACKAGES if name in found}


def run_trainer(
    python: Path, what: str, folder: RunFolder, *, on_cpu: bool, threads: int, on_metrics: OnMetrics
) -> None:
    """Run `train` or `merge` to its end. Raises TuneFault for whatever kept it from that."""
    process = start(
        python, ["-m", "training.tune.trainer", what, str(folder.path)], folder, on_cpu=on_cpu, threads=threads
    )
    try:
        while process.poll() is None:
            time.sleep(POLL_SECONDS)
            on_metrics(folder.metrics())
    finally:
        _stop(process)
        on_metrics(folder.metrics())
    _require_success(process.returncode, folder)


def start(
    python: Path, arguments: Iterable[str], folder: RunFolder, *, on_cpu: bool, threads: int
) -> subprocess.Popen[bytes]:
    """Start Python of the training environment. Raises TuneFault `no_environment`."""
    if not python.exists():
        raise TuneFault("no_environment", str(python))
    with folder.log.open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - our own module
            [str(python), *arguments],
            cwd=ROOT,
            env=environment(os.environ, on_cpu=on_cpu, threads=threads),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C reaches us alone, and we end it
        )


def environment(ours: Mapping[str, str], *, on_cpu: bool, threads: int) -> dict[str, str]:
    """What the trainer's process is given: no secret but the hub's token."""
    kept = {name: ours[name] for name in HANDED_ON if name in ours} | QUIET
    return kept | ON_CPU | {"OMP_NUM_THREADS": str(threads)} if on_cpu else kept


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _require_success(status: int, folder: RunFolder) -> None:
    end = folder.end()
    if status == 0 and end and end["state"] == "succeeded":
        return
    if status < 0:
        raise TuneFault("killed", str(-status))
    if end and end["state"] == "failed":
        raise TuneFault(str(end["code"]), str(end["detail"]))
    raise TuneFault("failed", f"exit status {status}")


def run_script(python: Path, module: str, *arguments: str) -> str:
    """Run a small script of the training environment, such as the one that writes GGUF, and return what it said."""
    if not python.exists():
        raise TuneFault("no_environment", str(python))
    done = subprocess.run(  # noqa: S603 - our own module
        [str(python), "-m", module, *arguments],
        cwd=ROOT,
        env=environment(os.environ, on_cpu=True, threads=1),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1]
        raise TuneFault("disk_full" if "No space left" in last else "failed", last[:300])
    return done.stdout.strip()
