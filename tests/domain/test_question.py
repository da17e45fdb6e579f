"""The question worth asking."""

from coffeebot.domain.query import Matches
from coffeebot.domain.question import next_question, settled
from coffeebot.domain.taste import Facet, Polarity, Trait

COUNTS = {
    "flavour": {"berry": 20, "citrus": 18, "chocolate": 22, "floral": 6},
    "roast": {"Light": 38, "Medium": 2},
    "process": {"washed": 20, "natural": 20},
    "origin": {"Ethiopia": 40},
}


def matches(count: int = 40, **counts: dict[str, int]) -> Matches:
    return Matches(candidates=(), count=count, unknown=0, facet_counts=counts or COUNTS)


def test_asks_what_splits_best_and_is_easily_answered() -> None:
    asking = next_question(matches(), (), asked=())
    assert asking and asking.facet is Facet.FLAVOUR
    assert asking.left == 40 and 1 <= asking.left_if < 40
    assert all(0 < left < 40 for _, left in asking.choices)


def test_never_a_facet_twice() -> None:
    asked: list[str] = []
    while asking := next_question(matches(), (), asked=asked):
        assert asking.facet not in asked
        asked.append(asking.facet)
    assert set(asked) == {"flavour", "avoid", "process", "roast"}  # the origin splits nothing


def test_not_what_the_shopper_has_settled() -> None:
    profile = (Trait(Facet.FLAVOUR, "berry"), Trait(Facet.FLAVOUR, "citrus"), Trait(Facet.NOTE, "jasmine", Polarity.AVOID))
    asking = next_question(matches(), profile, asked=())
    assert asking and asking.facet is Facet.PROCESS


def test_nothing_when_few_are_left() -> None:
    assert next_question(matches(4), (), asked=()) is None


def test_avoidance_counts_what_would_remain() -> None:
    asking = next_question(matches(40, flavour={"berry": 30, "floral": 10}), (), asked=("flavour",))
    assert asking and asking.facet is Facet.AVOID
    assert dict(asking.choices) == {"berry": 10, "floral": 30}


def test_two_flavours_are_named_at_once() -> None:
    counts = {"flavour": {"berry": 20, "citrus": 20, "chocolate": 20}, "origin": {"Ethiopia": 14, "Kenya": 13, "Peru": 13}}
    asking = next_question(matches(40, **counts), (), asked=())
    assert asking and asking.facet is Facet.FLAVOUR and asking.left_if == 20  # though one answer of two would leave ten


def test_what_is_wrong_does_not_settle_what_is_right() -> None:
    profile = (
        Trait(Facet.ORIGIN, "Ethiopia", Polarity.AVOID),
        Trait(Facet.PROCESS, "natural", Polarity.AVOID),
        Trait(Facet.BUDGET, "max", strength=1),
    )
    assert settled(profile) == set()
    assert settled((*profile, Trait(Facet.BUDGET, "max"), Trait(Facet.REGION, "huila"))) == {Facet.BUDGET, Facet.ORIGIN}


def test_dark_means_medium_dark_too() -> None:
    asking = next_question(matches(40, roast={"Light": 20, "Medium-Dark": 9, "Dark": 3}), (), asked=())
    assert asking and dict(asking.choices) == {"Light": 20, "Dark": 12}
