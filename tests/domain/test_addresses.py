"""Addresses in a text, plain and in disguise, and what only looks like one."""

import time
import unicodedata

import pytest

from coffeebot.domain.addresses import addresses
from evals.attacks import attack_strings, attacks

FOUND = [
    ("see example.com now", "example.com"),
    ("see https://x.y/z).", "https://x.y/z"),
    ("(www.example.com)", "www.example.com"),
    ("HTTP://EXAMPLE.COM/A?b=c#d, and", "HTTP://EXAMPLE.COM/A?b=c#d"),
    ("//example.com/x", "//example.com/x"),
    ("hxxps://example[.]com/x", "hxxps://example[.]com/x"),
    ("example [dot] com", "example [dot] com"),
    ("example dot com", "example dot com"),
    ("example(.)com", "example(.)com"),
    ("例えばexample.comへ", "example.com"),
    ("example。com", "example。com"),
    ("shop@example.org.", "shop@example.org"),
    ("mailto:shop@example.org", "mailto:shop@example.org"),
    ("javascript:alert(1)", "javascript:alert(1)"),
    ("data:text/html;base64,AAA=", "data:text/html;base64,AAA="),
    ("http://[::1]:80/x", "http://[::1]:80/x"),
    ("127.0.0.1:8000/x", "127.0.0.1:8000/x"),
    ("localhost:3000", "localhost:3000"),
    ("xn--bcher-kva.example", "xn--bcher-kva.example"),
    ("beans.coffee", "beans.coffee"),
    ("bit.ly/abc", "bit.ly/abc"),
    ("tel:+15551234", "tel:+15551234"),
    ("bright.It was", ""),
    ("e.g. this", ""),
    ("i.e. that", ""),
    ("U.S. beans", ""),
    ("Ph.D. and St.Ali", ""),
    ("a ratio of 1:16 in 2:30", ""),
    ("and/or washed/natural", ""),
    ("No.1, 1.5 g, 92.5", ""),
    ("V60. Then", ""),
    ("8 a.m. or p.m.", ""),
    ("果実味です。次は", ""),
    ("dot the i", ""),
]


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_where_an_address_stands(text: str, found: str) -> None:
    spans = sorted(addresses(text))
    assert (text[spans[0][0] : max(end for _, end in spans)] if spans else "") == found


def test_every_address_that_was_meant_to_get_through_is_found() -> None:
    if not attacks().exists():
        pytest.skip(f"no attack strings at {attacks()}")
    links = [text for text in attack_strings(attacks()) if text.lower().startswith(("http:", "https:", "javascript:", "ftp:", "gopher:"))]
    assert links
    missed = [link for link in links if not any(addresses(unicodedata.normalize("NFKC", link)))]
    assert missed == []


@pytest.mark.parametrize("part", ["a.", "a", "a-", "a.com ", "//", ":", "[:", "http:", "@", "a@", " dot ", "(.)", "1.", "0:0:", "\\"])
def test_long_hostile_texts_take_no_longer_than_their_length(part: str) -> None:
    text = (part * 4000)[:4000]
    began = time.process_time()
    list(addresses(text))
    assert time.process_time() - began < 1.5
