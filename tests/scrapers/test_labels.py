"""Labelled lines in English and Japanese, in whatever order and form they come."""

import pytest

from scrapers.items import RawItem
from scrapers.markup import lines
from scrapers.normaliser.coffee import Coffee, Roaster, normalise
from scrapers.normaliser.labels import labelled
from scrapers.normaliser.lines import line
from scrapers.normaliser.tags import stated_by_tags


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Origin: Ethiopia | Process: Washed | Altitude: 1,900-2,100 masl",
            {"origin": "Ethiopia", "process": "Washed", "altitude": "1,900-2,100 masl"},
        ),
        ("Country: Peru; Region: Cajamarca; Farm: El Diamante", {"origin": "Peru", "region": "Cajamarca", "farm": "El Diamante"}),
        ("ORIGIN\nColombia\nVARIETAL\nCaturra, Castillo", {"origin": "Colombia", "variety": "Caturra, Castillo"}),
        ("Elevation – 2800 Ft", {"altitude": "2800 Ft"}),
        ("Producer - Ana Lopez", {"producer": "Ana Lopez"}),
        ("■品種：在来種 ■精製：ナチュラル", {"variety": "在来種", "process": "ナチュラル"}),
        ("【産地】エチオピア", {"origin": "エチオピア"}),
        ("産地／エチオピア", {"origin": "エチオピア"}),
        ("内容量： 200g\n賞味期限：焙煎日より100日", {"weight": "200g"}),
        ("フレーバー：ピーチ・ティー\nボディ：フル\n酸味：明るい", {"notes": "ピーチ・ティー", "body": "フル", "acidity": "明るい"}),
        ("FOB cost: $4.78lb", {}),
        ("Origin Story: how this farm began", {}),
        ("We love this coffee: it has great acidity.", {}),
        ("Region: " + "a long story about the hills " * 5, {}),
    ],
)
def test_labels(text: str, found: dict[str, str]) -> None:
    assert {field: values[0] for field, values in labelled(text)[0].items()} == found


def test_what_stands_under_no_label_is_prose() -> None:
    assert labelled("A bright coffee.\nOrigin: Kenya\nRested for a week.")[1] == "A bright coffee.\nRested for a week."


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "<table><tr><td>Origin</td><td>Kenya</td></tr><tr><th>Process:</th><td>Washed</td></tr></table>",
            "Origin: Kenya\nProcess: Washed",
        ),
        ("<dl><dt>品種</dt><dd>SL28</dd></dl>", "品種: SL28"),
        ("<p>One<br>two</p><ul><li>three</li></ul>", "One\ntwo\nthree"),
        ("<script>alert(1)</script><style>p{}</style>a &amp; b\u200b", "a & b"),
        ("/etc/passwd", "/etc/passwd"),
    ],
)
def test_markup_as_lines(html: str, text: str) -> None:
    assert lines(html) == text


def facts(title: str, text: str = "", **more: object) -> dict[str, object]:
    found = normalise(RawItem("1", title, text=text, **more), Roaster("R", "USD"))  # type: ignore[arg-type]
    assert isinstance(found, Coffee)
    return line(found)


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("Elevation: 2800 Ft", [853, 853]),
        ("Elevation: 5,900-6,500 feet", [1798, 1981]),
        ("Altitude: 1.800 m", [1800, 1800]),
        ("標高：2,000m〜2,200m", [2000, 2200]),
        ("A washed coffee grown at 1,750 masl by smallholders of the crop of 2025.", [1750, 1750]),
        ("Roasted in 2025 in batches of 1200 pounds.", None),
        ("Altitude: high", None),
    ],
)
def test_altitude(text: str, metres: list[int] | None) -> None:
    assert facts("Kenya", text)["altitude_masl"] == metres


def test_a_word_that_is_no_roast_is_none_and_the_title_may_still_tell() -> None:
    assert facts("Kenya", "Roast Level: Comforting")["roast"] is None
    assert facts("ケニア【浅煎り】", "焙煎度合い：バランス")["roast"] == "light"


def test_unknown_stays_unknown() -> None:
    told = facts("Comfort Coffee")
    assert all(
        not told[field]
        for field in ("origin", "region", "process", "varieties", "roast", "notes", "altitude_masl", "blend", "body", "offers")
    )


def test_facts_say_which_words_they_were_read_from() -> None:
    evidence = facts("Kenya Karumandi", "Process: Washed\nVarietal: SL28\nNotes of blackcurrant, and a finish of ripe plum.")["evidence"]
    assert isinstance(evidence, dict)
    assert (evidence["origins"], evidence["processes"], evidence["varieties"]) == ("Kenya Karumandi", "Washed", "SL28")


@pytest.mark.parametrize(
    ("tags", "told"),
    [
        (("origin__colombia", "roastlevel__dark-roast"), {"origin": ("colombia",), "roast": ("dark-roast",)}),
        (("Washed", "medium-dark-roast", "Karnataka"), {"process": ("Washed",), "roast": ("medium-dark-roast",), "origin": ("Karnataka",)}),
        (("light-roast", "dark-roast", "Natural", "Washed"), {}),
        (("Subscription", "honey", "NEW12", "Rec_AER", "fruity"), {}),
    ],
)
def test_tags(tags: tuple[str, ...], told: dict[str, tuple[str, ...]]) -> None:
    assert stated_by_tags(tags) == told


def test_tags_fill_in_what_nothing_else_tells() -> None:
    assert facts("Mystery", tags=("origin__colombia", "Washed"))["origin"] == ["Colombia"]
    assert facts("Kenya", "Process: Natural", tags=("origin__colombia", "Washed"))["process"] == ["natural"]
    assert facts("Kenya", tags=("origin__colombia",))["origin"] == ["Kenya"]


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (RawItem("1", "Monthly Subscription"), "subscription"),
        (RawItem("1", "【オンライン限定】お試しセレクション"), "sampler"),
        (RawItem("1", "Brazil 140g×25個"), "bulk"),
        (RawItem("1", "Espresso 5kg"), "bulk"),
        (RawItem("1", "Sugarcane Decaf", vendor="Wholesale"), "wholesale_duplicate"),
        (RawItem("1", "Ceramic vase"), "not_coffee"),
        (RawItem("1", "  "), "not_coffee"),
        (RawItem("1", "French Press 600 ml", kind="Manual Brewing"), "equipment"),
        (RawItem("1", "Kenya", refused="drip_bag"), "drip_bag"),
    ],
)
def test_refusals(item: RawItem, code: str) -> None:
    assert line(normalise(item, Roaster("R", "USD")))["refused"] == code


def test_two_kilos_in_two_units_are_no_bulk() -> None:
    assert facts("Espresso Blend 2kg (4.4 lb)")["name"] == "Espresso Blend"
