"""One HTTP answer, well-behaved or not."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Answer:
    """`length` is what Content-Length claims, where that is not the truth; `drip` seconds pass before each byte of the body.

    `hang_up` closes the connection before a word is said.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    drip: float = 0
    hang_up: bool = False

    @classmethod
    def json(cls, value: Any, **headers: str) -> "Answer":
        return cls(json.dumps(value, ensure_ascii=False).encode(), headers={"Content-Type": "application/json; charset=utf-8", **headers})

    @classmethod
    def html(cls, text: str, **headers: str) -> "Answer":
        return cls(text.encode(), headers={"Content-Type": "text/html; charset=utf-8", **headers})

    @cached_property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'
