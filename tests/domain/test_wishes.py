"""How shoppers refuse, hedge, take back and answer: a sentence, and the lines it leaves."""

import pytest

from coffeebot.domain.message import Intent
from coffeebot.domain.taste import Facet, Polarity, Trait, apply
from coffeebot.domain.understanding import understand

TABLE = ("Nine Wells Kiambu", "Lantern Hill Guji", "Porch Light")


def told(*messages: str, asked: str | None = None) -> set[str]:
    """The profile after the messages: "+" wanted, "~" hedged, "-" unwanted, "%" rather not."""
    profile: tuple[Trait, ...] = ()
    for number, message in enumerate(messages):
        last = asked if number == len(messages) - 1 else None
        profile = apply(profile, understand(message, profile=profile, asked=last, offered=TABLE if number else ()).change)
    return {f"{_sign(trait)}{trait.value}" for trait in profile}


def _sign(trait: Trait) -> str:
    if trait.polarity is Polarity.AVOID:
        return "-" if trait.hard else "%"
    return "+" if trait.hard else "~"


@pytest.mark.parametrize(
    ("message", "lines"),
    [
        ("I wouldn't say no to a natural", {"~natural"}),
        ("it's not that I don't like citrus, I just had loads lately", set()),
        ("I don't dislike florals", set()),
        ("never said I hated naturals", set()),
        ("can't say I'm mad about smoky coffee", {"-tobacco_smoke"}),
        ("would rather swerve anything boozy", {"-boozy"}),
        ("tea-like, no ferment", {"+tea", "-fermented"}),
        ("honestly I can't do anything roasty, keep it on the pale side", {"-roasted", "+Light"}),
        ("skip the dark stuff and show me something peachy", {"-Medium-Dark", "-Dark", "+stone_fruit"}),
        ("anything but Brazil, and hold the berries", {"-Brazil", "-berry"}),
        ("a washed Rwandan minus the citrus", {"+washed", "+Rwanda", "-citrus"}),
        ("no chocolate, no nuts; stone fruit please", {"-chocolate", "-nutty", "+stone_fruit"}),
        ("bright but not sour", {"~high"}),
        ("acidic coffees give me heartburn", {"~low"}),
        ("medium, or a touch darker", {"+Medium", "+Medium-Dark"}),
        ("V60 at home but espresso at weekends", {"~v60", "~espresso"}),
        ("present for my dad, he likes it strong and black", {"~full", "~black"}),
        ("ohne Säure, mit Schokolade", {"~low", "+chocolate"}),
        ("酸味の強いコーヒーは苦手です", {"~low"}),
        ("filter for the office, keep it inoffensive", {"~filter", "~familiar"}),
    ],
)
def test_one_sentence(message: str, lines: set[str]) -> None:
    assert told(message) == lines


@pytest.mark.parametrize(
    ("messages", "lines"),
    [
        (("caramel and nuts", "I've gone off nuts"), {"+caramel_sugar", "-nutty"}),
        (("no florals, medium roast", "you know what, flowers are OK", "lose the roast thing"), set()),
        (("washed, under $20", "no budget any more"), {"+washed"}),
        (("for my french press", "no, moka pot"), {"~moka"}),
        (("Kenya, washed", "make it natural", "nope, back to washed"), {"+Kenya", "+washed"}),
        (("fruity", "no acidity please"), {"+fruity", "~low"}),
    ],
)
def test_a_change_of_mind(messages: tuple[str, ...], lines: set[str]) -> None:
    assert told(*messages) == lines


@pytest.mark.parametrize("answer", ["not fussed", "either way", "whatever", "no idea, you tell me", "nah you're good", "meh"])
def test_an_answer_that_leaves_it_open(answer: str) -> None:
    understood = understand(answer, asked="roast", offered=TABLE)
    assert understood.about_answer and not understood.change.add


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("that'll do nicely, cheers", Intent.THANKS),
        ("ta very much", Intent.THANKS),
        ("sweet, thanks a bunch", Intent.THANKS),
        ("alright mate, you well?", Intent.GREETING),
        ("go on then, number two", Intent.CHOSEN),
        ("why'd you pick the first", Intent.WHY),
        ("hmm, bit pricey all three", Intent.MORE),
        ("what a load of rubbish", Intent.COMPLAINT),
        ("do you even know anything about coffee you muppet", Intent.RUDE),
        ("do you get a cut of this?", Intent.ASK),
    ],
)
def test_talk(message: str, intent: Intent) -> None:
    understood = understand(message, offered=TABLE)
    assert understood.intent is intent
    assert not understood.change.add


@pytest.mark.parametrize("message", ["más barato, por favor", "moins cher", "billiger, bitte", "mais barato", "bit steep"])
def test_cheaper_is_a_complaint_about_the_price(message: str) -> None:
    assert understand(message, offered=TABLE).complaints == (Facet.BUDGET,)


@pytest.mark.parametrize("message", ["what's the weather like in Kyiv?", "who won the football in Kenya"])
def test_a_place_that_is_only_where_something_happens_is_no_wish(message: str) -> None:
    understood = understand(message, offered=TABLE)
    assert understood.intent is Intent.OFF_TOPIC and not understood.change.add
