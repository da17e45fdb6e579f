"""Real shops' feeds, against labels and against what was read off them by hand."""

import json
import re
from collections import Counter
from typing import Any

from tests.scrapers.parsed import parsed
from tests.tables import page, rows

COUNTRIES = {
    "メキシコ": "Mexico",
    "コロンビア": "Colombia",
    "エチオピア": "Ethiopia",
    "ペルー": "Peru",
    "ルワンダ": "Rwanda",
    "ホンジュラス": "Honduras",
    "西スマトラ": "Indonesia",
}
PROCESSES = {"ウェットハル": "wet_hulled", "ウォッシュド": "washed", "ナチュラル": "natural"}
VARIETIES = {"ティピカ": "Typica", "ティモール・ハイブリッド": "Timor Hybrid"}
LEVELS = {"フル": "full", "明るい、複雑": "high"}

# Read off Blue Tokai's pages by hand: each size's grams and price in paise
BLUE_TOKAI = {
    "Silver Oak Cafe Blend": {75: 21000},
    "Kolli Berri Estate": {250: 70000, 500: 130000, 1000: 238000},
    "Riverdale Estate - Gesha Natural": {100: 120000},
    "Riverdale Estate N72": {250: 80000, 500: 149000, 1000: 272000},
    "Baarbara Estate": {250: 70000, 500: 130000, 1000: 238000},
    "Warsanlyngdoh Coffee Collective": {250: 75000, 500: 139500, 1000: 255000},
    "Kuttinkhan Upper Estate": {250: 75000, 500: 139500, 1000: 255000},
    "Mooleh Manay Estate – CM Natural": {200: 87500},
    "Amaltas Blend": {250: 65000, 500: 120000, 1000: 221000},
    "Seethargundu Estate": {250: 70000, 500: 130000, 1000: 238000},
}


def counts(lines: list[dict[str, Any]]) -> Counter[str]:
    return Counter(line.get("refused", "coffee") for line in lines)


def test_blue_bottle_japan_counts() -> None:
    lines = parsed("bluebottle_jp", page("shops/bluebottle-jp/products.json"))
    assert counts(lines) == {"coffee": 14, "sampler": 4, "instant": 11}


def test_blue_bottle_japan_labels() -> None:
    feed = json.loads(page("shops/bluebottle-jp/products.json").read_text("utf-8"))["products"]
    ids = {product["handle"]: str(product["id"]) for product in feed}
    lines = {line["external_id"]: line for line in parsed("bluebottle_jp", page("shops/bluebottle-jp/products.json"))}
    labelled = rows("normaliser/bluebottle-jp-labels.jsonl")
    for row in labelled:
        line = lines[ids[row["handle"]]]
        assert line.get("refused", "bean") == row["kind"], row["title"]
        for label, value in row["labels"] if row["kind"] == "bean" else ():
            if label == "原材料名" and "（" not in value:
                continue  # "coffee beans", and no more
            assert told(line, label) == wanted(label, value.strip()), (row["title"], label)
        if row["kind"] == "bean":
            assert [(offer["amount_minor"], offer["in_stock"]) for offer in line["offers"]] == [
                (int(price), stock) for _, price, _, stock in row["variants"]
            ]
    assert len(labelled) == 14


def told(line: dict[str, Any], label: str) -> object:
    field = {
        "フレーバー": "notes",
        "ボディ": "body",
        "酸味": "acidity",
        "焙煎度合い": "roast",
        "プロセス": "process",
        "品種": "varieties",
        "原産地域": "origin",
        "原材料名": "origin",
    }.get(label)
    return [offer["grams"] for offer in line["offers"]] if field is None else line[field]


def wanted(label: str, value: str) -> object:
    """A label's own words as facts, by tables written for this test."""
    match label:
        case "フレーバー":
            return re.split("[、／]", value)
        case "プロセス":
            return [PROCESSES[value]]
        case "品種":
            return [VARIETIES[name] for name in value.split("、")]
        case "ボディ" | "酸味":
            return LEVELS[value]
        case "焙煎度合い":
            return None  # "bold" and "balanced" are no roasts
        case "原産地域":
            return [COUNTRIES[value]]
        case "内容量":
            return [int(size) for size in re.findall(r"(\d+)g", value)]
    return [COUNTRIES[name] for name in value.removeprefix("コーヒー豆（").removesuffix("）").split("、")]


def test_blue_bottle_us_shape() -> None:
    expected = json.loads(page("shops/bluebottle-us-shape/expected.json").read_text("utf-8"))
    (line,) = parsed("bluebottle_us", page("shops/bluebottle-us-shape/page.html"))
    assert (line["name"], line["roast"], line["process"]) == (expected["name"], expected["roast"], expected["process"])
    assert [note.casefold() for note in line["notes"]] == [note.casefold() for note in expected["notes"]]
    assert line["decaf"] is True and line["offers"] == []
    assert not [words for words in expected["must_not_contain"] if words.lower() in json.dumps(line, ensure_ascii=False).lower()]


def test_blue_tokai_sizes() -> None:
    """All ten coffees of the feed, 24 sizes, each checked by hand."""
    lines = parsed("shopify", "--currency", "INR", page("shops/bluetokai/products.json"))
    sizes = {line["name"]: {offer["grams"]: offer["amount_minor"] for offer in line["offers"]} for line in lines if "refused" not in line}
    assert sizes == BLUE_TOKAI
    assert counts(lines) == {"coffee": 10, "gift": 12, "not_coffee": 3, "subscription": 3, "equipment": 1, "bundle": 1}
    assert all(offer["grind"] == "whole_bean" for line in lines if "refused" not in line for offer in line["offers"])
