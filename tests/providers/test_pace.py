"""How often a reply is looked at."""

from itertools import pairwise

from coffeebot.providers.llm.base import Said
from coffeebot.providers.llm.house import HouseBarista
from coffeebot.providers.llm.pace import SHORTEST, UPDATES_A_SECOND, Pace
from tests.providers.test_house import context


def test_few_replies_are_looked_at_often_and_many_no_more_often_in_all_than_the_pages_bear() -> None:
    pauses = [Pace(speaking).pause for speaking in range(0, 400, 10)]
    assert pauses[0] == pauses[1] == SHORTEST and all(one <= next_ for one, next_ in pairwise(pauses))
    assert 200 / Pace(200).pause <= UPDATES_A_SECOND + 1


async def test_the_house_says_together_what_falls_due_while_it_is_not_listened_to() -> None:
    said = {}
    for speaking in (0, 200):
        barista = HouseBarista(words_per_second=200, pace=Pace(speaking))
        said[speaking] = [speech.text async for speech in barista.reply(context()) if isinstance(speech, Said)]
    assert "".join(said[0]) == "".join(said[200]) and len(said[200]) < len(said[0]) < len("".join(said[0]).split())
