"""Puts the next question into words."""

from decimal import Decimal

from coffeebot.domain.price_text import amount
from coffeebot.domain.question import Asking
from coffeebot.domain.speech import say, sentence, spoken, term
from coffeebot.domain.taste import Facet
from coffeebot.domain.turn import Choice, Question

_SAID = {  # a family in words that mean it and nothing else when they are tapped: "roast" alone is the degree of roast
    ("roasted", "en"): "roasty notes",
    ("roasted", "ja"): "香ばしさ",
    ("grape_wine", "en"): "winey notes",
    ("grape_wine", "ja"): "ワインのような味",
    ("fermented", "en"): "funky notes",
    ("woody", "ja"): "木の香り",
}


def worded(asking: Asking, *, language: str, variant: int = 0) -> Question:
    """The question with its quick replies; the last of them leaves the matter open."""
    speech = spoken(language)
    choices = [Choice(text=_choice(asking.facet, value, speech), left=left) for value, left in asking.choices]
    way_out = "choice.none" if asking.facet is Facet.AVOID else "choice.any"
    choices.append(Choice(text=say(way_out, speech), left=asking.left))
    return Question(
        facet=asking.facet,
        text=say(f"ask.{asking.facet}", speech, variant=variant),
        choices=tuple(choices),
        left=asking.left,
        left_if=asking.left_if,
    )


def _choice(facet: Facet, value: str, language: str) -> str:
    if facet is Facet.BUDGET:
        currency, _, number = value.partition(" ")
        return say("choice.budget", language, amount=amount(Decimal(number), currency, language=language))
    written = _SAID.get((value, language)) or term(value, language)
    return say(f"choice.{facet}", language, value=written, Value=sentence(written))
