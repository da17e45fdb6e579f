"""One message, one Understanding: by rules alone, in a millisecond or two."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from coffeebot.domain.folding import plain
from coffeebot.domain.message import Intent, Understanding
from coffeebot.domain.places import Place
from coffeebot.domain.reference import Reference
from coffeebot.domain.taste import Facet, Polarity, ProfileChange, Trait
from coffeebot.domain.understanding.complaints import complaints
from coffeebot.domain.understanding.cues import FacetWord
from coffeebot.domain.understanding.degrees import degree_of
from coffeebot.domain.understanding.facts import fact_traits, is_other_process, money_traits
from coffeebot.domain.understanding.intents import intent_of, is_hostile, is_let_down, is_off_topic, is_rude, wants_others
from coffeebot.domain.understanding.names import Named, coffee_name, search_text
from coffeebot.domain.understanding.past import without_the_past
from coffeebot.domain.understanding.reading import Mention, Reading, read
from coffeebot.domain.understanding.revision import meant_by, revise, takes_back
from coffeebot.domain.understanding.roasts import RoastSpan
from coffeebot.domain.understanding.talk import Talk, measured_by, talk_of
from coffeebot.domain.understanding.tastes import flavour_traits
from coffeebot.domain.understanding.thrift import cheapest_in
from coffeebot.domain.understanding.topics import fault_answered, fault_of, topic_after, topic_of
from coffeebot.domain.understanding.wish import Stance, Wish
from coffeebot.domain.understanding.wishes import wishes
from coffeebot.domain.vocabulary import Topic, Word

_TASTE = (Facet.FLAVOUR, Facet.NOTE)
_ANSWERS: dict[Facet, tuple[Facet, ...]] = {
    Facet.FLAVOUR: _TASTE,
    Facet.NOTE: _TASTE,
    Facet.AVOID: _TASTE,
    Facet.ORIGIN: (Facet.ORIGIN, Facet.REGION),
    Facet.DECAF: (Facet.DECAF,),
    Facet.BREW_METHOD: (Facet.BREW_METHOD, Facet.FLAG),
}
_OPEN = re.compile(
    r"\b(?:whatever|whichever|either|any(?: of them)?|anything|both|no preference|none|no|nope|nah|not really|"
    r"not (?:fussed|bothered|fussy)|all the same|any will do|meh|shrug|youre good|nothing(?: to avoid)?|dont (?:mind|care|know)|"
    r"doesnt matter|up to you|you choose|your call|surprise me|not sure|"
    r"no idea|all (?:fine|good|of them)|open|idk|whichever|yes|yeah|yep|sure|ok(?:ay)?|me da igual|da igual|cualquiera|"
    r"peu importe|nimporte|egal|tanto faz|qualquer|fa lo stesso|indifferente)\b"
    r"|どれでも|なんでも|何でも|特に(?:ない|なし|ありません)|ありません|お任せ|おまかせ|どちらでも|わからない|はい|いいえ|都可以|"
    r"都行|随便|無所謂|无所谓|没有|不知道|상관없|아무거나|없어요|없습니다|네|아니"
)
_YES = re.compile(
    r"^\W*(?:yes|yeah|yep|yup|sure|please|definitely|of course|always|mostly|usually|si|oui|ja|sim|はい|うん|ええ|是|对|好|네|예)\b|"
    r"^(?:はい|うん|ええ|是|对|好|네|예)"
)
_NO = re.compile(r"^\W*(?:no|nope|nah|never|not really|non|nein|nao|いいえ|いや|不|没有|아니)\b|^(?:いいえ|いや|ううん|不|没有|아니)")


def understand(
    message: str, *, profile: Sequence[Trait] = (), asked: str | None = None, offered: Sequence[str] = (), earlier: Sequence[str] = ()
) -> Understanding:
    """What a message means, given the profile so far, the facet just asked about, the names of the coffees just offered and what the
    shopper said before.

    Never raises on any text. The traits to add carry evidence that is a verbatim piece of the message; the caller stamps them
    with the message's id.
    """
    question = Facet(asked) if asked in set(Facet) else None
    reading = read(message, bare_budget=question is Facet.BUDGET)
    if is_hostile(reading.folded):
        return Understanding(intent=Intent.HOSTILE, language=reading.language)
    found, wrong = _wishes(reading, question, profile, earlier)
    added = _traits(reading, found, question, profile)
    if aside := _aside(reading, found, added, offered, earlier):
        return aside
    change = revise(profile, added, found, reading)
    if not any(trait.hard for trait in added) and (fault := fault_answered(reading.folded, earlier)):
        text = search_text(reading, added)
        return Understanding(intent=Intent.ASK, topic=fault, change=change, text=text, language=reading.language)
    return _understanding(reading, change, added, question, tuple(facet for facet, _, _ in wrong), offered, found)


def _aside(
    reading: Reading, found: Sequence[Wish], added: list[Trait], offered: Sequence[str], earlier: Sequence[str]
) -> Understanding | None:
    """A message that wishes for nothing: talk of the coffees offered, a question for the bar, a complaint, a rude word."""
    folded = reading.folded
    told = Understanding(language=reading.language, text=search_text(reading, added))
    if wants_others(folded) and any(trait.hard for trait in added):
        return None  # "what else do you have? It should be washed." asks nothing about what lies there
    talk, direct = talk_of(reading, found, offered), topic_of(folded)
    topic = direct or topic_after(folded, earlier, brewer=_only_brewer(reading))
    if talk and _is_about_them(talk, topic):
        named = [r.name for r in talk.references if r.name and talk.intent is not Intent.WHY_NOT]  # a coffee that is out ranks nothing
        name = named[0] if named else None
        return replace(told, intent=talk.intent, topic=talk.aspect, references=talk.references, matters=talk.matters, coffee_name=name)
    if not _is_mere_question(reading, added):
        return None
    if fault := fault_of(folded):
        return replace(told, intent=Intent.COMPLAINT, topic=fault)
    if topic:
        answers = not direct and _OWNS.search(folded.text)  # "I've got a Chemex" after "how do I brew it?"
        owned = ProfileChange(add=tuple(trait for trait in added if trait.facet is Facet.BREW_METHOD)) if answers else ProfileChange()
        return replace(told, intent=Intent.ASK, topic=topic, references=talk.references if talk else (), change=owned)
    if not added and is_rude(folded):
        return replace(told, intent=Intent.RUDE)
    if added or not is_let_down(folded):
        return None
    return replace(told, intent=Intent.COMPLAINT if offered else Intent.RUDE)  # nobody is let down by what was not offered yet


_OWNS = re.compile(r"\b(?:ive|i have|i own|i use|im using|we have|we use|i only have|just have)\b|持って|使って|あります|しかない")


def _only_brewer(reading: Reading) -> str:
    """What a message names to brew with, when it says nothing else: "in a French press?", "I've got a Chemex"."""
    brewers = [mention for mention in reading.mentions if isinstance(mention.meaning, Word) and mention.meaning.topic is Topic.BREW_METHOD]
    brewers += [mention for mention in reading.mentions if mention.meaning == Word(Topic.FLAG, "cold_brew")]
    return brewers[0].phrase if len(brewers) == 1 == len(reading.mentions) and not reading.budgets else ""


def _is_about_them(talk: Talk, topic: str) -> bool:
    """ "Is it bad for me?" and "how do I brew the second?" are questions for the bar although they point at a coffee."""
    if topic in ("", "why") or talk.intent in (Intent.WHY_NOT, Intent.CHOSEN):
        return True
    if topic.startswith("brew_"):
        return False
    clear = any(not reference.bare for reference in talk.references)
    return clear or bool(talk.matters) or (talk.intent is Intent.COMPARE and bool(talk.aspect))


def _understanding(
    reading: Reading,
    change: ProfileChange,
    added: list[Trait],
    asked: Facet | None,
    wrong: tuple[Facet, ...],
    offered: Sequence[str],
    found: Sequence[Wish],
) -> Understanding:
    """Puts together what the parts found."""
    folded, answers = reading.folded, _is_answer(reading, change, asked)
    if is_off_topic(folded) and not any(mention.exact and not _is_setting(reading, mention) for mention in reading.mentions):
        return Understanding(intent=Intent.OFF_TOPIC, language=reading.language)
    cheapest = "" if any(trait.facet is Facet.BUDGET for trait in added) else cheapest_in(folded)
    if cheapest:
        wrong = tuple(facet for facet in wrong if facet is not Facet.BUDGET)  # "le moins cher" has the words of "moins cher"
    wishing = bool(added or change.remove)
    intent = intent_of(folded, wishes=wishing, complains=bool(wrong), answers=answers)
    degree = degree_of(folded, added)
    than_these = degree is not None and not degree.most and bool(offered) and degree.trait.facet not in _answering(asked)
    if than_these and intent is Intent.RECOMMEND:
        intent = Intent.MORE  # "something rounder" is none of these
    if intent is Intent.THANKS and not any(trait.hard for trait in added):
        change = ProfileChange(remove=change.remove)  # "sweet, thanks"
    named = None if answers or intent in _NAMELESS else _named(reading, offered)
    measure = measured_by(reading, found, offered)
    return Understanding(
        change=ProfileChange() if named and named.sure else change,
        intent=intent,
        text=search_text(reading, added),
        coffee_name=named.name if named else None,
        language=reading.language,
        about_answer=answers,
        complaints=wrong,
        degree=degree,
        cheapest=cheapest,
        like=measure is not None,
        references=(measure,) if measure else (Reference(several=True),) if than_these else (),
        takes_back=takes_back(reading),
    )


_WHERE = re.compile(r"\b(?:in|of|at|to|near|over) (?:the )?$")


def _is_setting(reading: Reading, mention: Mention) -> bool:
    """ "The weather in Kyiv": a place where something is, and nothing that coffee comes from."""
    before = reading.folded.text[max(0, mention.start - 12) : mention.start]
    return isinstance(mention.meaning, Place) and bool(_WHERE.search(before))


_NAMELESS = (Intent.THANKS, Intent.GREETING, Intent.OFF_TOPIC)


def _named(reading: Reading, offered: Sequence[str]) -> Named | None:
    """The coffee that the message names: one just offered, or what looks like a name."""
    said = reading.folded.text
    again = next((name for name in offered if len(name) > 3 and plain(name) in plain(said)), None)
    return Named(again, sure=False) if again else coffee_name(reading)


def _is_mere_question(reading: Reading, added: Sequence[Trait]) -> bool:
    """Whether nothing but a question is said: "what is a washed coffee?" wishes for nothing."""
    wished = re.search(
        r"\b(?:i (?:want|like|love|need|prefer|enjoy)|id (?:like|love|prefer)|recommend|looking for|find me|under \$|please|"
        r"not too|nothing|what (?:have you got|do you have|can you (?:offer|suggest)|would you suggest))\b",
        reading.folded.text,
    )
    return not (wished and any(trait.hard for trait in added))


def _wishes(
    reading: Reading, asked: Facet | None, profile: Sequence[Trait], earlier: Sequence[str]
) -> tuple[list[Wish], list[tuple[Facet, int, int]]]:
    """The wishes of a message, without the words of a complaint about what was offered."""
    wrong = complaints(reading.folded)
    found = [wish for wish in wishes(reading) if not any(start <= wish.mention.start < end for _, start, end in wrong)]
    found = [_too_much(reading, _opened(wish)) for wish in found]
    found = without_the_past(reading, found, before=earlier[-1] if earlier else "")
    found = _fine_is_wanted(reading, found, asked, profile)
    if asked is Facet.AVOID:
        found = [wish if is_other_process(reading, wish, found) else _unwanted(wish) for wish in found]
    return found, wrong


def _opened(wish: Wish) -> Wish:
    """ "any Ethiopian?" asks for one; only "any origin" opens a facet."""
    if wish.stance is Stance.ANY and not isinstance(wish.mention.meaning, FacetWord):
        return replace(wish, stance=Stance.WANT)
    return wish


_TOO = re.compile(r"\b(?:too|trop|zu|troppo|demasiado|muito) (?:much |many )?(?:an? )?$")


def _too_much(reading: Reading, wish: Wish) -> Wish:
    """ "Too dark" turns a roast down; "too fruity" wants less of it."""
    before = _TOO.search(reading.folded.text[max(0, wish.mention.start - 24) : wish.mention.start])
    if wish.stance is not Stance.WANT or not before:
        return wish
    since = wish.mention.start - (before.end() - before.start())
    return replace(wish, stance=Stance.AVOID, since=since, soft=not _is_roast(wish.mention.meaning))


def _is_roast(meaning: object) -> bool:
    return isinstance(meaning, RoastSpan) or (isinstance(meaning, Word) and meaning.topic is Topic.ROAST)


def _unwanted(wish: Wish) -> Wish:
    """A bare word in answer to "what would you rather not taste?" is unwanted."""
    return replace(wish, stance=Stance.AVOID) if wish.stance is Stance.WANT and not wish.said else wish


def _fine_is_wanted(reading: Reading, found: list[Wish], asked: Facet | None, profile: Sequence[Trait]) -> list[Wish]:
    """ "light is fine" in answer to a question, or about a roast nobody ruled out, is a choice."""
    avoided = {(trait.facet, trait.value) for trait in profile if trait.polarity is Polarity.AVOID}
    chosen = []
    for wish in found:
        if wish.stance is Stance.FINE:
            meant = meant_by(reading, [wish], Stance.FINE)
            free = all((trait.facet, trait.value) not in avoided for trait in meant)
            asked_for = any(trait.facet in _answering(asked) for trait in meant)
            if asked is not Facet.AVOID and free and (asked_for or (meant and meant[0].facet is Facet.ROAST)):
                wish = replace(wish, stance=Stance.WANT)
        chosen.append(wish)
    return chosen


def _traits(reading: Reading, found: Sequence[Wish], asked: Facet | None, profile: Sequence[Trait]) -> list[Trait]:
    roasts = [trait.value for trait in profile if trait.facet is Facet.ROAST and trait.polarity is not Polarity.AVOID]
    traits = [
        *_one_honey(flavour_traits(reading, found), fact_traits(reading, found, asked=asked, roasts=roasts)),
        *money_traits(reading),
        *_yes_or_no(reading, asked),
    ]
    return [trait for trait in traits if trait.value]


def _one_honey(flavours: Iterable[Trait], facts: Iterable[Trait]) -> list[Trait]:
    """Honey is a process or a note, never both."""
    told = list(facts)
    honey = any(trait.facet is Facet.PROCESS and trait.evidence.lower().endswith("honey") for trait in told)
    return [*(trait for trait in flavours if not (honey and trait.value == "honey")), *told]


def _yes_or_no(reading: Reading, asked: Facet | None) -> list[Trait]:
    """What a bare yes or no settles: decaf and milk."""
    text = reading.folded.text
    if asked is Facet.DECAF and (match := _YES.search(text)):
        return [Trait(Facet.DECAF, "decaf", evidence=reading.quote(match.start(), match.end()).strip())]
    if asked is Facet.MILK and (match := _YES.search(text) or _NO.search(text)):
        value = "milk" if _YES.search(text) else "black"
        return [Trait(Facet.MILK, value, Polarity.WANT, 1, evidence=reading.quote(match.start(), match.end()).strip())]
    return []


def _is_answer(reading: Reading, change: ProfileChange, asked: Facet | None) -> bool:
    if asked is None:
        return False
    if any(trait.facet in _answering(asked) for trait in change.add):
        return True
    return _OPEN.search(reading.folded.text) is not None


def _answering(asked: Facet | None) -> tuple[Facet, ...]:
    """The facets that answer a question."""
    return _ANSWERS.get(asked, (asked,)) if asked else ()


def warm_up() -> None:
    """Builds every index now (about 0.4 s) rather than at the first message."""
    understand("bergamot, like earl grey, not the Kenyan, for a French press, under $20")
