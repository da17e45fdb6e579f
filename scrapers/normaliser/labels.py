"""Labelled lines of a description: "Process: Washed", 品種：ティピカ, "Elevation – 2800 Ft", several in a line, in any order."""

import re
import tomllib
from pathlib import Path

_TABLE = {
    field: tuple(" ".join(word.split()) for word in words.split(","))
    for field, words in tomllib.loads(Path(__file__).with_name("labels.toml").read_text("utf-8")).items()
}
FIELDS = tuple(field for field in _TABLE if field != "others")
_FIELD_OF = {word: field for field in FIELDS for word in _TABLE[field]}
_WORDS = "|".join(re.escape(word) for word in sorted((word for words in _TABLE.values() for word in words), key=len, reverse=True))
_COLON = re.compile(
    rf"(?<![^\W_])[【＜<\[■●◆▪・•*_~-]{{0,3}}\s?(?P<label>{_WORDS})(?:\(s\))?\s?[】＞>\]*_]{{0,3}}\s?[:：]\s?", re.IGNORECASE
)
_DASH = re.compile(rf"^\W*(?P<label>{_WORDS})\s*(?:\s[-–—|]\s|\s*／\s*|[】＞\]]\s*)(?P<value>.+)$", re.IGNORECASE)
_ALONE = re.compile(rf"^\W*(?P<label>{_WORDS})\W*$", re.IGNORECASE)
MOST_VALUE = 240  # characters; a longer "value" is prose that happens to begin like a label
MOST_VALUES = 12
MOST_NAME = 80  # of a place, a farm or a person
_NAMES = ("origin", "region", "farm", "producer")
_AROUND = " \t　|/／;,、•・*"


def field_of(label: str) -> str | None:
    """The field that a label announces; None for one of something else."""
    return _FIELD_OF.get(" ".join(label.replace("_", " ").replace("pa ", "").lower().split()).strip(" :："))


def labelled(text: str) -> tuple[dict[str, tuple[str, ...]], str]:
    """The values by field, in the text's order, and the text that stands under no label."""
    found: dict[str, list[str]] = {}
    prose: list[str] = []
    waiting: str | None = None
    for line in text.splitlines():
        before, pairs = _read(line)
        alone = _ALONE.match(line)
        if alone and not pairs:
            waiting = alone["label"]
            continue
        if waiting and not pairs and len(line) <= MOST_VALUE:
            before, pairs = "", [(waiting, line)]
        waiting = pairs[-1][0] if pairs and not pairs[-1][1] else None
        prose.append(before)
        for label, value in pairs:
            field = _FIELD_OF.get(label.lower())
            longest = MOST_NAME if field in _NAMES else MOST_VALUE
            if field and value and len(value) <= longest and len(found.setdefault(field, [])) < MOST_VALUES:
                found[field].append(value)
    return {field: tuple(values) for field, values in found.items()}, "\n".join(line for line in map(str.strip, prose) if line)


def _read(line: str) -> tuple[str, list[tuple[str, str]]]:
    """What stands before the first label of a line, and its (label, value) pairs; a value ends where the next label begins."""
    labels = list(_COLON.finditer(line))
    if not labels:
        dashed = _DASH.match(line)
        return ("", [(dashed["label"], dashed["value"].strip())]) if dashed else (line, [])
    ends = [following.start() for following in labels[1:]] + [len(line)]
    values = [line[place.end() : end].strip(_AROUND) for place, end in zip(labels, ends, strict=True)]
    return line[: labels[0].start()], [(place["label"], value) for place, value in zip(labels, values, strict=True)]
