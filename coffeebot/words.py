"""Every word that the page prints, by key; a language is one table."""

EN: dict[str, str] = {
    "title": "{name}: coffee that fits you",
    "skip": "Skip to content",
    "menu": "Conversations",
    "close": "Close",
    "theme": "Light or dark",
    "new": "New conversation",
    "conversations": "Conversations",
    "conversations.none": "What you talk about is kept here.",
    "conversation": "Conversation",
    "untitled": "New conversation",
    # the empty page
    "hello": "What would you like in your cup?",
    "hello.lede": "Tell me what you liked before, how you brew, what a bag may cost. I say why each coffee fits, and what you give up.",
    "hello.coffees": "{coffees} coffees, {roasters} roasters",
    "hello.samples": "Sample catalogue of invented coffees",
    "hello.prices": "Prices seen {when}",
    "hello.order": "Commission never changes the order",
    "hello.starters": "Ways to begin",
    # the thread
    "you": "You said",
    "barista": "The barista",
    "answering": "The barista is answering",
    "stage.reading": "Reading the shelf…",
    "stage.reading.count": "Reading {count} coffees…",
    "stage.read": "Read {count} coffees that keep your musts",
    "latest": "Latest",
    "latest.live": "Still writing below",
    "by": "Answered by {who}",
    "by.instead": "Answered by {who} in place of {first}",
    "by.house": "the house barista",
    "by.other": "a language model",
    # how a reply may end
    "note.stopped": "You stopped here. What you see is saved.",
    "note.interrupted": "Broken off here. What you see is saved.",
    "note.failed": "That did not work. Your message is kept.",
    "retry": "Try again",
    "resume": "Continue",
    "question.count": "{left} coffees left, {left_if} if you tell me:",
    "followups": "Go on with",
    # a card
    "pick.go": "To the roaster",
    "pick.opens": "opens the roaster’s own page",
    "pick.ad": "Ad",
    "pick.disclosure": "we may earn a commission",
    "pick.sample": "Sample coffee, not for sale",
    "pick.nowhere": "No shop page known yet",
    "pick.gives": "You give up:",
    "pick.sold_out": "Sold out, seen {when}",
    "pick.price.unknown": "Price not stated",
    "pick.per": "{amount} per 100 g",
    "pick.seen": "seen {when}",
    "when.today": "today",
    "when.yesterday": "yesterday",
    "when.days": "{days} days ago",
    # the composer
    "message": "Message",
    "message.hint": "Something like the bag I had in June, but rounder",
    "message.running": "You can type while I answer",
    "send": "Send",
    "stop": "Stop",
    "keys.enter": "sends",
    "keys.shift": "new line",
    "keys.escape": "stops",
    # the taste card
    "taste": "Your taste card",
    "taste.short": "Your card",
    "taste.fit": "coffees fit",
    "taste.keep": "of {catalogue} coffees keep your musts",
    "taste.blank": "Blank so far. As we talk, what you say is written in here, in your own words.",
    "taste.blank.more": "You can strike out any line. Your hand always outranks mine.",
    "taste.must": "Must",
    "taste.like": "Likes",
    "taste.avoid": "Avoids",
    "taste.brew": "How you brew",
    "taste.remove": "Remove",
    "taste.strength": "Strength {strength} of 3",
    "taste.said": "You, {when}",
    "taste.inferred": "Read between the lines, {when}",
    "taste.hand": "Written by you. Nobody else may change it.",
    "wheel.blank": "Taste wheel: nothing written yet",
    "wheel.likes": "Taste wheel. Likes {families}.",
    "wheel.avoids": "Avoids {families}.",
    # when something is in the way
    "offline": "No connection",
    "offline.more": "You can read, and write on. The line is tried again every few seconds.",
    "no_cookie": "Your browser sent no cookie, so I cannot tell your conversations from others’. Allow cookies for this site and reload.",
    "broken": "Something broke on this side. Nothing you wrote is lost: reload, or try again.",
    "gone": "That conversation is not here, or not yours. Begin a new one, or choose from the list.",
}

FAMILIES: dict[str, str] = {
    "floral": "Floral",
    "fruity": "Fruity",
    "citrus": "Citrus",
    "sweet": "Sweet",
    "cocoa": "Cocoa & nut",
    "spice": "Spice",
    "roasted": "Roasted",
    "fermented": "Fermented",
    "green": "Green & tea",
}

PROCESSES: dict[str, str] = {
    "washed": "Washed",
    "natural": "Natural",
    "honey": "Honey",
    "wet_hulled": "Wet-hulled",
    "anaerobic": "Anaerobic",
}

ROASTS: dict[str, str] = {
    "Light": "Light",
    "Medium-Light": "Light–medium",
    "Medium": "Medium",
    "Medium-Dark": "Medium–dark",
    "Dark": "Dark",
}

STARTERS: tuple[tuple[str, str, str, str], ...] = (  # family of the plate, title, line below, and what is said
    ("fruity", "Fruity, but not sour", "for filter, up to $20", "Fruity but not too sour, for my V60, up to $20 a bag."),
    ("cocoa", "Chocolate and nuts", "for espresso with milk", "Chocolate and nuts, for espresso with milk."),
    ("green", "Light as tea", "for slow afternoons", "Something light and clean, floral like tea, for pour over."),
    ("sweet", "A decaf with character", "for after dinner", "A decaf with character, sweet, for after dinner."),
)


def word(key: str, **values: object) -> str:
    """The text of `key`, its places filled."""
    return EN[key].format(**values) if values else EN[key]
