"""How a coffee was processed."""

import re
from collections.abc import Iterator

from coffeebot.domain.coffee import Flag, Process
from coffeebot.domain.facts.reading import Reading
from coffeebot.domain.folding import fold
from coffeebot.domain.process_names import CARBONIC, Kind, ferments_with_something, process_label
from coffeebot.domain.vocabulary import find_processes

_CONTRASTED = re.compile(
    r"\b(?:rather than|as opposed to|instead of|as is the case (?:with|for)|in contrast to|not the)\b.*", re.IGNORECASE
)
_OTHER_SENSE = re.compile(
    r"\b(?:natural|honey)[- ](?:solvent|sweet\w*|flavou?rs?|resources?|environment|world|fertili[sz]er\w*|toned|like|yeasts?|forests?|"
    r"compounds?|park|reserve|wonder\w*|sugars?)\b|"
    r"\b(?:swiss|mountain|royal|crystal|sparkling) (?:mountain )?water\b(?:[- ]process\w*)?|\bwater[- ](?:only )?process\w*(?= decaf)",
    re.IGNORECASE,
)
_CARBONIC_AND = re.compile(r"\bcm[ -](?=natural|washed|honey)", re.IGNORECASE)  # two processes, where shoppers mean one
_FLAGS = {Kind.CARBONIC_MACERATION: Flag.CARBONIC_MACERATION, Kind.COFERMENT: Flag.COFERMENT}


def processes(reading: Reading) -> tuple[Process, ...]:
    """The processes that the column names, else the name, the summary or the story. Carbonic maceration is anaerobic."""
    stated = reading.coffee.process
    if stated:
        found = tuple(dict.fromkeys(process for kind in process_label(stated).kinds for process in _processes_of(kind)))
        found = found or find_processes(stated)
        if found:
            reading.keep("processes", next((part for part in stated.split("; ") if process_label(part).kinds), stated.split("; ")[0]))
        return found
    return tuple(dict.fromkeys(_told(reading)))


def process_flags(reading: Reading) -> Iterator[Flag]:
    """Whether it was carbonically macerated or fermented with something else."""
    stated = reading.coffee.process
    if stated:
        for kind in process_label(stated).kinds:
            if kind in _FLAGS:
                reading.keep(f"flags.{_FLAGS[kind]}", stated.split("; ")[0])
                yield _FLAGS[kind]
        return
    for passage in reading.told:
        told = _CONTRASTED.sub("", passage)
        for flag, said in (
            (Flag.CARBONIC_MACERATION, bool(CARBONIC.search(fold(told).text))),
            (Flag.COFERMENT, ferments_with_something(told)),
        ):
            if said:
                reading.keep(f"flags.{flag}", passage)
                yield flag


def _processes_of(kind: Kind) -> tuple[Process, ...]:
    if kind is Kind.CARBONIC_MACERATION:
        return (Process.ANAEROBIC,)
    return (Process(kind),) if kind is not Kind.COFERMENT else ()


def _told(reading: Reading) -> list[Process]:
    """The first text that names a process decides, beside anaerobic, which goes with any; texts about its kind come last."""
    name, *rest = reading.told
    found: list[Process] = []
    for text in ((name,), tuple(s for s in rest if s in reading.coffee.summary), tuple(s for s in rest if s not in reading.coffee.summary)):
        told = _processes_in(reading, text)
        undecided = all(process is Process.ANAEROBIC for process in found)
        found += told if undecided else [process for process in told if process is Process.ANAEROBIC]
    if all(process is Process.ANAEROBIC for process in found):
        found += _processes_in(reading, reading.kind)
    return found


def _processes_in(reading: Reading, passages: tuple[str, ...]) -> list[Process]:
    found: list[Process] = []
    for passage in passages:
        told = find_processes(_CARBONIC_AND.sub("carbonic maceration, ", _OTHER_SENSE.sub(" ", _CONTRASTED.sub("", passage))))
        if told:
            reading.keep("processes", passage)
            found += told
    return found
