"""Closes a text up where something was taken out of it: no double spaces, no " .", no "()", no emphasis or list item of nothing."""

import re

from coffeebot.domain.skeleton import GAP

_WAITING = " \n,;:(（「『“‘\"'*-–—•、" + GAP  # at the end of a piece: what stays of it depends on what follows
_WAITING_MORE = _WAITING + ")）」』”"  # brackets of nothing go with what is around them
_FAR_EAST = "\u2e80-\u9fff\uff00-\uffef"
_EMPTY = re.compile(
    rf"\(\s*{GAP}\s*\)|（\s*{GAP}\s*）|「{GAP}」|『{GAP}』|“\s*{GAP}\s*”|\"\s*{GAP}\s*\"|(\*{{1,2}})\s*{GAP}\s*\1|\*{{4}}(?={GAP})"
)
_SEVERAL = re.compile(rf"{GAP}([ \n]*){GAP}")
_NO_ITEM = re.compile(rf"(?:(?<=\n)|\A)(?:[-*•] *)?{GAP}[ ,.;:!?]*(?:\n|\Z)")
_AT_START = re.compile(rf"(?:(?<=\n)|\A)((?:[-*•] +)?\*{{0,2}}){GAP}[\s,;:.!?、。–—-]*")
_AFTER_OPENER = re.compile(rf"([(（「『“]){GAP}[\s,;:、–—-]*(?=\w)")
_CLOSER = re.compile(
    rf"[\s,;:、–—-]*{GAP}\s*(?:(?P<close>[.,;:!?)”’]+)(?=[\s{_FAR_EAST}]|\Z)|(?P<dash>[–—-])(?=\s)|(?P<far>[。、！？）」』])|(?P<mark>\*{{1,2}})(?=[\s.,;:!?)]|\Z))"
)
_BETWEEN = re.compile(rf"([ \n]*){GAP}([ \n]*)")
_DANGLING = re.compile(r"[\s,;:(（「『“‘、–—-]+(\**)\Z")
_BEFORE_STOP = re.compile(r" +([,.])(?=\s|\Z)")  # where an unknown reference stood
_SPACE = re.compile(r"[ \n]{2,}")


def squeezed(space: str) -> str:
    """The least space that still says the same: a paragraph, a line, a blank or nothing."""
    return "\n\n" if space.count("\n") > 1 else "\n" if "\n" in space else " " if space else ""


class Closing:
    """Fed with text in which GAP stands for what was taken out."""

    def __init__(self) -> None:
        self._held = ""
        self._last = "\n"  # the last character that was let through; a text begins like a line

    def feed(self, piece: str) -> str:
        text = self._held + piece
        settled = len(text.rstrip(_WAITING_MORE if GAP in text else _WAITING))
        self._held = text[settled:]
        if len(self._held) > 8:
            self._held = _SPACE.sub(lambda space: squeezed(space[0]), _SEVERAL.sub(rf"\1{GAP}", self._held))
        return self._through(text[:settled], self._held[:1] or " ") if settled else ""

    def close(self) -> str:
        rest, self._held = self._held, ""
        if GAP in rest or "****" in rest:
            rest = _DANGLING.sub(r"\1", self._closed(rest.replace("****", GAP), "\n"))
        return self._through(rest.rstrip(), "\n") if rest.strip() else ""

    def _through(self, text: str, following: str) -> str:
        if GAP in text or "****" in text:
            text = self._closed(text.replace("****", GAP), following)
        if " ," in text or " ." in text:
            text = _BEFORE_STOP.sub(r"\1", text)
        if "  " in text or "\n" in text:
            text = _SPACE.sub(lambda space: squeezed(space[0]), text)
        if self._last == "\n":
            text = text.lstrip()
        if text:
            self._last = text[-1]
        return text

    def _closed(self, text: str, following: str) -> str:
        """The text without its gaps."""
        before = None
        while before != text:
            before, text = text, _EMPTY.sub(GAP, _SEVERAL.sub(rf"\1{GAP}", text))
        text = _NO_ITEM.sub("", f"{self._last}{text}{following}")
        text = _AT_START.sub(r"\1", text)
        text = _AFTER_OPENER.sub(r"\1", text)
        text = _CLOSER.sub(self._closer, text)
        text = _BETWEEN.sub(self._between, text)
        return text.removeprefix(self._last).removesuffix(following)

    def _closer(self, found: re.Match[str]) -> str:
        if found["dash"]:
            return f" {found['dash']}"
        close = found["close"] or found["far"] or found["mark"]
        ended = found.string[found.start() - 1 : found.start()] in tuple(".!?:;,。！？")
        return close.lstrip(".,;:!?。、！？") if ended else close

    def _between(self, found: re.Match[str]) -> str:
        if space := squeezed(found[1] + found[2]):
            return space
        beside = found.string[max(found.start() - 1, 0) : found.start()] + found.string[found.end() : found.end() + 1]
        return "" if any("\u2e80" <= sign <= "\uffef" or sign in "([{“‘*\"'" for sign in beside) else " "
