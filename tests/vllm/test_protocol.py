"""Our client against a real vLLM server: what it says, how it ends, and what a server in trouble looks like."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable

import httpx2
import jsonschema
import pytest

from generation.engine.errors import Cancelled
from generation.engine.served import prompts
from generation.engine.served.breaker import Breaker
from generation.engine.served.client import ModelClient
from generation.engine.served.faults import ModelFault
from generation.engine.served.replies import STORYBOARD_SCHEMA, storyboard_of
from generation.engine.served.request import Chat, Sampling
from tests.vllm.conftest import client_of
from tests.vllm.server import ADAPTER, BASE, LONGEST, Server

pytestmark = pytest.mark.vllm
GREEDY = Sampling(temperature=0.0, max_tokens=64)
LONG = Sampling(temperature=1.0, max_tokens=4096, seed=1)


def ask(text: str, sampling: Sampling = GREEDY, **more) -> Chat:
    return Chat([{"role": "user", "content": text}], sampling, **more)


HELLO = ask("Draw a circle that grows.")


def fault_of(client: ModelClient, chat: Chat = HELLO) -> ModelFault:
    with pytest.raises(ModelFault) as caught:
        client.chat(chat)
    return caught.value


def until(holds: Callable[[], bool]) -> bool:
    give_up = time.monotonic() + 30
    while not holds() and time.monotonic() < give_up:
        time.sleep(0.1)
    return holds()


# --- what it says ---------------------------------------------------------------------------------------
def test_an_answer_streams_token_by_token_with_its_usage(server: Server):
    pieces: list[str] = []
    reply = client_of(server).chat(HELLO, on_text=pieces.append)
    assert reply.text == "".join(pieces)
    assert len(pieces) > 10
    assert (reply.model, reply.tokens, reply.cut) == (BASE, GREEDY.max_tokens, True)
    assert reply.prompt_tokens > 5
    assert 0 < reply.first_token_seconds < reply.seconds


def test_a_long_beginning_that_many_requests_share_is_computed_once(server: Server):
    card = {"role": "system", "content": prompts.system_for_code()}
    client = client_of(server)
    client.chat(Chat([card, *ask("Write the scene One.").messages], GREEDY))
    before = server.metric("vllm:prefix_cache_hits_total")
    reply = client.chat(Chat([card, *ask("Write the scene Two.").messages], GREEDY))
    assert server.metric("vllm:prefix_cache_hits_total") - before > reply.prompt_tokens * 0.9


@pytest.mark.parametrize("seed", range(3))
def test_random_weights_give_a_storyboard_by_the_schema_every_time(server: Server, seed: int):
    pieces: list[str] = []
    sampling = Sampling(temperature=1.0, max_tokens=4096, seed=seed)
    chat = Chat(
        [{"role": "system", "content": prompts.system_for_storyboard()}, *HELLO.messages], sampling, STORYBOARD_SCHEMA
    )
    reply = client_of(server).chat(chat, on_text=pieces.append)
    assert not reply.cut
    jsonschema.validate(json.loads(reply.text, strict=False), STORYBOARD_SCHEMA)
    assert storyboard_of(reply.text).scenes
    assert len(pieces) > 10


def test_drafts_from_the_prompt_go_with_a_grammar_and_a_stream(server: Server):
    # What is asked to be repeated stands in the prompt, and the grammar leaves one way to say it.
    lines = [f"self.play(FadeIn(dot_{number}), run_time=1)" for number in range(12)]
    schema = {
        "type": "array",
        "prefixItems": [{"const": line} for line in lines],
        "items": False,
        "minItems": len(lines),
    }
    before = server.metric("vllm:spec_decode_num_accepted_tokens_total")
    pieces: list[str] = []
    chat = ask(json.dumps(lines, separators=(",", ":")), Sampling(temperature=0.0, max_tokens=2048), schema=schema)
    reply = client_of(server).chat(chat, on_text=pieces.append)
    assert json.loads(reply.text) == lines
    assert len(pieces) > 10
    assert server.metric("vllm:spec_decode_num_accepted_tokens_total") > before


def test_an_adapter_is_listed_chosen_by_request_and_writes_otherwise(server: Server):
    listed = {each["id"]: each.get("parent") for each in server.get("/v1/models").json()["data"]}
    assert listed == {BASE: None, ADAPTER: BASE}
    plain, tuned = client_of(server).chat(HELLO), client_of(server, adapter=ADAPTER).chat(HELLO)
    assert (plain.model, tuned.model) == (BASE, ADAPTER)
    assert plain.text != tuned.text
    assert client_of(server).chat(HELLO).text == plain.text


def test_thinking_is_off(server: Server):
    def prompt_tokens(thinking: bool) -> int:
        body = HELLO.body(BASE) | {"stream": False, "stream_options": None}
        body["chat_template_kwargs"] = {"enable_thinking": thinking}
        headers = {"authorization": f"Bearer {server.key}"}
        answer = httpx2.post(f"{server.url}/chat/completions", json=body, headers=headers, timeout=60, trust_env=False)
        return int(answer.json()["usage"]["prompt_tokens"])

    on, off = prompt_tokens(True), prompt_tokens(False)
    assert off > on  # an empty thought is part of the prompt
    assert client_of(server).chat(HELLO).prompt_tokens == off


# --- how it ends ----------------------------------------------------------------------------------------
def test_who_cancels_stops_the_server_too(server: Server):
    heard: list[str] = []
    before = server.metric("vllm:generation_tokens_total")
    with pytest.raises(Cancelled):
        client_of(server).chat(ask("Go on and on.", LONG), on_text=heard.append, should_stop=lambda: len(heard) > 3)
    assert until(lambda: server.metric("vllm:num_requests_running") == 0)
    assert server.metric("vllm:generation_tokens_total") - before < LONG.max_tokens


def test_an_answer_beyond_its_time_is_ended_and_what_there_is_is_kept(server: Server):
    frozen = []

    def freeze(piece: str) -> None:
        if not frozen:
            frozen.append(piece)
            server.send(signal.SIGSTOP)

    try:
        with pytest.raises(ModelFault) as caught:
            client_of(server, total_seconds=10.0).chat(ask("Go on.", LONG), on_text=freeze)
    finally:
        server.send(signal.SIGCONT)
    assert caught.value.code == "model_slow"
    assert caught.value.partial.startswith(frozen[0])
    assert until(lambda: server.metric("vllm:num_requests_running") == 0)


@pytest.mark.parametrize("wrong", [{"model": "nobody"}, {"adapter": "nobody"}], ids=str)
def test_a_name_that_nothing_is_served_under_is_missing(server: Server, wrong: dict[str, str]):
    assert fault_of(client_of(server, **wrong)).code == "model_missing"


def test_a_prompt_beyond_the_context_is_refused_at_once(server: Server):
    fault = fault_of(client_of(server), ask("circle " * LONGEST))
    assert (fault.code, fault.fault.log) == ("model_refused", "HTTP status 400")


def test_a_wrong_key_is_refused(server: Server):
    stranger = Server(server.process, server.root, "wrong", server.log)
    assert fault_of(client_of(stranger)).fault.log == "HTTP status 401"


# --- a server in trouble --------------------------------------------------------------------------------
def test_health_stays_well_while_the_engine_hangs_and_our_probe_sees_it(server: Server):
    engine = server.engine()
    os.kill(engine, signal.SIGSTOP)
    try:
        assert server.get("/health").status_code == 200
        assert fault_of(client_of(server, first_token_seconds=2.0)).code == "model_silent"
    finally:
        os.kill(engine, signal.SIGCONT)
    assert client_of(server).chat(HELLO).text


def test_a_server_that_hangs_is_left_alone_then_asked_one_word_and_trusted_again(server: Server):
    breaker = Breaker(failures=2, rest=1.0)
    hasty = client_of(server, breaker=breaker, first_token_seconds=2.0)
    with server.frozen():
        assert [fault_of(hasty).code for _ in range(3)] == ["model_silent", "model_silent", "model_resting"]
        time.sleep(1.1)
        assert fault_of(hasty).code == "model_silent"  # the probe
        assert fault_of(hasty).code == "model_resting"
    assert until(lambda: server.metric("vllm:num_requests_running") == 0)
    time.sleep(1.1)
    before = server.metric("vllm:prompt_tokens_total")
    reply = client_of(server, breaker=breaker, first_token_seconds=60.0).chat(HELLO)
    assert not breaker.is_open()
    assert server.metric("vllm:prompt_tokens_total") - before > reply.prompt_tokens  # a real probe came first
