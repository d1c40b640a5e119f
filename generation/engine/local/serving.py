"""The process that holds the local model: `python -m generation.engine.local.serving --model FILE --port N`.

It answers on the loopback only, to those who know the key in `MODEL_KEY`, and knows nothing of Django.
"""

from __future__ import annotations

import argparse
import os
import signal
from pathlib import Path

NAME = "local"  # what requests call the model
CONTEXT = 8192  # tokens; a scene's request has at most half of it
PROMPT_CACHE_MIB = 256


def threads() -> int:
    """One core stays free: with as many threads as cores, any render beside it makes the model ten times slower."""
    return max(1, len(os.sched_getaffinity(0)) - 1)


def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--adapter", type=Path)
    parser.add_argument("--port", type=int, required=True)
    asked = parser.parse_args()
    server = _server(asked.model, asked.adapter, asked.port, os.environ.pop("MODEL_KEY"))
    while server:
        signal.pause()


def _server(model: Path, adapter: Path | None, port: int, key: str) -> object:
    # Loaded here only: it brings a compiled engine of 100 MB that no other process needs.
    import xllamacpp  # noqa: PLC0415

    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.model_alias = {NAME}
    params.hostnames = ["127.0.0.1"]
    params.port = port
    params.api_keys = [key]
    params.n_ctx = CONTEXT
    params.n_parallel = 1
    params.cache_ram_mib = PROMPT_CACHE_MIB
    params.cpuparams.n_threads = threads()
    params.cpuparams_batch.n_threads = threads()
    params.ui = False
    params.endpoint_slots = False
    params.verbosity = 1  # warnings and errors
    if adapter is not None:
        lora = xllamacpp.CommonAdapterLoraInfo()
        lora.path = str(adapter)
        lora.scale = 1.0
        params.lora_adapters = [lora]
    return xllamacpp.Server(params)


if __name__ == "__main__":
    main()
