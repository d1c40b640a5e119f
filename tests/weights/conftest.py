"""The real model on this machine: `make test-weights`."""

# ruff: noqa: T201 - its numbers are for reading
from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from generation import localmodel, processes
from generation.engine.errors import EngineError
from generation.engine.local.serving import NAME
from generation.engine.served.client import ModelClient
from generation.engine.served.profile import SMALL
from generation.engine.served.request import Endpoint


@pytest.fixture(scope="session")
def place() -> Iterator[localmodel.Place]:
    """A running server of the real model; where the model or its engine is missing, the lane fails and says so."""
    try:
        localmodel.require_ready_to_start()
    except EngineError as error:
        pytest.fail(f"{error.fault.message} {error.fault.hint}")
    found = localmodel.new_place()
    began = time.monotonic()
    child = localmodel.start_server(found)
    try:
        localmodel.wait_until_it_answers(found, lambda: child.poll() is None)
        print(f"\nready after {time.monotonic() - began:.1f} s, {memory(child):.2f} GB, {os.cpu_count()} cores")
        yield found
        print(f"\n{memory(child):.2f} GB at the end")
    finally:
        processes.stop([child])


def memory(child: processes.Process) -> float:
    """Resident memory of a process in GB."""
    status = Path(f"/proc/{child.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1e6


@pytest.fixture
def client(place: localmodel.Place) -> ModelClient:
    return ModelClient([Endpoint(place.url, NAME, key=place.key)], patience=SMALL.patience)


@pytest.fixture
def results() -> Path:
    """Where code that the model wrote is kept to be looked at: WEIGHTS_OUT, else a folder of this run."""
    folder = Path(os.environ.get("WEIGHTS_OUT") or Path(settings.DATA_DIR) / "weights")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
