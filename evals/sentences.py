"""What shoppers say to a barista first, by kind: one list for every measurement that needs many different turns."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "wish": (
        "Something fruity for my V60, not too dark please.",
        "I want a washed Ethiopian with jasmine and bergamot.",
        "A natural from Brazil or Colombia under 20 dollars a bag.",
        "Decaf that still tastes of chocolate, for espresso.",
        "Light roast, organic, nothing smoky.",
        "Kenyan, washed, and it should be really bright.",
        "A dark roast with a heavy body for my moka pot.",
    ),
    "hedged": (
        "Maybe something floral-ish? Ideally single origin.",
        "I usually drink blends with milk, something nutty if possible.",
        "Not sure what I like, but the last one was too sour for me.",
        "Something a bit adventurous, perhaps a fermented one.",
        "My mother likes it mild. Any idea for her birthday?",
    ),
    "musts": (
        "Honey process from Costa Rica, light, with stone fruit, no citrus, at most 18 dollars.",
        "It has to be decaf, washed, single origin and below 25 dollars for 250 g.",
        "A Gesha from Panama that scores 90 or more.",
    ),
    "question": (
        "What is the difference between washed and natural?",
        "How coarse should I grind for a French press?",
        "Which of your coffees goes best with oat milk?",
    ),
    "greeting": ("Hello there!", "Good morning, what do you have?"),
    "japanese": ("浅煎りでフルーティーなコーヒーはありますか。", "酸味の少ない、チョコレートのような豆が好きです。"),
}


def said(number: int) -> tuple[str, str]:
    """(kind, sentence) of the n-th shopper; neighbours are of different kinds, and it begins anew when all were said."""
    return _TURNS[number % len(_TURNS)]


def _mixed() -> list[tuple[str, str]]:
    longest = max(map(len, SENTENCES.values()))
    return [(kind, sentences[n]) for n in range(longest) for kind, sentences in SENTENCES.items() if n < len(sentences)]


_TURNS = _mixed()
