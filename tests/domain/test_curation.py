"""What becomes of facts when somebody tells new ones."""

from dataclasses import replace
from typing import Any

import pytest

from coffeebot.domain.coffee import CoffeeFacts, Flag, Process, RoastLevel
from coffeebot.domain.curation import differences, merged, provenance, unlocked

BEFORE = CoffeeFacts(
    external_id="1",
    name="Lantern Hill",
    roaster="Porch Light",
    description="Grown high.",
    origins=("Kenya", "Rwanda"),
    processes=(Process.WASHED,),
    roast=RoastLevel.LIGHT,
    families=("berry",),
    notes=("blackcurrant",),
    flags=(Flag.ORGANIC,),
    altitude_masl=(1500, 1900),
    image="https://shop.example/a.jpg?v=1",
    evidence={"notes": "cassis", "roast": "light"},
)


def told(**facts: Any) -> CoffeeFacts:
    return replace(CoffeeFacts(external_id="x", name="", roaster="Somebody"), **facts)


@pytest.mark.parametrize(
    "same",
    [
        {},
        {"origins": ("Rwanda", "Kenya")},
        {"description": "Grown\n  high."},
        {"image": "https://shop.example/a.jpg?v=2"},
        {"flags": (Flag.ORGANIC,)},
        {"roast": None, "notes": (), "families": ("floral",)},
        {"external_id": "2", "roaster": "Another", "roaster_country": "Japan"},
    ],
)
def test_what_is_not_stated_or_stated_otherwise_is_no_news(same: dict[str, Any]) -> None:
    assert merged(BEFORE, told(**same)) is BEFORE


@pytest.mark.parametrize(
    ("news", "rows"),
    [
        ({"origins": ("Kenya",)}, [("origins", "Kenya, Rwanda", "Kenya")]),
        ({"roast": RoastLevel.DARK}, [("roast", "Light", "Dark")]),
        ({"altitude_masl": (1500, 2000)}, [("altitude_masl", "1500–1900 m", "1500–2000 m")]),
        ({"flags": (Flag.ESPRESSO,)}, [("flags", "organic", "organic, espresso")]),
        ({"decaf": False, "blend": True}, [("blend", None, "yes"), ("decaf", None, "no")]),
        ({"image": "https://shop.example/b.jpg"}, [("image", "https://shop.example/a.jpg?v=1", "https://shop.example/b.jpg")]),
    ],
)
def test_news_is_taken_and_told(news: dict[str, Any], rows: list[tuple[str, str | None, str]]) -> None:
    after = merged(BEFORE, told(**news))
    assert [(row.field, row.before, row.after) for row in differences(BEFORE, after)] == rows
    assert merged(after, told(**news)) is after


def test_families_and_evidence_come_with_the_notes() -> None:
    news = told(notes=("fig",), families=("fruity",), evidence={"notes": "figs", "roast": "dark"})
    after = merged(BEFORE, news)
    assert (after.families, after.evidence) == (("fruity",), {"notes": "figs", "roast": "light"})


@pytest.mark.parametrize("field", ["name", "origins", "processes", "roast", "notes", "decaf"])
def test_what_is_locked_stays_and_all_else_is_taken(field: str) -> None:
    news = told(
        name="Other",
        origins=("Peru",),
        processes=(Process.NATURAL,),
        roast=RoastLevel.DARK,
        notes=("fig",),
        families=("fruity",),
        decaf=True,
    )
    for after in (merged(BEFORE, news, locked={field}), unlocked(BEFORE, news, locked={field})):
        for name in ("name", "origins", "processes", "roast", "notes", "decaf"):
            assert getattr(after, name) == getattr(BEFORE if name == field else news, name)
        assert after.families == (BEFORE if field == "notes" else news).families


def test_who_wrote_what() -> None:
    assert provenance(told(name="A", roast=RoastLevel.DARK), "import") == {"name": "import", "roast": "import"}
    after = provenance(told(name="A", roast=RoastLevel.DARK), "onibus", before={"name": "curator", "farm": "import"}, fields=["roast"])
    assert after == {"name": "curator", "farm": "import", "roast": "onibus"}
