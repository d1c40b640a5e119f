"""What is asked of a served model: where, with which sampling, and for how long we wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from generation.engine.errors import RequestFault
from generation.engine.types import Fault

# What a request may choose: (lowest, highest). Above 1.5 code falls apart; a scene needs no more than 4,096 tokens.
BOUNDS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"temperature": (0.0, 1.5), "top_p": (0.05, 1.0), "max_tokens": (64, 4096), "seed": (0, 2**31 - 1)}
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible server: `url` ends before `/chat/completions`, usually in `/v1`.

    `model` is the name it is served under; an `adapter` (a LoRA on it) is asked for in its place where there is one.
    """

    url: str
    model: str
    adapter: str = ""
    key: str = field(default="", repr=False)

    @property
    def asked_for(self) -> str:
        """The name that requests carry."""
        return self.adapter or self.model

    @property
    def chat_url(self) -> str:
        """Where chats are answered."""
        return f"{self.url.rstrip('/')}/chat/completions"


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the model chooses its words. Raises RequestFault for a value out of bounds."""

    temperature: float = 0.2
    top_p: float = 0.95
    max_tokens: int = 3072
    seed: int | None = None

    def __post_init__(self) -> None:
        for name, (low, high) in BOUNDS.items():
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                message = f"{name} is {value:g}, outside {low:g} to {high:g}."
                raise RequestFault(Fault("sampling", message, f"Choose a value from {low:g} to {high:g}."))


@dataclass(frozen=True, slots=True)
class Patience:
    """How long we wait, and how often we ask again."""

    connect_seconds: float = 2.0
    first_token_seconds: float = 20.0
    total_seconds: float = 120.0
    retries: int = 2  # of a server that says it is busy or that failed before it said anything
    longest_wait: float = 20.0  # a server that wants us back later than this is not waited for
    hedge_seconds: float = 4.0  # without a word from the first server, the second is asked too


@dataclass(frozen=True, slots=True)
class Chat:
    """One request: messages (`role`, `content`), and a JSON schema where the answer has to follow one."""

    messages: Sequence[Mapping[str, str]]
    sampling: Sampling = Sampling()
    schema: Mapping[str, Any] | None = None

    def body(self, model: str) -> dict[str, Any]:
        """The JSON that is sent. Thinking is off: with it on, a grammar holds only after it, and a scene waits."""
        body: dict[str, Any] = {
            "model": model,
            "messages": [dict(message) for message in self.messages],
            "n": 1,
            "stream": True,
            "stream_options": {"include_usage": True},
            "temperature": self.sampling.temperature,
            "top_p": self.sampling.top_p,
            "max_tokens": self.sampling.max_tokens,
            "chat_template_kwargs": {"enable_thinking": False},
        }
        if self.sampling.seed is not None:
            body["seed"] = self.sampling.seed
        if self.schema is not None:
            named = {"name": "answer", "schema": dict(self.schema), "strict": True}
            body["response_format"] = {"type": "json_schema", "json_schema": named}
        return body


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer. `cut` says that it ended at `max_tokens`."""

    text: str
    model: str
    cut: bool = False
    prompt_tokens: int = 0
    tokens: int = 0
    first_token_seconds: float = 0.0
    seconds: float = 0.0
    endpoint: str = ""  # the server's address
