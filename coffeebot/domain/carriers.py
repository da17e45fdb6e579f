"""The words that make no sense without the sum of money they carry: "it costs about … a bag", "お値段は…です"."""

import re

from coffeebot.domain.amounts import NO_WORD, WORD_END

NEAR = 80  # characters before a sum in which they are looked for
UNIT = (
    r"(?:g|gr|gm|grams?|gramm|grammes?|gramos|kg|kilos?|kilograms?|oz|ounces?|lbs?|pounds?|ml|cl|l|liters?|litres?|bags?|box|boxes|tins?|"
    r"cans?|cups?|pack(?:et|age)?s?|shots?|servings?|pop|piece|tüte|beutel|packung|bolsa|paquete|paquet|sachet|month|week|delivery|order)"
    + WORD_END
    + "|グラム|袋|杯|本"
)
_TAIL = re.compile(
    rf"(?:\s?(?:/|(?:per|pro|por|par|je|each|an?|the|for|für|al|el|la|le|cada|das|die|der){WORD_END}|の)\s?(?:(?:an?|the|each|one) )?"
    rf"(?:\d+(?:[.,]\d+)?[\s-]?)?(?:{UNIT})(?:\s(?:bag|tin|box|pack)s?{WORD_END})?|\s(?:each|apiece){WORD_END}|"
    rf"\s?plus (?:tax|shipping|vat)|\s?\(?税[込抜別]み?\)?|\s?(?:くらい|ぐらい|ほど|前後|程度|台))+",
    re.IGNORECASE,
)
_POLITE = re.compile(r"(?:です(?:が|ので|し)?|でございます|になります|となります|の|で)?、?")
_ABOUT = re.compile(
    r"(?:(?<![^\W\d_])(?:about|around|roughly|approximately|approx\.?|only|just|nearly|almost|some|circa|ca\.?|etwa|rund|nur|unos|"
    r"environ|seulement|sólo|solo)\s+|[~≈]\s?|約|およそ|だいたい)+\Z",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\s+(?=(?:over|above|beyond|more|less|under|below|cheaper|dearer|pricier|off|extra|short|too|higher|lower|mehr|weniger|über|unter|"
    rf"günstiger|teurer|más|menos|de plus|de moins|moins){WORD_END})|(?=(?:ほど)?(?:安|高|オーバー|超))",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    rf"(?:{NO_WORD}(?:an?|the|your|my|this|that|its|their|every|ein|eine|einen|der|die|das|un|une|una|le|la|el)\s+)\Z", re.I
)
_CARRIER = re.compile(
    rf"(?:{NO_WORD}(?:and|but|und|y|et)\s+)?"
    rf"(?P<subject>{NO_WORD}(?:it|they|which|the price|price|prices|the cost|preis|der preis|el precio|precio|le prix|prix|er|sie)"
    r"(?:['’](?:s|re))?\s*[:=]?\s*|(?:お?値段|価格|料金|税込み?|100\s?(?:g|グラム)(?:あたり|当たり|につき)?|[一1]袋)\s*[はがで:]?\s*)?"
    rf"(?P<verb>(?:{NO_WORD}(?:is|are|was|were|will|would|costs?|costing|priced|sells?|retails?|goes|go|comes?|runs?|ranges?|starts?|starting|"
    r"listed|kostet|kosten|cuestan?|coûte(?:nt)?|costa(?:no)?|custa)(?:\s+you)?\s+)+)?"
    rf"(?P<way>(?:(?:{NO_WORD}(?:for|at|from|to|up to|under|below|over|above|within|around|between|less than|more than|of|in at|all|"
    r"für|zu|um|ab|von|por|de|desde|pour|à|per|da|unter|bis)\s+)|[=:–—-]\s*)*)\Z",
    re.IGNORECASE,
)
_NOUN = re.compile(r"\s+(?:\w|\Z)|の")
_AND = re.compile(r"\s*,?\s+(?:and|but|und|y|et)\s+(?=\w|\[)", re.IGNORECASE)


def with_tail(text: str, end: int) -> int:
    """Where a sum ends with what it is for: "… a bag", "… per 100 g"."""
    tail = _TAIL.match(text, end)
    return tail.end() if tail else end


def carried(text: str, start: int, end: int) -> tuple[int, int]:
    """The sum with what has to go with it."""
    near = max(start - NEAR, 0)
    about = _ABOUT.search(text[near:start])
    first = near + about.start() if about else start
    if compared := _COMPARED.match(text, end):
        return first, compared.end()
    before = text[near:first]
    if _ARTICLE.search(before) and _NOUN.match(text, end):
        return first, end
    if any("\u2e80" <= sign <= "\u9fff" for sign in text[end - 1 : end + 1]) and (polite := _POLITE.match(text, end)):
        end = polite.end()
    carrier = _CARRIER.search(before)
    if carrier is None:
        return first, end
    goes_on = _AND.match(text, end)
    if goes_on and carrier["verb"] and not ("," in goes_on[0] and _is_relative(carrier)):
        return near + carrier.start("verb"), goes_on.end()
    return near + carrier.start(), end


def _is_relative(carrier: re.Match[str]) -> bool:
    """ "…, which costs …, and is washed": the sentence goes on without it."""
    return (carrier["subject"] or "").lower().startswith("which")
