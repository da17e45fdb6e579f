"""What shops do: each a list of answers that come instead of a good one, the last of them for ever."""

import gzip
from collections.abc import Callable

from tests.fake_shop.answers import Answer

Bad = Callable[[Answer], list[Answer]]


def _answer(status: int, **headers: str) -> list[Answer]:
    return [Answer(b"<html>Sorry</html>", status=status, headers={name.replace("_", "-"): value for name, value in headers.items()})]


def _bomb(_: Answer) -> list[Answer]:
    """Fifty megabytes of spaces in fifty kilobytes."""
    return [Answer(gzip.compress(b" " * 50_000_000), headers={"Content-Encoding": "gzip"})]


MISBEHAVIOURS: dict[str, Bad] = {
    "too many requests": lambda _: _answer(429, Retry_After="7"),
    "too many requests for an hour": lambda _: _answer(429, Retry_After="3600"),
    "unavailable": lambda _: _answer(503),
    "server error": lambda _: _answer(500),
    "gone": lambda _: _answer(404),
    "truncated JSON": lambda good: [Answer(good.body[: len(good.body) // 2], headers=good.headers)],
    "cut connection": lambda good: [Answer(good.body[: len(good.body) // 2], headers=good.headers, length=len(good.body))],
    "HTML instead of JSON": lambda _: [Answer.html("<!doctype html><title>Just a moment…</title>")],
    "empty answer": lambda _: [Answer()],
    "empty feed": lambda _: [Answer.json({"products": []})],
    "slow bytes": lambda good: [Answer(good.body, headers=good.headers, drip=0.2)],
    "hangs up": lambda _: [Answer(hang_up=True)],
    "redirect to a private address": lambda _: _answer(302, Location="http://10.0.0.1/products.json"),
    "redirect to the cloud's metadata": lambda _: _answer(302, Location="http://169.254.169.254/latest/meta-data/"),
    "redirect to a decimal address": lambda _: _answer(302, Location="http://2886729729/"),
    "redirect to a file": lambda _: _answer(301, Location="file:///etc/passwd"),
    "redirect with a user": lambda _: _answer(301, Location="http://user:secret@shop.example/"),
    "redirect to nowhere": lambda _: _answer(302),
    "redirects in a circle": lambda _: _answer(302, Location="/products.json?limit=250&page=1"),
    "far too long": lambda _: [Answer(b"[]", headers={"Content-Length": str(10**9)}, length=10**9)],
    "a gzip bomb": _bomb,
    "broken gzip": lambda _: [Answer(b"\x1f\x8b\x08nonsense", headers={"Content-Encoding": "gzip"})],
    "an encoding nobody asked for": lambda good: [Answer(good.body, headers={"Content-Encoding": "br"})],
}
