"""The words of strangers, made fit to stand in a prompt: data that cannot hide, reverse or end the fence around it."""

import re
import unicodedata

# Nobody sees these, though Python counts them as printable: fillers, blanks, joiners and variation selectors.
_BLANKS = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc\U000e0100-\U000e01ef]")
_FENCES = re.compile(r"[<>＜＞﹤﹥]|\[{2,}|\]{2,}|`{3,}")  # what our own tags, references and quotations are made of
_MARKS = {"<": "‹", "＜": "‹", "﹤": "‹", ">": "›", "＞": "›", "﹥": "›", "[": "[", "]": "]", "`": "'"}


def typed(value: object) -> str:
    """What was typed into a field, without its ends and what PostgreSQL cannot store; "" for what is no text."""
    return value.replace("\x00", "").strip() if isinstance(value, str) else ""


def visible(text: str) -> str:
    """On one line, without control, format, private and other characters that nobody sees. Joined emoji fall apart."""
    line = " ".join(text.split())
    if line.isascii() and line.isprintable():
        return line
    seen = line if line.isprintable() else "".join(filter(str.isprintable, line))
    return " ".join(unicodedata.normalize("NFC", _BLANKS.sub("", seen)).split())


def unhidden(text: str) -> str:
    """Without what nobody sees, character by character: a text may be cut anywhere. Line breaks stay; other space becomes blanks."""
    if text.isascii() and text.isprintable():
        return text
    shown = text if text.isprintable() else "".join(map(_shown, text))
    return _BLANKS.sub("", shown)


def _shown(character: str) -> str:
    if character in "\n\u2028\u2029":
        return "\n"
    return character if character.isprintable() else " " if character.isspace() else ""


def cleaned(text: str, limit: int) -> str:
    """`visible` text that cannot close a fence, of at most `limit` (1 or more) characters, cut at a word with "…"."""
    fit = _FENCES.sub(lambda mark: _MARKS[mark[0][0]], visible(text[: limit * 4]))
    if len(fit) <= limit:
        return fit
    end = limit - 1
    while end > 0 and unicodedata.category(fit[end]).startswith("M"):  # an accent stays with its letter
        end -= 1
    whole, _, _ = fit[: end + 1].rpartition(" ")
    return (whole if len(whole) > limit // 2 else fit[:end]).rstrip() + "…"
