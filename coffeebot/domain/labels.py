"""How a trait reads on the taste card: "No dark roasts", "At most $20 a bag", "From Ethiopia"."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Protocol, TypeVar
from uuid import UUID

from coffeebot.domain.flavour import NAMES, japanese_names
from coffeebot.domain.places import japanese_country
from coffeebot.domain.price_text import amount
from coffeebot.domain.speech import sentence
from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.domain.units import BAG
from coffeebot.domain.vocabulary import DARK_LEVELS

_CERTIFIED = {
    "organic": "Organic",
    "fair_trade": "Fair trade",
    "espresso": "For espresso",
    "blend": "Blend",
    "barrel_aged": "Barrel aged",
    "cold_brew": "Cold brew",
    "decaf": "Decaf",
    "filter": "For filter",
    "rainforest_alliance": "Rainforest Alliance",
    "bird_friendly": "Bird Friendly",
    "coferment": "Co-fermented",
    "swiss_water": "Swiss Water",
    "mountain_water": "Mountain Water",
    "co2_decaf": "CO2 decaf",
}
_ENGLISH: dict[tuple[str, str], str] = {
    **{("flag", value): words for value, words in _CERTIFIED.items()},
    ("decaf", "decaf"): "Decaf",
    ("process", "washed"): "Washed",
    ("process", "natural"): "Natural process",
    ("process", "honey"): "Honey process",
    ("process", "wet_hulled"): "Wet-hulled",
    ("process", "anaerobic"): "Anaerobic",
    ("brew_method", "v60"): "V60",
    ("brew_method", "filter"): "Filter",
    ("brew_method", "chemex"): "Chemex",
    ("brew_method", "kalita"): "Kalita",
    ("brew_method", "espresso"): "Espresso",
    ("brew_method", "moka"): "Moka pot",
    ("brew_method", "french_press"): "French press",
    ("brew_method", "aeropress"): "AeroPress",
    ("brew_method", "cold_brew"): "Iced or cold brew",
    ("brew_method", "siphon"): "Siphon",
    ("brew_method", "turkish"): "Turkish",
    ("brew_method", "vietnamese_phin"): "Phin",
    ("brew_method", "capsule"): "Capsules",
    ("brew_method", "instant"): "Instant",
    ("brew_method", "cupping"): "Cupping",
    ("milk", "milk"): "With milk",
    ("milk", "black"): "Black",
    ("body", "light"): "Light body",
    ("body", "medium"): "Medium body",
    ("body", "full"): "Full body",
    ("acidity", "low"): "Low acidity",
    ("acidity", "medium"): "Balanced acidity",
    ("acidity", "high"): "Bright acidity",
    ("sweetness", "low"): "Not too sweet",
    ("sweetness", "medium"): "Some sweetness",
    ("sweetness", "high"): "Sweet",
    ("bitterness", "low"): "Not too bitter",
    ("bitterness", "high"): "Pleasantly bitter",
    ("novelty", "familiar"): "Something familiar",
    ("novelty", "adventurous"): "Something new",
}  # fmt: skip
_JAPANESE: dict[tuple[str, str], str] = {
    ("flag", "organic"): "オーガニック",
    ("flag", "fair_trade"): "フェアトレード",
    ("flag", "espresso"): "エスプレッソ用",
    ("flag", "blend"): "ブレンド",
    ("flag", "barrel_aged"): "バレルエイジド",
    ("flag", "cold_brew"): "コールドブリュー",
    ("flag", "decaf"): "デカフェ",
    ("flag", "filter"): "フィルター用",
    ("flag", "rainforest_alliance"): "レインフォレスト・アライアンス",
    ("flag", "bird_friendly"): "バードフレンドリー",
    ("flag", "biodynamic"): "バイオダイナミック",
    ("flag", "coferment"): "共発酵",
    ("flag", "carbonic_maceration"): "カーボニックマセレーション",
    ("flag", "swiss_water"): "スイスウォーター",
    ("flag", "mountain_water"): "マウンテンウォーター",
    ("decaf", "decaf"): "デカフェ",
    ("process", "washed"): "ウォッシュド",
    ("process", "natural"): "ナチュラル",
    ("process", "honey"): "ハニー",
    ("process", "wet_hulled"): "スマトラ式",
    ("process", "anaerobic"): "アナエロビック",
    ("roast", "Light"): "浅煎り",
    ("roast", "Medium-Light"): "中浅煎り",
    ("roast", "Medium"): "中煎り",
    ("roast", "Medium-Dark"): "中深煎り",
    ("roast", "Dark"): "深煎り",
    ("brew_method", "v60"): "V60",
    ("brew_method", "filter"): "ドリップ",
    ("brew_method", "chemex"): "ケメックス",
    ("brew_method", "kalita"): "カリタ",
    ("brew_method", "espresso"): "エスプレッソ",
    ("brew_method", "moka"): "マキネッタ",
    ("brew_method", "french_press"): "フレンチプレス",
    ("brew_method", "aeropress"): "エアロプレス",
    ("brew_method", "cold_brew"): "アイス・水出し",
    ("brew_method", "siphon"): "サイフォン",
    ("brew_method", "turkish"): "トルココーヒー",
    ("brew_method", "capsule"): "カプセル",
    ("milk", "milk"): "ミルク入り",
    ("milk", "black"): "ブラック",
    ("body", "light"): "軽い口当たり",
    ("body", "medium"): "ほどよいコク",
    ("body", "full"): "しっかりしたコク",
    ("acidity", "low"): "酸味控えめ",
    ("acidity", "medium"): "酸味はほどほど",
    ("acidity", "high"): "明るい酸味",
    ("sweetness", "low"): "甘さ控えめ",
    ("sweetness", "medium"): "ほのかな甘さ",
    ("sweetness", "high"): "甘さのあるもの",
    ("bitterness", "low"): "苦味控えめ",
    ("bitterness", "high"): "苦味のあるもの",
    ("novelty", "familiar"): "定番の味",
    ("novelty", "adventurous"): "変わったもの",
}  # fmt: skip


_ADJECTIVES = ("fruity", "floral", "nutty", "boozy", "woody", "herbal", "roasted", "fermented")  # families whose name is no noun

MOST = 3  # labels that one line of the card spells out


def label(trait: Trait, *, language: str = "en") -> str:
    """A trait in a few words of the shopper's language (English and Japanese; English for the rest)."""
    return _japanese(trait) if language == "ja" else _english(trait)


class Line(Protocol):
    """What a trait and its form on the wire have in common."""

    @property
    def id(self) -> UUID: ...
    @property
    def facet(self) -> str: ...
    @property
    def polarity(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def evidence(self) -> str: ...


L = TypeVar("L", bound=Line)


def together(lines: Iterable[L]) -> list[list[L]]:
    """Lines that the same words wrote, side by side: "nothing dark" is two roasts and one wish."""
    found: dict[tuple[str, ...], list[L]] = {}
    for line in lines:
        words = line.evidence or str(line.id)
        found.setdefault((line.facet, line.polarity, line.source, words), []).append(line)
    return list(found.values())


def joint(traits: Sequence[Trait], *, language: str = "en") -> str:
    """One label for the traits that the same words wrote: "No dark roasts", "From Ethiopia, Kenya, Rwanda +6"."""
    labels = list(dict.fromkeys(label(trait, language=language) for trait in traits))
    if {trait.value for trait in traits} == set(DARK_LEVELS):
        return labels[-1]
    shown = [labels[0], *(_continued(text, trait, language) for text, trait in zip(labels[1:MOST], traits[1:MOST], strict=False))]
    more = f" +{len(labels) - MOST}" if len(labels) > MOST else ""
    return ("、" if language == "ja" else ", ").join(shown) + more


def _continued(text: str, trait: Trait, language: str) -> str:
    """A label as it follows another of its kind: "From Ethiopia", then "Kenya"."""
    if language != "ja" and trait.facet in (Facet.ORIGIN, Facet.ROASTER_COUNTRY) and trait.polarity is not Polarity.AVOID:
        return _the(trait.value)
    return text


def _plain_english(trait: Trait) -> str:
    match trait.facet:
        case Facet.FLAVOUR:
            return NAMES["en"].get(trait.value, trait.value)
        case Facet.ROAST:
            return f"{trait.value} roast"
        case Facet.NOTE | Facet.REGION:
            return sentence(trait.value) if trait.facet is Facet.NOTE else trait.value.title()
        case Facet.VARIETY:
            return trait.value.upper() if any(ch.isdigit() for ch in trait.value) else trait.value.title()
        case Facet.ORIGIN:
            return f"From {_the(trait.value)}"
        case Facet.ROASTER_COUNTRY:
            return f"Roasted in {_the(trait.value)}"
        case Facet.ROASTER:
            return f"By {trait.value}"
    return _ENGLISH.get((trait.facet, trait.value), sentence(trait.value.replace("_", " ")))


def _the(country: str) -> str:
    return f"the {country}" if country.startswith(("United", "Democratic", "Dominican", "Philippines", "Netherlands", "Czech")) else country


def _english(trait: Trait) -> str:
    if trait.facet is Facet.BUDGET:
        return _budget_english(trait)
    if trait.facet is Facet.SCORE:
        return f"{'At most' if trait.value == 'max' else 'At least'} {_number(trait.amount)} points"
    words = _plain_english(trait)
    if trait.polarity is not Polarity.AVOID:
        return words
    gentle = (
        "Rather not" if trait.strength == 1 else "No" if trait.facet not in (Facet.ORIGIN, Facet.ROASTER_COUNTRY, Facet.ROASTER) else "Not"
    )
    if trait.facet is Facet.ROAST:
        words += "s"
    elif trait.facet is Facet.FLAVOUR and trait.value in _ADJECTIVES:
        words += " notes"
    if (trait.facet, trait.value) == ("flag", "blend"):
        return "Single origin"
    return f"{gentle} {_lowered(words, trait)}"


def _lowered(words: str, trait: Trait) -> str:
    if trait.facet is Facet.ROAST:
        return words.lower()
    named = trait.facet in (Facet.REGION, Facet.VARIETY) or words[1:2].isupper()
    return words if named else words[:1].lower() + words[1:]


def _number(amount: Decimal | None) -> str:
    return f"{(amount or Decimal(0)).normalize():f}"


def _weight(grams: Decimal) -> str:
    if grams >= 1000 and grams % 1000 == 0:
        return f"{_number(grams / 1000)} kg"
    return f"{_number(grams)} g"


def _budget_english(trait: Trait) -> str:
    limit = "At least" if trait.value == "min" else "At most"
    grams = trait.grams or BAG
    if grams == BAG:
        per = "a bag"
    elif Decimal(453) < grams < Decimal(454):
        per = "a pound"
    else:
        per = f"per {_weight(grams)}"
    return f"{limit} {amount(trait.amount or Decimal(0), trait.currency or 'USD')} {per}"


def _japanese(trait: Trait) -> str:
    if trait.facet is Facet.BUDGET:
        per = "1袋" if (trait.grams or BAG) == BAG else _weight(trait.grams or BAG)
        said = amount(trait.amount or Decimal(0), trait.currency or "JPY", language="ja")
        return f"{per} {said}{'以上' if trait.value == 'min' else '以内'}"
    if trait.facet is Facet.SCORE:
        return f"{_number(trait.amount)}点{'以下' if trait.value == 'max' else '以上'}"
    words = _plain_japanese(trait)
    if trait.polarity is not Polarity.AVOID:
        return words
    if (trait.facet, trait.value) == ("flag", "blend"):
        return "シングルオリジン"
    return f"{words}は控えめに" if trait.strength == 1 else f"{words}以外" if trait.facet is Facet.ORIGIN else f"{words}は避ける"


def _plain_japanese(trait: Trait) -> str:
    match trait.facet:
        case Facet.FLAVOUR:
            return NAMES["ja"].get(trait.value, trait.value)
        case Facet.ORIGIN:
            return f"{japanese_country(trait.value)}産"
        case Facet.ROASTER_COUNTRY:
            return f"{japanese_country(trait.value)}の焙煎"
        case Facet.NOTE:
            return japanese_note(trait.value)
    return _JAPANESE.get((trait.facet, trait.value)) or _plain_english(trait)


def japanese_note(note: str) -> str:
    """The Japanese word for a tasting note; the note itself when we have none."""
    return japanese_names().get(note, note)
