"""Decides, for each thing mentioned, whether it is wanted, unwanted, let go or merely compared with."""

from collections.abc import Sequence
from dataclasses import replace

from coffeebot.domain.understanding.cues import Turn
from coffeebot.domain.understanding.reading import Mention, Piece, Signal, Stop, Unknown
from coffeebot.domain.understanding.wish import Stance, Wish
from coffeebot.domain.words import words

_AVOIDING = {Turn.NOT, Turn.REFUSE, Turn.LESS}
_STANCE = {
    Turn.NOT: Stance.AVOID, Turn.REFUSE: Stance.AVOID, Turn.LESS: Stance.AVOID, Turn.FORGET: Stance.FORGET, Turn.FINE: Stance.FINE,
    Turn.ANY: Stance.ANY, Turn.RATHER_THAN: Stance.IGNORE, Turn.WANT: Stance.WANT,
}  # fmt: skip
_BACKWARD = {
    Turn.AFTERWARDS: Stance.AVOID, Turn.FINE_BEFORE: Stance.FINE, Turn.ANY_BEFORE: Stance.ANY,
}  # fmt: skip
_SMALL = words("between_items")
_ANSWERS_NO = ("no", "non", "nein", "nao")


class Scope:
    """Walks once through a clause."""

    def __init__(self, clause: Sequence[Piece], number: int, text: str) -> None:
        self.pieces = clause
        self.number = number
        self.text = text
        self.wishes: list[Wish] = []
        self.segment = 0
        self.prefers = any(isinstance(piece, Signal) and piece.phrase.startswith(("prefer", "id prefer", "like")) for piece in clause)
        self.also = any(isinstance(piece, Signal) and piece.cue.turn is Turn.ALSO for piece in clause)
        self._restart()

    def _restart(self) -> None:
        self.stance, self.since = Stance.WANT, -1
        self.trigger: Turn | None = None
        self.fresh, self.soft, self.slight, self.compared, self.said, self.closed = True, False, False, False, False, False

    def walk(self) -> list[Wish]:
        for place, piece in enumerate(self.pieces):
            match piece:
                case Mention():
                    self._mention(piece, place)
                case Signal():
                    self._signal(piece, place)
                case Stop():
                    self._comma(place)
                case Unknown(text="over" | "to") if self.prefers and not self.fresh:
                    self._compare(piece)
        return self.wishes

    def _compare(self, word: Unknown) -> None:
        """ "I prefer nuts over fruit", "I prefer light to dark"."""
        self.stance, self.trigger, self.since, self.fresh = Stance.IGNORE, Turn.RATHER_THAN, word.start, True

    def _mention(self, mention: Mention, place: int) -> None:
        link = self._link(place)
        self.wishes.append(
            Wish(
                mention,
                self.stance,
                self.number,
                self.segment,
                soft=self.soft or self.slight or self.trigger is Turn.LESS,
                compared=self.compared,
                link=link,
                since=self.since if self.since >= 0 else mention.start,
                said=self.said,
                also=self.also,
            )
        )
        self.fresh, self.slight = False, False

    def _link(self, place: int) -> str:
        """How this mention hangs on to the one before it."""
        link = ""
        for piece in reversed(self.pieces[:place]):
            match piece:
                case Mention():
                    return link or "next"
                case Signal(cue=cue) if cue.turn is Turn.OR:
                    link = "or"
                case Signal(cue=cue) if cue.turn is Turn.AND and not link:
                    link = "and"
                case Stop() if not link:
                    link = "comma"
                case Signal(cue=cue) if cue.turn in _STANCE and link not in ("or",):
                    return ""
                case Unknown(text=text) if text not in _SMALL and not link:
                    link = "apart"
        return ""

    def _signal(self, signal: Signal, place: int) -> None:
        turn = signal.cue.turn
        if place == 0 and signal.phrase in _ANSWERS_NO and self._is_weak_stop(1):
            return  # "no, a moka pot"
        if turn in _AVOIDING:
            self._refuse(signal, place)
        elif turn is Turn.WANT:
            self._want(place)
        elif turn in (Turn.FORGET, Turn.FINE, Turn.ANY):
            self._begin(signal)
        elif turn is Turn.RATHER_THAN:
            self._rather_than(signal, place)
        elif turn in _BACKWARD:
            self._backward(_BACKWARD[turn], signal)
        elif turn is Turn.WANT_BEFORE:
            self._wanted_before()
        elif turn is Turn.TURN:
            self._restart()
        elif turn in (Turn.MAYBE, Turn.MAYBE_BEFORE):
            self._maybe(place)
        elif turn is Turn.SLIGHTLY:
            self.slight = True
        elif turn is Turn.LIKE:
            self.compared = True
        elif turn is Turn.OR:
            self.closed = True
        elif turn is Turn.AND:
            self._and(place)

    def _begin(self, signal: Signal) -> None:
        self.stance, self.trigger, self.since = _STANCE[signal.cue.turn], signal.cue.turn, signal.start
        self.fresh, self.said, self.closed, self.compared = True, True, False, False

    def _refuse(self, signal: Signal, place: int) -> None:
        if self.stance in (Stance.AVOID, Stance.FORGET, Stance.FINE) and self.fresh:
            if signal.cue.turn is not Turn.LESS:
                return  # "I don't want no citrus", "forget about no citrus"
            self.trigger = Turn.LESS
            return
        if signal.cue.turn is Turn.NOT and self._ends(place) and self._in_segment():
            self._backward(Stance.AVOID, signal)  # "citrus no, chocolate yes"
            return
        self._begin(signal)

    def _want(self, place: int) -> None:
        if self.stance is not Stance.WANT and self.fresh and self.trigger is not None:
            if self.trigger is Turn.NOT:
                self.trigger = Turn.REFUSE  # "not looking for"
            return
        if place and self._is(place - 1, Turn.OR):
            return  # "isn't from Kenya or from Rwanda"
        if self.stance is Stance.WANT and self.soft and self.fresh:
            self.said = True
            return  # "ideally with citrus"
        self._restart()
        self.said = True

    def _wanted_before(self) -> None:
        self.wishes = [replace(wish, said=True) if wish.segment == self.segment else wish for wish in self.wishes]
        if self.stance is not Stance.WANT and not self.fresh:
            self._restart()

    def _rather_than(self, signal: Signal, place: int) -> None:
        if signal.phrase in ("より", "よりも", "보다"):
            if self.wishes:
                self.wishes[-1] = replace(self.wishes[-1], stance=Stance.IGNORE)
            return
        self._begin(signal)

    def _backward(self, stance: Stance, signal: Signal) -> None:
        """Gives a stance to the wishes of this segment, and to a bare list that leads up to them."""
        turned = self.segment
        for i in range(len(self.wishes) - 1, -1, -1):
            wish = self.wishes[i]
            if wish.segment < turned - 1 or (wish.segment == turned - 1 and not self._bare_list(wish.segment)):
                break
            turned = min(turned, wish.segment)
            if wish.stance is Stance.WANT:
                self.wishes[i] = replace(wish, stance=stance, said=True)
        self._restart()

    def _bare_list(self, segment: int) -> bool:
        """Whether a segment of Japanese or the like ends in a mention, with no particle after it: then it is part of a list."""
        number, last = 0, None
        for piece in self.pieces:
            if isinstance(piece, Stop):
                if number == segment:
                    return isinstance(last, Mention) and not self.text[last.end : piece.start].strip() and last.phrase[-1:] > "\u3000"
                number += 1
            last = piece
        return False

    def _maybe(self, place: int) -> None:
        if self._mention_follows(place):
            self.soft = True
            return
        first = self._softened_from()
        self.wishes = [replace(wish, soft=True) if i >= first else wish for i, wish in enumerate(self.wishes)]

    def _softened_from(self) -> int:
        """The first wish that a hedge at the end of a segment reaches: not beyond "with" or the last comma."""
        if not self.wishes:
            return 0
        segment = self.wishes[-1].segment
        wants = [
            p.start for p in self.pieces if isinstance(p, Signal) and p.cue.turn is Turn.WANT and p.start < self.wishes[-1].mention.start
        ]
        since = max(wants, default=-1)
        reached = [i for i, wish in enumerate(self.wishes) if wish.segment == segment and wish.mention.start > since]
        return reached[0] if reached else len(self.wishes) - 1

    def _and(self, place: int) -> None:
        """ "not dark and fruity": another kind of thing after "and" is a new wish."""
        if self.trigger not in (Turn.NOT, Turn.LESS) or self.fresh:
            return
        following = next((piece for piece in self.pieces[place + 1 :] if not isinstance(piece, Unknown)), None)
        if isinstance(following, Mention) and type(following.meaning) is not type(self.wishes[-1].mention.meaning):
            self._restart()

    def _comma(self, place: int) -> None:
        if not self._goes_on(place):
            self._restart()
        self.segment += 1

    def _goes_on(self, place: int) -> bool:
        """Whether a list that began before a comma continues after it."""
        if self.trigger is None and not (self.compared or self.soft):
            return False
        if self.fresh:
            return self.trigger is not None and self._mention_follows(place)
        if self.closed:
            return False
        has_or, pure = False, False
        for piece in self.pieces[place + 1 :]:
            match piece:
                case Mention():
                    pure = True
                case Unknown(text=text) if text not in _SMALL:
                    return False
                case Signal(cue=cue) if cue.turn is Turn.OR or (cue.turn is Turn.AND and self.trigger is not Turn.NOT):
                    has_or = True
                case Signal(cue=cue) if (
                    cue.turn in (Turn.WANT, Turn.WANT_BEFORE, Turn.AFTERWARDS, Turn.FINE_BEFORE, Turn.ANY_BEFORE) and not has_or
                ):
                    return False
                case Signal(cue=cue) if cue.turn in _STANCE or cue.turn is Turn.TURN:
                    break
                case Stop() if not pure:
                    return False
        return pure and (has_or or self.trigger is Turn.REFUSE)

    def _mention_follows(self, place: int) -> bool:
        """Whether something is mentioned between here and the next stop."""
        for piece in self.pieces[place + 1 :]:
            if isinstance(piece, Mention):
                return True
            if isinstance(piece, Stop):
                return False
        return False

    def _ends(self, place: int) -> bool:
        """Whether nothing more is said before the next stop."""
        following = self.pieces[place + 1] if place + 1 < len(self.pieces) else None
        return following is None or isinstance(following, Stop)

    def _in_segment(self) -> bool:
        return bool(self.wishes) and self.wishes[-1].segment == self.segment and self.wishes[-1].stance is Stance.WANT

    def _is_weak_stop(self, place: int) -> bool:
        return place < len(self.pieces) and isinstance(self.pieces[place], Stop)

    def _is(self, place: int, turn: Turn) -> bool:
        piece = self.pieces[place]
        return isinstance(piece, Signal) and piece.cue.turn is turn
