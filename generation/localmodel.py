"""The model that runs on this machine: where its files are, its server, and how everything else finds it."""

from __future__ import annotations

import importlib.util
import secrets
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from generation import adapters, processes
from generation.engine.errors import EngineFault
from generation.engine.local.fetching import Store
from generation.engine.local.pins import pinned
from generation.engine.local.serving import NAME
from generation.engine.served.client import PROBE, ModelClient
from generation.engine.served.faults import ModelFault
from generation.engine.served.request import Endpoint, Patience
from generation.engine.types import Fault

READY_SECONDS = 180.0  # loading takes seconds; a slow disk under load takes longer
LONGEST_REST = 30.0
LIVED = 60.0  # after so many seconds of service a death is no longer the same one again


def store() -> Store:
    """The folder of the local model."""
    return Store(pinned(), Path(settings.MODELS_DIR))


@dataclass(frozen=True, slots=True)
class Place:
    """Where the server of this run answers. The key is made for the run and known to our processes only."""

    port: int
    key: str = field(repr=False)

    @property
    def url(self) -> str:
        """The address as settings have it."""
        return f"http://127.0.0.1:{self.port}/v1"

    def environment(self) -> Mapping[str, str]:
        """What makes another process of ours speak to it."""
        return {
            "MODEL_URL": self.url,
            "MODEL_URL_HEDGE": "",
            "MODEL_NAME": NAME,
            "MODEL_ADAPTER": "",
            "MODEL_KEY": self.key,
            "MODEL_PROFILE": "small",
        }


def new_place(port: int = 0) -> Place:
    """A free port of the loopback (or the one given) and a new key."""
    if not port:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
    return Place(port, secrets.token_urlsafe(32))


def require_ready_to_start() -> None:
    """Raise EngineFault, saying what to do, where the model or its engine is missing."""
    if not store().is_there:
        hint = "Fetch it once (1.1 GB): manage.py models fetch. Or start without MODEL=local."
        raise EngineFault(Fault("no_model_file", "The local model is not on this machine.", hint))
    if importlib.util.find_spec("xllamacpp") is None:
        hint = "Install it: pip install -r requirements/local-model.txt (make run MODEL=local does it)."
        raise EngineFault(Fault("no_engine", "The engine that runs the local model is not installed.", hint))


def start_server(place: Place) -> processes.Process:
    """Start the process that holds the model."""
    arguments = ["-m", "generation.engine.local.serving", "--model", str(store().file), "--port", str(place.port)]
    adapter = Path(settings.LOCAL_MODEL_ADAPTER)
    # One server answers everybody, those who pay too.
    if adapter.is_file() and adapters.may_be_served(str(adapter.resolve()), paying=True):
        arguments += ["--adapter", str(adapter)]
    return processes.start(arguments, {"MODEL_KEY": place.key})


def keep_serving(place: Place, tell: Callable[[str], None]) -> None:
    """Hold a server at the place for ever: where it dies another is started, later each time. Ends by a signal."""
    rest = 1.0
    while True:
        began = time.monotonic()
        child = start_server(place)
        try:
            status = child.wait()
        finally:
            processes.stop([child])
        rest = 1.0 if time.monotonic() - began > LIVED else min(2 * rest, LONGEST_REST)
        tell(f"The local model's server ended with status {status}. It is started again in {rest:g} s.")
        time.sleep(rest)


def wait_until_it_answers(place: Place, is_alive: Callable[[], bool]) -> None:
    """Return once a real request is answered. Raises EngineFault where none is for too long, or nobody is left."""
    patience = Patience(connect_seconds=1.0, first_token_seconds=60.0, retries=0)
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and is_alive():
        try:
            ModelClient([Endpoint(place.url, NAME, key=place.key)], patience=patience).chat(PROBE)
        except ModelFault:
            time.sleep(0.3)
        else:
            return
    hint = "Its last lines are above. Check it with: manage.py models status --check. Or start without MODEL=local."
    raise EngineFault(Fault("model_unreachable", "The local model did not start.", hint))
