"""Body, acidity and sweetness as labels state them in Japanese, in words that the domain reads."""

from collections.abc import Sequence

from coffeebot.domain.folding import fold

_WORDS = {
    "フル": "full",
    "重め": "full",
    "しっかり": "full",
    "ミディアム": "medium",
    "中程度": "medium",
    "普通": "medium",
    "ライト": "light",
    "軽め": "light",
    "軽い": "light",
    "ハイ": "high",
    "強め": "high",
    "高い": "high",
    "ロー": "low",
    "控えめ": "low",
    "弱め": "low",
    "低い": "low",
}


def level_words(stated: Sequence[str]) -> str:
    """The first value; a level by its Japanese name in English."""
    first = next(iter(stated), "")
    return _WORDS.get(fold(first.strip()).text, first)
