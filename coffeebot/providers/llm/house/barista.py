"""Speaks what the house has to say, at a reader's pace, and asks the question that is worth it."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeAlias

from coffeebot.domain.message import Intent
from coffeebot.domain.speech.foreign import UNDERSTOOD
from coffeebot.domain.turn import Followups, Question
from coffeebot.providers.llm.base import Context, Said, Speech
from coffeebot.providers.llm.house import chatting, comparing, explaining, knowing, recommending, telling
from coffeebot.providers.llm.house.followups import followups
from coffeebot.providers.llm.house.resuming import resumed
from coffeebot.providers.llm.house.voice import Voice
from coffeebot.providers.llm.pace import Pace

_PIECE = re.compile(r"\S+\s*|\s+")  # one word with the space after it
_CHARACTERS = re.compile(r"\[\[[^\]]*\]\]|.{1,2}", re.DOTALL)  # languages without spaces speak by characters
Maker: TypeAlias = Callable[[Voice], str]
_PROSE: dict[Intent, Maker] = {
    Intent.GREETING: chatting.greeting,
    Intent.THANKS: chatting.thanks,
    Intent.OFF_TOPIC: chatting.off_topic,
    Intent.HOSTILE: chatting.hostile,
    Intent.RUDE: chatting.rude,
    Intent.COMPLAINT: chatting.complaint,
    Intent.ASK: knowing.answered,
    Intent.COMPARE: comparing.comparison,
    Intent.WHY: explaining.why,
    Intent.WHY_NOT: explaining.why_not,
    Intent.TELL: telling.portrait_of,
    Intent.CHOSEN: telling.chosen,
}


class HouseBarista:
    """Speaks at `words_per_second` words a second (a reader's pace); 0 says all at once."""

    name = "house"

    def __init__(self, *, words_per_second: float = 30, pace: Pace | None = None) -> None:
        self._rate = words_per_second
        self._pace = pace or Pace()

    async def reply(self, context: Context) -> AsyncIterator[Speech]:
        voice = Voice(context)
        prose = spoken_prose(voice)
        async for words in self._aloud(_pieces(resumed(voice, prose) if context.resume else prose, voice.language)):
            yield Said(words)
        for speech in closing(context):
            yield speech

    async def _aloud(self, pieces: list[str]) -> AsyncIterator[str]:
        """Together what has fallen due since the last."""
        loop = asyncio.get_running_loop()
        began, said = loop.time(), 0
        while said < len(pieces):
            due = max(said, int((loop.time() - began) * self._rate)) + 1 if self._rate else len(pieces)
            yield "".join(pieces[said:due])
            said = due
            if self._rate:
                await asyncio.sleep(max(1 / self._rate, self._pace.pause))


def spoken_prose(voice: Voice) -> str:
    prose = _PROSE.get(voice.context.understanding.intent, recommending.recommendation)(voice)
    return "\n\n".join(part for part in (_in_their_own(voice), prose) if part)


def _in_their_own(voice: Voice) -> str:
    """Once a conversation: that a language is understood here and not spoken."""
    return voice.once(UNDERSTOOD.get(voice.context.understanding.language, ""))


def closing(context: Context) -> Iterator[Question | Followups]:
    """What follows the words, whoever spoke them: the question worth asking, and ways to go on."""
    voice = Voice(context)
    if context.question and voice.offers:
        yield context.question
    if suggestions := tuple(followups(voice)):
        yield Followups(suggestions)


def _pieces(text: str, language: str) -> list[str]:
    return (_CHARACTERS if language == "ja" else _PIECE).findall(text)
