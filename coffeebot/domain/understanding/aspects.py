"""Which side of a coffee a comparison is about: "which is sweeter?" is sweeter, "the cheapest one" cheaper."""

import re

_ASPECTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (aspect, re.compile(pattern))
    for aspect, pattern in (
        ("cheaper", (
            r"\b(?:cheap(?:er|est)?|least expensive|less expensive|costs? (?:the )?(?:less|least)|lower price|lowest price|better value|"
            r"mas barat[oa]|moins cher|billiger|gunstiger)\b|安い|お得|手頃"
        )),
        ("dearer", r"\b(?:more expensive|most expensive|dear(?:er|est)|pric(?:ier|iest)|costs? (?:the )?(?:more|most)|mas car[oa]|"
            r"plus cher|teurer)\b|\bhow much (?:is|are|does|do|for)\b|\bprices?\b|\bcosts?\b|高い|値段|価格|いくら"),
        ("gentler", (
            r"\b(?:less|least|lower|lowest|not as|not so) (?:in )?(?:acidic|acidity|sour|bright|sharp|tart)|\b(?:gentl(?:er|est)|"
            r"smooth(?:er|est)|"
            r"round(?:er|est)|mellow(?:er|est)?|soft(?:er|est)|mild(?:er|est))\b|酸味(?:が|の)?(?:少|弱|控え|穏)|まろやか|やさしい|"
            r"酸っぱくない"
        )),
        ("brighter", r"\b(?:bright(?:er|est)|more acid(?:ic|ity)?|most acid(?:ic|ity)|acid(?:ic|ity)|sour(?:er|est)?|tart(?:er)?|"
            r"sharp(?:er)?|livel(?:ier|iest)|crisp(?:er)?)\b|酸味|酸っぱい|明るい"),
        ("thinner", r"\b(?:thinn(?:er|est)|lighter(?: in)? body|less body|light(?:er|est) bod(?:y|ied)|more delicate|delicate|"
            r"tea-?like)\b|軽い|あっさり|すっきり"),
        ("fuller", (
            r"\b(?:full(?:er|est)|heav(?:ier|iest)|thick(?:er|est)|bold(?:er|est)|strong(?:er|est)|rich(?:er|est)|more body|most body|"
            r"body|"
            r"mas cuerpo|kraftiger)\b|コク|重い|濃い|しっかり"
        )),
        ("darker", r"\b(?:dark(?:er|est)|more roasted|roasted (?:more|further|longer)|dunkler|mas oscur[oa]|plus fonce)\b|深い|深煎り"),
        ("lighter", r"\b(?:light(?:er|est)|less roasted|roasted less|heller|mas clar[oa]|plus clair)\b|浅い|浅煎り"),
        ("sweeter", r"\b(?:sweet(?:er|est)|sweet|sweetness|mas dulce|plus sucre|susser)\b|甘い|甘み|甘さ"),
        ("fruitier", r"\b(?:fruit(?:ier|iest)|more fruity?|most fruity?|juic(?:ier|iest)|jamm(?:ier|iest))\b|フルーティ|果実味"),
    )
)  # fmt: skip


def aspect_of(text: str) -> str:
    """The side that folded words compare, or ""."""
    return next((aspect for aspect, pattern in _ASPECTS if pattern.search(text)), "")
