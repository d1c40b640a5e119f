"""What the docs and manifests say of vLLM, held against the real one: its flags, its metrics, and its health."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.vllm.server import BASE, HERE, ROOT, Server, environment

pytestmark = pytest.mark.vllm
OPERATIONS = (ROOT / "docs/operations.md").read_text()
FILES = sorted((ROOT / "deploy/vllm").glob("*.yaml"))


def documented() -> list[str]:
    """The arguments of the command in the docs, with the model as a flag, as the files have it."""
    (command,) = re.findall(r"^vllm serve (.*?)\n```", OPERATIONS, re.M | re.S)
    return ["--model", *shlex.split(command.replace("\\\n", " "))]


def parsed(python: Path, *lines: list[str]) -> list[dict[str, str]]:
    done = subprocess.run(
        [python, HERE / "parse_arguments.py"],
        input=json.dumps(lines),
        env=environment(),
        capture_output=True,
        text=True,
        timeout=400,
        check=True,
    )
    read: list[dict[str, str]] = json.loads(done.stdout.splitlines()[-1])
    return read


def test_vllm_takes_every_flag_of_the_docs_and_of_the_files(vllm_python: Path) -> None:
    lines = [documented(), *(["--config", str(file)] for file in FILES), ["--max-modle-len", "1"]]
    *good, typo = parsed(vllm_python, *lines)
    assert "max-modle-len" in typo["wrong"]
    assert len(FILES) == 3
    assert not [each["wrong"] for each in good if "wrong" in each]
    command, *files = good
    by_card = {file.stem.rpartition("-")[2]: found for file, found in zip(FILES, files, strict=True)}
    assert command == by_card["80gb"]
    differ = {name for name, value in by_card["48gb"].items() if value != command[name]}
    assert differ == {"max_num_seqs", "max_num_batched_tokens"}


def test_compose_and_kubernetes_start_from_these_files() -> None:
    compose = yaml.safe_load((ROOT / "deploy/compose.yml").read_text())["services"]["vllm"]
    assert compose["entrypoint"] == ["vllm", "serve", "--config", "/etc/vllm.yaml"]
    assert "qwen3-14b-80gb.yaml" in compose["volumes"][0]
    pod: dict[str, Any] = next(yaml.safe_load_all((ROOT / "deploy/kubernetes/vllm.yaml").read_text()))["spec"][
        "template"
    ]["spec"]
    assert pod["containers"][0]["command"] == ["vllm", "serve", "--config", "/etc/vllm/vllm.yaml"]


def test_every_metric_in_the_docs_is_one_that_the_server_has(server: Server) -> None:
    named = set(re.findall(r"`(vllm:\w+)`", OPERATIONS))
    assert len(named) > 8
    shown = server.get("/metrics").text
    assert not {name for name in named if not re.search(rf"^{name}(_bucket)?[{{ ]", shown, re.M)}


def test_the_probe_of_the_manifests_gets_one_token(server: Server) -> None:
    def probe(key: str) -> int:
        variables = {"PROBE_URL": f"{server.url}/chat/completions", "VLLM_API_KEY": key, "PATH": os.environ["PATH"]}
        return subprocess.run(
            ["python3", ROOT / "deploy/vllm/probe.py"], env=variables, capture_output=True, check=False
        ).returncode

    assert server.get("/v1/models").json()["data"][0]["id"] == BASE
    assert probe(server.key) == 0
    assert probe("wrong") != 0
