"""Server-sent events as text, ready for the wire."""

import json
from typing import Any

PIECES = 4  # that the arguments of a tool call come in

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # made once: it is called for each token


def named(kind: str, **fields: Any) -> str:
    """An event that carries its name, as both Messages and Responses do."""
    return f"event: {kind}\ndata: {encode({'type': kind, **fields})}\n\n"


def pieces(text: str) -> list[str]:
    size = max(1, -(-len(text) // PIECES))
    return [text[n : n + size] for n in range(0, len(text), size)]
