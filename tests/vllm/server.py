"""One real vLLM server on the CPU, on loopback, with a tiny random model and an adapter made for it."""

from __future__ import annotations

import json
import os
import re
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / os.environ.get("VENV_VLLM", ".venv-vllm") / "bin" / "python"
HERE = Path(__file__).parent
BASE, ADAPTER = "base", "manim"
LONGEST = 16384  # tokens, as in production
START_SECONDS = 420.0  # a minute on two quiet cores; most of it is three processes importing torch
# As in deploy/vllm, but for what a GPU or a real model needs.
ARGUMENTS = {
    "served-model-name": BASE,
    "max-model-len": str(LONGEST),
    "max-num-seqs": "8",
    # A prompt must fit into one step: on the CPU, vLLM 0.32 dies of a request with a seed whose prompt takes several.
    "max-num-batched-tokens": str(LONGEST),
    "max-lora-rank": "8",
    "max-loras": "2",
    "speculative-config": '{"method":"ngram","num_speculative_tokens":6,"prompt_lookup_max":4,"prompt_lookup_min":2}',
    "default-chat-template-kwargs": '{"enable_thinking":false}',
    "structured-outputs-config": '{"backend":"xgrammar","disable_any_whitespace":true}',
    "reasoning-parser": "qwen3",
    "generation-config": "vllm",
    "host": "127.0.0.1",
}
SWITCHES = ("enable-lora", "enable-prefix-caching", "enforce-eager", "disable-uvicorn-access-log")
QUIET = {
    "HF_HUB_OFFLINE": "1",
    "VLLM_NO_USAGE_STATS": "1",
    "DO_NOT_TRACK": "1",
    "VLLM_CPU_KVCACHE_SPACE": "1",
    # One thread, bound to no core, that never spins: beside other work a bound one that spins gets nothing done.
    "VLLM_CPU_OMP_THREADS_BIND": "nobind",
    "OMP_NUM_THREADS": "1",
    "OMP_WAIT_POLICY": "PASSIVE",
}


@dataclass
class Server:
    """A running server. `process` leads a session that holds its engine too."""

    process: subprocess.Popen[bytes]
    root: str
    key: str
    log: Path

    @property
    def url(self) -> str:
        return f"{self.root}/v1"

    def get(self, path: str) -> httpx2.Response:
        return httpx2.get(
            self.root + path, headers={"authorization": f"Bearer {self.key}"}, timeout=10, trust_env=False
        )

    def metric(self, name: str, **labels: str) -> float:
        """The sum of a metric over all its series that carry the labels."""
        lines = [line for line in self.get("/metrics").text.splitlines() if re.match(rf"{re.escape(name)}[{{ ]", line)]
        assert lines, f"The server has no metric {name}."
        asked = [f'{label}="{value}"' for label, value in labels.items()]
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines if all(each in line for each in asked))

    def send(self, number: int) -> None:
        os.killpg(self.process.pid, number)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """The server with its engine, stopped as a hung one is, and going on afterwards."""
        self.send(signal.SIGSTOP)
        try:
            yield
        finally:
            self.send(signal.SIGCONT)

    def engine(self) -> int:
        """The process that computes; the one we started only speaks HTTP."""
        for found in Path("/proc").glob("[0-9]*/comm"):
            # The kernel keeps fifteen letters of VLLM::EngineCore.
            if "EngineCor" in _read(found) and os.getsid(int(found.parent.name)) == self.process.pid:
                return int(found.parent.name)
        raise AssertionError("The server has no engine.")

    def kill(self) -> None:
        self.send(signal.SIGKILL)
        self.process.wait()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""  # it ended meanwhile


def make_model(folder: Path) -> None:
    texts = [*sorted((ROOT / "generation/engine/library/scenes").rglob("*.py")), *sorted((ROOT / "docs").glob("*.md"))]
    subprocess.run([PYTHON, HERE / "make_model.py", folder, *texts], check=True, env=environment(), timeout=300)


@contextmanager
def running(folder: Path, adapters: Mapping[str, Path] | None = None) -> Iterator[Server]:
    """Serve the model in `folder`, made first where there is none, with its adapters until the caller is done."""
    if not (folder / BASE).exists():
        make_model(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    key = secrets.token_urlsafe()
    modules = [
        json.dumps({"name": name, "path": str(path), "base_model_name": BASE})
        for name, path in (adapters or {ADAPTER: folder / ADAPTER}).items()
    ]
    options = {**ARGUMENTS, "model": str(folder / BASE), "port": str(port)}
    command = [PYTHON, "-m", "vllm.entrypoints.openai.api_server", *(f"--{each}" for each in SWITCHES)]
    command += [word for name, value in options.items() for word in (f"--{name}", value)]
    command += ["--lora-modules", *modules]
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment() | {"VLLM_API_KEY": key},
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    server = Server(process, f"http://127.0.0.1:{port}", key, log)
    try:
        _wait_until_it_serves(server)
        yield server
        if process.poll() not in {None, -signal.SIGKILL}:
            print("vLLM ended by itself. The end of its log:\n" + log.read_text(errors="replace")[-6000:])  # noqa: T201
    finally:
        if process.poll() is None:
            server.kill()


def environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | QUIET


def _wait_until_it_serves(server: Server) -> None:
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up and server.process.poll() is None:
        try:
            if server.get("/health").is_success:
                return
        except httpx2.HTTPError:
            pass
        time.sleep(0.5)
    raise AssertionError("vLLM did not start. The end of its log:\n" + server.log.read_text(errors="replace")[-4000:])
