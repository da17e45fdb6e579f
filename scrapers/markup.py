"""HTML as plain text in lines, and the data blocks that pages carry."""

import json
import re
import warnings
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning

from scrapers.items import MOST_TEXT

_BREAK = re.compile(r"<(?:/?(?:p|li|tr|div|h[1-6]|ul|ol|dl|table|section|article|blockquote)|br|dt|/dd)(?![a-z0-9])", re.IGNORECASE)
_NEXT_CELL = re.compile(r"(</(?:td|th|dt)\s*>)\s*(?=<(?:td|th|dd)(?![a-z0-9]))", re.IGNORECASE)
MOST_HTML = 3_000_000  # characters of a page
_UNSEEN = ["script", "style", "noscript", "template", "iframe", "svg"]


def soup(html: str) -> BeautifulSoup:
    """Any text as a tree; a text that looks like an address or a file name is one all the same."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(html[:MOST_HTML], "lxml")


def lines(html: str) -> str:
    """The text that a reader sees, a block a line; the cells of a table's row and a term with its definition stand in one."""
    tree = soup(_BREAK.sub(r"\n\g<0>", _NEXT_CELL.sub(r"\1: ", html[: MOST_TEXT * 4])))
    for tag in tree.find_all(_UNSEEN):
        tag.extract()
    return tidy(tree.get_text())


def tidy(text: str) -> str:
    """Single spaces, no empty lines, nothing invisible; tidying twice changes nothing."""
    seen = re.sub(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f]", "", text)
    told = (" ".join(line.split()) for line in seen[:MOST_TEXT].splitlines())
    return re.sub(r": ?: ", ": ", "\n".join(line for line in told if line))


def scripts(tree: BeautifulSoup, **attributes: str) -> Iterator[Any]:
    """The JSON of the scripts with these attributes; one that is broken is passed over."""
    for tag in tree.find_all("script", attrs=dict(attributes)):
        try:
            yield json.loads(tag.get_text(), strict=False)
        except (ValueError, RecursionError):
            continue
