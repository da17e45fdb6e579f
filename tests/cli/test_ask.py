"""The terminal face of a turn."""

import io

from coffeebot.cli.ask import Terminal, ask
from coffeebot.domain.turn import Choice, Delta, Question
from coffeebot.wiring import Services


def test_emphasis_may_be_split_over_pieces() -> None:
    out = io.StringIO()
    terminal = Terminal(out)
    for piece in ("Take *", "*Lantern", " Hill*", "* or 2 * 3."):
        terminal.show(Delta(piece))
    assert out.getvalue() == "Take Lantern Hill or 2 * 3."


def test_the_question_comes_last_with_its_choices() -> None:
    out = io.StringIO()
    terminal = Terminal(out)
    terminal.show(Question(facet="roast", text="How far?", choices=(Choice("Light", 9), Choice("Any", 38)), left=38, left_if=12))
    terminal.show(Delta("Words."))
    terminal.close()
    assert out.getvalue().splitlines()[-2:] == ["38 left, about 12 if you tell me: How far?", "  Light (9) · Any (38)"]


async def test_a_conversation_in_a_terminal(starter_services: Services) -> None:
    out = io.StringIO()
    assert await ask(starter_services, ["something chocolatey under $25 a bag", "decaf please"], out=out) == 0
    told = out.getvalue()
    assert "\n1. " in told and "per 100 g" in told and "nobody sells it" in told and "**" not in told and "[[" not in told


async def test_a_message_that_cannot_be_used_fails_politely(starter_services: Services) -> None:
    assert await ask(starter_services, ["x" * 5000], out=io.StringIO()) == 1
