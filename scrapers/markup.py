"""HTML as plain text in lines, and the data blocks that pages carry."""

import json
import re
import warnings
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning

from scrapers.items import MOST_TEXT

_BREAKS = ["p", "br", "li", "tr", "div", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "ul", "ol", "table", "section", "article", "blockquote"]
_UNSEEN = ["script", "style", "noscript", "template", "iframe", "svg"]


def soup(html: str) -> BeautifulSoup:
    """Any text as a tree; a text that looks like an address or a file name is one all the same."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(html, "html.parser")


def lines(html: str) -> str:
    """The text that a reader sees, a block a line; the cells of a table's row and a term with its definition stand in one."""
    tree = soup(html[: MOST_TEXT * 10])
    for tag in tree.find_all(_UNSEEN):
        tag.decompose()
    for tag in tree.find_all(_BREAKS):
        tag.insert_before("\n")
        if tag.name not in ("br", "dt"):
            tag.append("\n")
    for tag in tree.find_all(["td", "th", "dd"]):
        if tag.find_previous_sibling(["td", "th", "dt"]) is not None:
            tag.insert_before(": ")
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
