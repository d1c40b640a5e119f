"""One streamed answer of an OpenAI-compatible server, read with suspicion: everything in it is data and bounded."""

from __future__ import annotations

import email.utils
import json
import re
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx2

from generation.engine.served.faults import ModelFault
from generation.engine.served.request import Chat, Endpoint

LARGEST_EVENT = 64 << 10  # bytes; an honest one holds a few words
LARGEST_STREAM = 8 << 20  # bytes of all events; 4,096 honest ones have a tenth of it
LARGEST_TEXT = 128 << 10  # characters; a module may have half of it
_DONE = "[DONE]"
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>\s*", re.DOTALL)
_HEADERS = {"accept": "text/event-stream", "accept-encoding": "identity"}
_SERVER_BUSY = frozenset({429, 503, 529})


class Answer:
    """An answer that is arriving. Iterate over `pieces`, then read the rest."""

    def __init__(self, response: httpx2.Response, asked_for: str, most_tokens: int) -> None:
        self._response = response
        self._asked_for = asked_for
        self._most_tokens = most_tokens
        self._read = 0
        self._arrived = 0
        self.text = ""
        self.finish = ""
        self.model = ""
        self.usage: dict[str, Any] = {}

    async def pieces(self) -> AsyncIterator[str]:
        """The pieces of the text as they come. Raises ModelFault."""
        done = False
        try:
            async for event in httpx2.EventSource(self._response, max_event_size=LARGEST_EVENT):
                if event.data == _DONE:
                    done = True
                    break
                self._read += len(event.data)
                piece = self._take(event.data)
                if piece:
                    yield piece
                if self._is_over():
                    self.finish = "length"
                    break
        except httpx2.SSEError as error:
            raise ModelFault("model_garbled", partial=self.text, log=type(error).__name__) from error
        except httpx2.HTTPError as error:
            raise ModelFault("model_cut", partial=self.text, log=type(error).__name__) from error
        if not (done or self.finish):
            raise ModelFault("model_cut", partial=self.text)
        if not self.text.strip():
            raise ModelFault("model_empty")

    @property
    def said(self) -> str:
        """The text without thoughts that a model has all the same."""
        return _THOUGHT.sub("", self.text)

    def _is_over(self) -> bool:
        """Whether the server goes on beyond what it was asked for; a piece is a token or more."""
        return self._arrived > self._most_tokens

    def _take(self, data: str) -> str:
        if self._read > LARGEST_STREAM:
            raise ModelFault("model_too_long", partial=self.text)
        chunk = self._parsed(data)
        if "error" in chunk:
            raise ModelFault("model_failed", partial=self.text, log="The server reported an error while it answered.")
        self._require_model(chunk)
        if isinstance(usage := chunk.get("usage"), dict):
            self.usage = usage
        choices = chunk.get("choices")
        if not isinstance(choices, list) or not all(isinstance(choice, dict) for choice in choices):
            raise ModelFault("model_garbled", partial=self.text)
        if not choices:
            return ""  # the last chunk, which only counts
        delta = choices[0].get("delta") or {}
        piece = delta.get("content") or "" if isinstance(delta, dict) else None
        if not isinstance(piece, str):
            raise ModelFault("model_garbled", partial=self.text)
        self._arrived += bool(piece)  # servers also send chunks without a token: the role first, the reason at the end
        self.text += piece
        self.finish = str(choices[0].get("finish_reason") or self.finish)
        if len(self.text) > LARGEST_TEXT:
            raise ModelFault("model_too_long", partial=self.text[:LARGEST_TEXT])
        return piece

    def _parsed(self, data: str) -> dict[str, Any]:
        try:
            chunk = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise ModelFault("model_garbled", partial=self.text) from error
        if not isinstance(chunk, dict):
            raise ModelFault("model_garbled", partial=self.text)
        return chunk

    def _require_model(self, chunk: dict[str, Any]) -> None:
        """Another model than the one asked for must not write in its name; a dated name of it may."""
        said = chunk.get("model")
        if isinstance(said, str) and said:
            self.model = said
            if not said.startswith(self._asked_for):
                raise ModelFault("model_missing", log="The answer came from another model.")


async def ask(client: httpx2.AsyncClient, endpoint: Endpoint, chat: Chat) -> Answer:
    """Send a chat and return its answer once the server has begun it. Raises ModelFault."""
    headers = dict(_HEADERS)
    if endpoint.key:
        headers["authorization"] = f"Bearer {endpoint.key}"
    request = client.build_request("POST", endpoint.chat_url, json=chat.body(endpoint.asked_for), headers=headers)
    try:
        response = await client.send(request, stream=True)
    except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
        raise ModelFault("model_unreachable", log=type(error).__name__) from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise ModelFault("model_failed", log=type(error).__name__) from error
    if response.status_code == httpx2.codes.OK and response.headers.get("content-encoding", "identity") == "identity":
        return Answer(response, endpoint.asked_for, chat.sampling.max_tokens)
    await response.aclose()
    raise _refusal(response)


def _refusal(response: httpx2.Response) -> ModelFault:
    """The fault of a status. The server's own words stay out: they may quote the key."""
    status = response.status_code
    log = f"HTTP status {status}"
    if status in _SERVER_BUSY:
        return ModelFault("model_busy", retry_after=_retry_after(response), log=log)
    if status == httpx2.codes.NOT_FOUND:
        return ModelFault("model_missing", log=log)
    if status >= httpx2.codes.INTERNAL_SERVER_ERROR:
        return ModelFault("model_failed", retry_after=_retry_after(response), log=log)
    return ModelFault("model_garbled" if status == httpx2.codes.OK else "model_refused", log=log)


def _retry_after(response: httpx2.Response) -> float | None:
    """Seconds until the server wants to be asked again: a number or a date, None where it does not say."""
    said = response.headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d{1,3})?", said):
        return float(said)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(said).timestamp() - time.time())
    except (ValueError, TypeError):
        return None
