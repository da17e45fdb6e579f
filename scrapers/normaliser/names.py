"""A coffee's name without what the shop adds to it: roast, size, shipping, "new"."""

import re

from coffeebot.domain.weights import weight_spans

MOST_NAME = 200  # characters

_STEP = r"(?:light|medium|dark|darker|lighter)"
_ROAST = (
    rf"(?:(?:extra|ultra|very)[ -])?{_STEP}(?:[ -]?(?:to|and|/|&)?[ -]?{_STEP})?[ -]roast(?:ed)?(?:[ -]coffee)?|"
    r"[極超]?(?:浅|中浅|中深|中|深)煎り?(?:焙煎)?|(?:ハイ|シティ|フルシティ|フレンチ|イタリアン|ミディアム|ライト|シナモン|ダーク)ロースト"
)
_SHOP = (
    r"free (?:shipping|delivery)|"
    r"ships? (?:free|today|tomorrow|on \w+|in \w+)|pre[- ]?orders?|new(?: arrival| crop| release| lot| season)?|"
    r"limited(?: edition| release| time)?|online (?:only|exclusive)|web only|exclusive|sold ?out|out of stock|back in stock|restock(?:ed)?|"
    r"best[- ]?sellers?|on sale|sale|\d{1,2} ?% off|whole[- ]beans?|ground(?: coffee)?|coffee beans|beans only|"
    r"送料無料|送料込み?|オンライン(?:ストア|ショップ)?限定|店舗限定|限定(?:販売)?|数量限定|期間限定|季節限定|予約(?:販売|商品)?|新商品|新豆|新発売|新着|再入荷|"
    r"売り切れ|完売|メール便(?:対応)?|ネコポス(?:対応)?|ゆうパケット(?:対応)?|豆のまま|粉|セール|人気"
)
_NOISE = rf"(?>{_ROAST}|{_SHOP}|coffee|コーヒー豆|\W|_)++"  # atomic: a hostile title is read once
_BRACKETED = re.compile(r"\s*(?:【([^【】]*)】|\[([^\[\]]*)\]|［([^［］]*)］|\(([^()]*)\)|（([^（）]*)）|≪([^≪≫]*)≫|＜([^＜＞]*)＞)\s*")
_SEGMENT = re.compile(r"(\s+[-–—|｜/／:]\s+|\s*[|｜]\s*|,\s+|\s+-{2,}\s+)")
_ROAST_WORDS = re.compile(rf"(?<![^\W_]){_ROAST}(?![a-z])|(?<=[^\x00-\x7f]){_ROAST}$", re.IGNORECASE)
_SHIPPING = re.compile(r"送料無料|送料込み?|free shipping", re.IGNORECASE)
_PACKS = re.compile(r"^\s*[x×✕*]\s*\d+\s*(?:個入り?|個|袋|本|bags?|packs?)?", re.IGNORECASE)
_SHOUTED = re.compile(r"^(?:new|limited|sale|restock(?:ed)?)\s*[!:：]+\s*", re.IGNORECASE)
_NO_NAME = re.compile(r"(?>\W|_|coffee|blend|roast|the|ground|whole|beans?|コーヒー|豆|ブレンド|\d)*+", re.IGNORECASE)
_EMPTY_BRACKETS = re.compile(r"[(（\[【［≪＜]\s*[)）\]】］≫＞]")
_LOOSE = " \t　-–—|｜/／,:;・~_*!！"


def clean_name(title: str) -> str:
    """Cleaning a clean name changes nothing. A title that has nothing else keeps its words: "Dark Roast" stays."""
    name = " ".join(title[: MOST_NAME * 2].split())[:MOST_NAME].strip()
    while (shorter := _cleaned(name)) != name:
        name = shorter
    return name


def _cleaned(name: str) -> str:
    for clean in (_without_brackets, _without_segments, _unweighted, _without_roast, _tidied):
        shorter = clean(name)
        if not _NO_NAME.fullmatch(shorter):
            name = shorter
    return name


def _is_noise(words: str) -> bool:
    return re.fullmatch(_NOISE, _unweighted(words).strip() or " ", re.IGNORECASE) is not None


def _without_brackets(name: str) -> str:
    return _BRACKETED.sub(
        lambda bracket: " " if _is_noise(next(words for words in bracket.groups() if words is not None)) else bracket[0], name
    )


def _without_segments(name: str) -> str:
    """Drops the parts between dashes and bars that say nothing of the coffee."""
    pieces = _SEGMENT.split(name)
    kept: list[str] = []
    for place in range(0, len(pieces), 2):
        if not _is_noise(pieces[place]):
            kept += [pieces[place - 1] if kept and place else "", pieces[place]]
    return "".join(kept)


def _unweighted(words: str) -> str:
    """Without net weights, and how many packs there are of each."""
    for start, end in reversed(list(weight_spans(words))):
        words = f"{words[:start]} {_PACKS.sub('', words[end:])}"
    return words


def _without_roast(name: str) -> str:
    return _SHIPPING.sub(" ", _ROAST_WORDS.sub(" ", _SHOUTED.sub("", name)))


def _tidied(name: str) -> str:
    return " ".join(_EMPTY_BRACKETS.sub(" ", name).split()).strip(_LOOSE)
