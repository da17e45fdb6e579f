"""Places: countries, their regions, and the words that only look like places."""

import pytest

from coffeebot.domain.places import canonical_country, canonical_region, country_of, find_origins, japanese_country, origins_in, regions_in
from coffeebot.domain.words import table


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Guji Zone", "Ethiopia"),
        ("South-Central Kenya", "Kenya"),
        ("Big Island Of Hawai’I", "Hawaii"),
        ("Nyeri Growing Region", "Kenya"),
        ("Aceh Province", "Indonesia"),
        ("Sumatra", "Indonesia"),
        ("Piedra Candela", "Panama"),
        ("Ka‘Ū Growing District", "Hawaii"),
        ("Murang'a County", "Kenya"),
        ("Nariño", "Colombia"),
        ("Sul de Minas", "Brazil"),
        ("コナ地区", "Hawaii"),
        ("Africa", None),
        ("Brazil and Peru", None),
        ("somewhere nice", None),
        ("", None),
    ],
)
def test_the_country_of_a_region(text: str, country: str | None) -> None:
    assert country_of(text) == country


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("Ethiopian and Kenyan coffees", ("Ethiopia", "Kenya")),
        ("a blend of Brazil, Sumatra and Java", ("Brazil", "Indonesia")),
        ("Central American", ("Guatemala", "Costa Rica", "Panama", "Honduras", "El Salvador", "Nicaragua")),
        ("エチオピア、ルワンダ", ("Ethiopia", "Rwanda")),
        ("aus Äthiopien", ("Ethiopia",)),
        ("哥伦比亚", ("Colombia",)),
        ("에티오피아", ("Ethiopia",)),
        ("French press, Brazil nuts, Turkish delight", ()),
        ("Mexican chocolate", ()),
        ("Papua New Guinea", ("Papua New Guinea",)),
        ("Jamaica Blue Mountain", ("Jamaica",)),
    ],
)
def test_origins_in_a_text(text: str, origins: tuple[str, ...]) -> None:
    assert origins_in(text) == origins


def test_slips_are_forgiven_only_on_request() -> None:
    assert origins_in("guatamela costa rika", typos=True) == ("Guatemala", "Costa Rica")
    assert origins_in("guatamela") == ()


def test_where_an_origin_stands() -> None:
    text = "a Kényan coffee"
    (found,) = find_origins(text)
    assert text[slice(*found.span)] == "Kényan"


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Sidamo (also Sidama) Growing Region", ("sidama",)),
        ("Yirgacheffe, Guji", ("yirgacheffe", "guji")),
        ("Tarrazú", ("tarrazu",)),
        ("イルガチェフェ", ("yirgacheffe",)),
        ("Kenya", ()),
    ],
)
def test_regions_in_a_text(text: str, regions: tuple[str, ...]) -> None:
    assert regions_in(text) == regions


def test_names_of_countries_that_only_roast() -> None:
    assert canonical_country("Canadian") == "Canada"
    assert canonical_country("UK") == "United Kingdom"
    assert canonical_country("Hawai'i") == "Hawaii"
    assert canonical_country("Atlantis") is None


def test_an_unknown_region_keeps_its_own_words() -> None:
    assert canonical_region("Northern Zzyzx Growing Region") == "zzyzx"


def test_countries_in_japanese() -> None:
    assert (japanese_country("Ethiopia"), japanese_country("China"), japanese_country("Mordor")) == ("エチオピア", "中国", "Mordor")


def test_every_alternative_spelling_leads_to_a_region_of_its_country() -> None:
    for country, words in table("regions").items():
        assert words.strip(), country
        assert not any(part.strip().startswith("=") or part.strip().endswith("=") for part in words.split(","))
