"""The client against a real HTTP server that behaves, and that misbehaves in every way we know of."""

from __future__ import annotations

import email.utils
import json
import threading
import time

import pytest

from generation.engine.errors import Cancelled, RequestFault
from generation.engine.served import stream
from generation.engine.served.breaker import Breaker
from generation.engine.served.faults import WORDS, ModelFault
from generation.engine.served.request import Chat, Sampling
from tests.served.conftest import client_of
from tests.served.stub import Stub, breaks_off, chunk, endless, raw, refuses, says, silent

HELLO = Chat([{"role": "user", "content": "hello"}])
BODY = {"model": "base"}


def fault_of(client, chat=HELLO, **more) -> ModelFault:
    with pytest.raises(ModelFault) as caught:
        client.chat(chat, **more)
    fault = caught.value
    assert (fault.fault.message, fault.fault.hint) == WORDS[fault.code]
    return fault


def test_an_answer_comes_in_pieces_and_whole(stub: Stub):
    stub.acts = [says("a circle that grows and shrinks")]
    pieces: list[str] = []
    reply = client_of(stub.url).chat(HELLO, on_text=pieces.append)
    assert reply.text == "".join(pieces) == "a circle that grows and shrinks"
    assert len(pieces) > 2
    assert (reply.model, reply.cut, reply.prompt_tokens, reply.tokens) == ("base", False, 7, 3)
    assert 0 < reply.first_token_seconds <= reply.seconds


def test_a_request_carries_sampling_schema_adapter_and_no_thinking(stub: Stub):
    schema = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
    stub.otherwise = lambda body: says('{"a": "b"}')
    chat = Chat([{"role": "user", "content": "x"}], Sampling(0.7, 0.5, 100, seed=3), schema=schema)
    client_of(stub.url, adapter="manim", key="sk-secret").chat(chat)
    asked = stub.asked[0]
    assert (asked["model"], asked["temperature"], asked["top_p"]) == ("manim", 0.7, 0.5)
    assert (asked["max_tokens"], asked["seed"], asked["n"]) == (100, 3, 1)
    assert asked["chat_template_kwargs"] == {"enable_thinking": False}
    assert asked["response_format"]["json_schema"]["schema"] == schema
    assert stub.headers[0]["authorization"] == "Bearer sk-secret"


def test_each_request_may_name_another_adapter(stub: Stub):
    client_of(stub.url, adapter="canary").chat(HELLO)
    client_of(stub.url).chat(HELLO)
    assert [asked["model"] for asked in stub.asked] == ["canary", "base"]


def test_thoughts_are_no_part_of_an_answer(stub: Stub):
    stub.acts = [says("<think>hm, a circle?</think>\n\nCircle()")]
    assert client_of(stub.url).chat(HELLO).text == "Circle()"


def test_an_answer_that_ends_at_max_tokens_says_so(stub: Stub):
    stub.acts = [says("word " * 400)]
    reply = client_of(stub.url).chat(Chat(HELLO.messages, Sampling(max_tokens=64)))
    assert (reply.cut, reply.tokens) == (True, 64)  # read to its very end, where the usage stands


@pytest.mark.parametrize(
    "wrong",
    [{"temperature": 99}, {"temperature": -1}, {"top_p": 0}, {"max_tokens": 10**9}, {"max_tokens": 1}, {"seed": -1}],
    ids=str,
)
def test_sampling_out_of_bounds_is_refused_before_anything_is_sent(wrong):
    with pytest.raises(RequestFault) as caught:
        Sampling(**wrong)
    assert caught.value.fault.code == "sampling"
    assert "Choose a value from" in caught.value.fault.hint


# --- nobody there, nothing said, too slow ---------------------------------------------------------------
def test_where_nobody_listens_the_model_cannot_be_reached(nobody: str):
    assert fault_of(client_of(nobody)).code == "model_unreachable"


def test_a_server_that_takes_the_request_and_says_nothing_is_given_up(stub: Stub):
    stub.acts = [silent()]
    assert fault_of(client_of(stub.url, patience={"first_token_seconds": 0.3})).code == "model_silent"
    assert stub.aborted.wait(5)


def test_a_server_that_sends_headers_and_pings_but_no_word_is_given_up(stub: Stub):
    stub.acts = [raw(*[b": ping\n\n"] * 3, ends="cut")]
    assert fault_of(client_of(stub.url)).code == "model_cut"


def test_a_slow_answer_ends_at_the_total_deadline_with_what_there_is(stub: Stub):
    stub.acts = [endless(pause=0.1, piece="word ")]
    fault = fault_of(client_of(stub.url, patience={"total_seconds": 0.8}))
    assert fault.code == "model_slow"
    assert fault.partial.startswith("word word")
    assert stub.aborted.wait(5)


def test_cancelling_aborts_the_answer_upstream(stub: Stub):
    stub.acts = [endless(pause=0.05)]
    stop = threading.Event()
    with pytest.raises(Cancelled):
        client_of(stub.url).chat(HELLO, on_text=lambda piece: stop.set(), should_stop=stop.is_set)
    assert stub.aborted.wait(2)
    assert stub.running == 0


def test_cancelling_while_the_server_is_silent_aborts_too(stub: Stub):
    stub.acts = [silent()]
    with pytest.raises(Cancelled):
        client_of(stub.url).chat(HELLO, should_stop=lambda: bool(stub.asked))
    assert stub.aborted.wait(2)


# --- busy and failing servers ---------------------------------------------------------------------------
@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_busy_or_failing_server_is_asked_again(stub: Stub, status):
    stub.acts = [refuses(status), refuses(status), says("at last")]
    assert client_of(stub.url, chance=lambda: 0.0).chat(HELLO).text == "at last"
    assert len(stub.asked) == 3


@pytest.mark.parametrize(("status", "code"), [(429, "model_busy"), (500, "model_failed")])
def test_it_is_asked_at_most_twice_again(stub: Stub, status, code):
    stub.otherwise = lambda body: refuses(status)
    assert fault_of(client_of(stub.url, chance=lambda: 0.0)).code == code
    assert len(stub.asked) == 3


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_kept(stub: Stub, form):
    said = "1" if form == "seconds" else email.utils.formatdate(time.time() + 2, usegmt=True)
    stub.acts = [refuses(429, retry_after=said), says("thanks")]
    client_of(stub.url).chat(HELLO)
    assert stub.times[1] - stub.times[0] >= 1.0


def test_a_server_that_wants_us_back_much_later_is_not_waited_for(stub: Stub):
    stub.acts = [refuses(429, retry_after="3600")]
    fault = fault_of(client_of(stub.url))
    assert (fault.code, fault.retry_after) == ("model_busy", 3600.0)
    assert len(stub.asked) == 1


@pytest.mark.parametrize("said", ["soon", "-5", "1e9", "9" * 40, "Thu, 99 Nov 2026"])
def test_a_senseless_retry_after_is_passed_over(stub: Stub, said):
    stub.acts = [refuses(429, retry_after=said), says("ok")]
    assert client_of(stub.url, chance=lambda: 0.0).chat(HELLO).text == "ok"


@pytest.mark.parametrize(
    ("status", "code"), [(400, "model_refused"), (401, "model_refused"), (404, "model_missing"), (302, "model_refused")]
)
def test_a_refusal_is_not_repeated(stub: Stub, status, code):
    stub.acts = [refuses(status)]
    assert fault_of(client_of(stub.url)).code == code
    assert len(stub.asked) == 1


def test_the_servers_own_words_and_the_key_stay_out_of_faults(stub: Stub):
    stub.acts = [refuses(401)]
    client = client_of(stub.url, key="sk-secret")
    told = repr(fault_of(client).fault) + repr(client._places)
    assert "sk-secret" not in told


# --- answers that are wrong -----------------------------------------------------------------------------
WRONG_ANSWERS = {
    "invalid JSON": (raw(b"data: {oops\n\n"), "model_garbled"),
    "JSON of another shape": (raw(b"data: [1, 2]\n\n"), "model_garbled"),
    "choices that are none": (raw(b'data: {"choices": 3}\n\n'), "model_garbled"),
    "content that is no text": (raw(b'data: {"choices": [{"delta": {"content": 3}}]}\n\n'), "model_garbled"),
    "nested too deeply": (raw(b"data: " + b"[" * 60_000 + b"\n\n"), "model_garbled"),
    "a web page": (raw(b"<html>hello</html>", headers={"content-type": "text/html"}), "model_garbled"),
    "packed bytes": (raw(b"data: {}\n\n", headers={"content-encoding": "gzip"}), "model_garbled"),
    "not UTF-8": (raw(b"data: \xff\xfe\xff\n\n"), "model_garbled"),
    "an error in the stream": (raw(chunk(BODY, "a"), b'data: {"error": {"message": "dead"}}\n\n'), "model_failed"),
    "nothing": (says(""), "model_empty"),
    "only spaces": (says("   \n  "), "model_empty"),
    "no event at all": (raw(), "model_cut"),
    "cut between events": (raw(chunk(BODY, "class A")), "model_cut"),
    "cut in an event": (raw(chunk(BODY, "class A"), b'data: {"choi', ends="cut"), "model_cut"),
    "a broken connection": (breaks_off("class A(Scene): pass"), "model_cut"),
    "another model": (says("hello", model="somebody-else"), "model_missing"),
    "one event of 10 MB": (raw(b"data: " + b"x" * (10 << 20) + b"\n\n"), "model_garbled"),
}


@pytest.mark.parametrize("name", WRONG_ANSWERS)
def test_a_wrong_answer_is_a_fault_in_words(stub: Stub, name):
    act, code = WRONG_ANSWERS[name]
    stub.otherwise = lambda body: act
    assert fault_of(client_of(stub.url, patience={"retries": 0})).code == code


def test_what_came_before_the_break_is_kept(stub: Stub):
    stub.acts = [breaks_off("class A(Scene): pass")]
    assert fault_of(client_of(stub.url)).partial == "class A(Scene): pass"


def test_an_answer_of_ten_megabytes_is_cut_at_the_cap(stub: Stub):
    stub.acts = [raw(*[chunk(BODY, "x" * 10_000)] * 1000)]
    fault = fault_of(client_of(stub.url))
    assert fault.code == "model_too_long"
    assert len(fault.partial) <= stream.LARGEST_TEXT


def test_an_endless_answer_is_cut_at_max_tokens(stub: Stub):
    stub.acts = [endless()]
    reply = client_of(stub.url).chat(Chat(HELLO.messages, Sampling(max_tokens=100)))
    assert reply.cut
    assert len(reply.text.split()) == 101
    assert stub.aborted.wait(5)


def test_a_stream_without_its_last_mark_is_whole_when_it_said_why_it_ended(stub: Stub):
    stub.acts = [says("all of it", done=False)]
    assert client_of(stub.url).chat(HELLO).text == "all of it"


# --- the breaker ----------------------------------------------------------------------------------------
class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def opened(client) -> None:
    for _ in range(5):
        fault_of(client)


def test_after_five_failures_the_server_is_left_alone(nobody: str):
    client = client_of(nobody)
    opened(client)
    assert client.is_resting()
    assert fault_of(client).code == "model_resting"


def test_failures_spread_over_a_long_time_do_not_open_it(nobody: str):
    clock = Clock()
    client = client_of(nobody, breakers=[Breaker(clock=clock)])
    for _ in range(8):
        fault_of(client)
        clock.now += 10
    assert not client.is_resting()


def test_a_busy_server_is_no_failing_server(stub: Stub):
    stub.otherwise = lambda body: refuses(429)
    client = client_of(stub.url, patience={"retries": 0})
    for _ in range(6):
        assert fault_of(client).code == "model_busy"


def test_after_its_rest_one_real_word_must_come_before_it_is_asked_again(stub: Stub):
    clock = Clock()
    client = client_of(stub.url, breakers=[Breaker(clock=clock, rest=15)], patience={"retries": 0})
    stub.otherwise = lambda body: refuses(500)
    opened(client)
    clock.now = 16
    assert fault_of(client).code == "model_failed"  # the probe failed
    assert fault_of(client).code == "model_resting"
    assert len(stub.asked) == 6
    clock.now = 32
    stub.otherwise = lambda body: says("well again")
    assert client.chat(HELLO).text == "well again"
    assert [asked["messages"][0]["content"] for asked in stub.asked[6:]] == ["Say yes.", "hello"]
    assert not client.is_resting()


def test_health_is_not_believed(stub: Stub):
    """The server's health endpoint says 200 all the while."""
    clock = Clock()
    client = client_of(stub.url, breakers=[Breaker(clock=clock)], patience={"first_token_seconds": 0.2, "retries": 0})
    stub.otherwise = lambda body: silent()
    opened(client)
    clock.now = 60
    assert fault_of(client).code == "model_silent"
    assert client.is_resting()


def test_of_many_callers_one_probes(stub: Stub):
    clock = Clock()
    breaker = Breaker(clock=clock)
    client = client_of(stub.url, breakers=[breaker], patience={"retries": 0, "first_token_seconds": 2.0})
    stub.otherwise = lambda body: refuses(500)
    opened(client)
    clock.now = 60
    stub.asked.clear()
    stub.otherwise = lambda body: silent()
    callers = [threading.Thread(target=fault_of, args=(client,)) for _ in range(6)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert len(stub.asked) == 1


def test_a_cancelled_probe_lets_the_next_caller_probe(stub: Stub):
    clock = Clock()
    client = client_of(stub.url, breakers=[Breaker(clock=clock)], patience={"retries": 0})
    stub.otherwise = lambda body: refuses(500)
    opened(client)
    clock.now = 60
    stub.asked.clear()
    stub.acts = [silent()]
    with pytest.raises(Cancelled):
        client.chat(HELLO, should_stop=lambda: bool(stub.asked))
    stub.otherwise = lambda body: says("back")
    assert client.chat(HELLO).text == "back"


# --- a second server ------------------------------------------------------------------------------------
def test_a_second_server_answers_when_the_first_is_gone(nobody: str, second: Stub):
    second.acts = [says("from the second")]
    reply = client_of(nobody, second.url).chat(HELLO)
    assert (reply.text, reply.endpoint) == ("from the second", second.url)


def test_a_silent_first_server_is_overtaken_and_aborted(stub: Stub, second: Stub):
    stub.acts, second.acts = [silent()], [says("sooner")]
    client = client_of(stub.url, second.url, patience={"hedge_seconds": 0.2})
    assert client.chat(HELLO).text == "sooner"
    assert stub.aborted.wait(5)


def test_a_quick_first_server_leaves_the_second_alone(stub: Stub, second: Stub):
    client_of(stub.url, second.url).chat(HELLO)
    assert second.asked == []


def test_where_both_fail_the_first_fault_is_told(nobody: str, second: Stub):
    second.acts = [refuses(401)]
    assert fault_of(client_of(nobody, second.url)).code == "model_unreachable"


def test_words_of_two_servers_are_never_mixed(stub: Stub, second: Stub):
    stub.acts = [endless(pause=0.02, piece="first ")]
    second.acts = [endless(pause=0.02, piece="second ")]
    client = client_of(stub.url, second.url, patience={"hedge_seconds": 0.0})
    reply = client.chat(Chat(HELLO.messages, Sampling(max_tokens=64)))
    assert len(set(reply.text.split())) == 1


def test_faults_can_be_told_as_json(nobody: str):
    fault = fault_of(client_of(nobody)).fault
    assert json.dumps([fault.code, fault.message, fault.hint, fault.log])
