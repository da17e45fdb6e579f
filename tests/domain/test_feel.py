"""How a cup shall feel: acidity, sweetness, body and bitterness, as people say it; and what else real sentences hid."""

import pytest

from coffeebot.domain.message import Intent
from coffeebot.domain.understanding import understand

FEELS = ("acidity", "sweetness", "body", "bitterness")
SAID = [
    ("not too sour", "acidity low"),
    ("すっぱくない", "acidity low"),
    ("フルーティーで、すっぱすぎないもの。", "acidity low"),
    ("酸っぱすぎないもの", "acidity low"),
    ("酸味は控えめで", "acidity low"),
    ("酸味が強すぎないものがいいです", "acidity low"),
    ("酸味があまりないもの", "acidity low"),
    ("酸っぱいのは苦手", "acidity low"),
    ("すっぱいのはいや", "acidity low"),
    ("すっぱいコーヒーが好き", "acidity high"),
    ("不要太酸", "acidity low"),
    ("너무 시지 않은 커피", "acidity low"),
    ("甘すぎない", "sweetness low"),
    ("甘さは控えめで", "sweetness low"),
    ("甘みは強めで", "sweetness high"),
    ("甘みのあるもの", "sweetness high"),
    ("重すぎないもの", "body light"),
    ("濃いめで", "body full"),
    ("コクがあって", "body full"),
    ("苦味と酸味のバランスがいいもの", "acidity medium"),
    *((text, "bitterness high") for text in ("I like it bitter", "苦いコーヒーが好きです", "苦味が強いもの", "amargo")),
    *((text, "bitterness low") for text in ("not too bitter", "nothing bitter", "less bitter please", "without bitterness")),
    *((text, "bitterness low") for text in ("苦くない", "苦すぎないもの", "苦味は控えめで", "苦いのは苦手です")),
    *((text, "bitterness low") for text in ("nicht bitter", "keinen bitteren Kaffee", "pas amer", "poco amargo", "不要太苦")),
]


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_a_feel_is_one_soft_wish_with_its_words(text: str, expected: str) -> None:
    [feel] = [trait for trait in understand(text).change.add if trait.facet in FEELS]
    assert f"{feel.facet} {feel.value}" == expected
    assert feel.polarity == "want" and not feel.hard and feel.evidence and feel.evidence in text


@pytest.mark.parametrize("text", ["前回の豆は酸っぱすぎました", "my espresso is too bitter", "コーヒーが苦すぎます"])
def test_a_cup_gone_wrong_is_no_wish(text: str) -> None:
    said = understand(text)
    assert said.intent is Intent.COMPLAINT and not said.change.add


def test_cold_brew_is_how_it_is_made_when_a_message_says_so() -> None:
    for text in ("水出しにしたい", "水出しコーヒーで飲みたい", "水出し用の豆"):
        [made] = understand(text).change.add
        assert (made.facet, made.value, made.hard) == ("brew_method", "cold_brew", False), text


def test_a_note_is_not_taken_for_bitterness() -> None:
    assert [trait.facet for trait in understand("bittersweet chocolate").change.add] == ["note"]


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [("mon préféré est l'éthiopien", "éthiopien", "Ethiopia"), ("l’etiope, per favore", "etiope", "Ethiopia")],
)
def test_an_elided_article_does_not_hide_a_country(text: str, words: str, country: str) -> None:
    [origin] = understand(text).change.add
    assert (origin.facet, origin.value, origin.evidence) == ("origin", country, words)


def test_east_africa_in_french_is_one_place() -> None:
    assert "Kenya" in {trait.value for trait in understand("Afrique de l'Est").change.add}
