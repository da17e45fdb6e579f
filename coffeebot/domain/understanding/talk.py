"""What a message says of the coffees on the table: compares them, asks why or why not, wants to hear more, takes one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coffeebot.domain.message import Intent
from coffeebot.domain.reference import Reference
from coffeebot.domain.taste import Trait
from coffeebot.domain.understanding.aspects import aspect_of
from coffeebot.domain.understanding.cues import FacetWord
from coffeebot.domain.understanding.degrees import is_of_the_shelf
from coffeebot.domain.understanding.reading import Mention, Reading, Unknown
from coffeebot.domain.understanding.references import Pointed, references_in
from coffeebot.domain.understanding.revision import meant_by
from coffeebot.domain.understanding.wish import Stance, Wish
from coffeebot.domain.words import words

_WHY_NOT = re.compile(
    r"\bwhy (?:not|no|isnt|arent|wasnt|werent|didnt|dont|wouldnt|leave out|left out|skip|drop(?:ped)?)\b|"
    r"\bwhy (?:did|do|would|have|has|is|was|are) (?:you |it |they |there )?(?:not|drop|leave|skip|exclude|remove|no|never)\b|"
    r"\bwhy (?:is|are|was|did) .{1,40}\b(?:gone|missing|left out|dropped|not (?:here|there|on|among|in|one|shown)|out|disappear\w*)\b|"
    r"\b(?:what happened to|where (?:did|has|is|are|have) .{1,40} (?:go|gone|disappear\w*))\b|\bwhats wrong with\b|"
    r"\bpor que no\b|\bpourquoi pas\b|\bwarum (?:nicht|kein[er]?)\b|"
    r"(?:なぜ|どうして|なんで).{0,24}(?:だめ|ダメ|駄目|ない|外|違|いけ)|(?:じゃ|では|は)(?:だめ|ダメ|駄目)|外した(?:理由|の)|"
    r"はどうなりました"
)
_SUGGESTS = re.compile(r"\bwhy (?:not|dont (?:we|you)) (?:something|anything|try|go|give|show|have|just|start|make)\b|\bwhy not\W*$")
_EARLIER = re.compile(r"\b(?:showed|shown|before|earlier|had|offered|suggested)\b|さっき|先ほど|前の")
_WHY = re.compile(
    r"^\W*(?:but |and |so |ok |okay )?(?:why|whyd|how come|por que|pourquoi|warum)\b|\bwhyd you\b|\bwhy (?:did|do|are|is|would|"
    r"have) you\b|\bwhy (?:th|"
    r"is th|the)|"
    r"\bwhat makes\b|\bwhat made you\b|\breasons? (?:for|behind|you)\b|なぜ|どうして|なんで|理由"
)
_COMPARE = re.compile(
    r"\bcompar(?:e|ed|ing|ison)\b|\b(?:difference|differences|differ|different|distinguish\w*)\b|\b(?:versus|vs)\b|"
    r"\bset(?:s)? (?:them|these|those) apart\b|\b(?:\w{3,}est|(?:most|least) \w+) (?:one )?of (?:them|these|those|the (?:two|three))\b|"
    r"\bwhich(?: one| coffee| of (?:them|these|those|the (?:two|three))| ones?)?\b.{0,30}(?:\b(?:is|has|would|should|do|are|will|"
    r"tastes?|costs?|goes|suits?)\b|\?)|"
    r"\bdiferencia\b|\bunterschied\b|比べ|比較|違い|どう違|どちら|どっち|どれ"
)
_OR = re.compile(r"\bor\b|\bthan\b|\boder\b|\bou\b|それとも|より")
_TELL = re.compile(
    r"\btell me (?:a bit |a little )?(?:more )?(?:about|of|on)\b|\bmore (?:about|on|details?|info(?:rmation)?)\b|\bdescribe\b|"
    r"\bdetails?\b|"
    r"\bwhats? (?:is )?.{0,30} like\b|\bhow (?:does|do|would|will|is|much|dark|light|sweet|acidic|strong)\b|\bwhat (?:does|do|about|"
    r"is|are)\b|\bwhats\b|"
    r"\bhow about\b|\bwho (?:grows|grew|roasts?|makes)\b|\bwhere (?:is|does|do|are)\b|\b(?:is|are|does|do|will|would|can|could|has|"
    r"have)\b.{0,60}\?|"
    r"詳し|もっと(?:教え|知り)|どんな|について|ですか|合いますか|でしょうか|は？|\bcuentame mas\b|\berzahl mir mehr\b|\bdites-m en plus\b"
)
_ONLY_THAT = re.compile(r"^\W*(?:and |so |ok |what about |how about )?(?:the |number )?\S+(?: one)?\W*[?？]\W*$")
_CHOSEN = re.compile(
    r"\b(?:ill|i will|id|i would|lets|let us|ill just|im going to|im gonna|gonna|i)(?: like to| just| think i(?:ll)?)? "
    r"(?:take|have|go (?:with|for)|get|buy|order|pick|choose|try|grab|settle on)\b|"
    r"\b(?:is it|it is|it is then|(?:sounds|looks) (?:so |very |really )?"
    r"(?:good|great|perfect|right|lovely|nice|tempting|delicious|wonderful|amazing|tasty))\W*(?:then|for me|please|thanks)?\W*$"
    r"|\b(?:sold on|"
    r"im sold|you sold me)\b|"
    r"^\W*(?:go on(?: then)?|al(?:l )?right(?: then)?|right(?: then)?|fine|ok(?:ay)?(?: then)?|yes|yeah|sold)\b[^?？]{0,4}\b(?:the|that|"
    r"this|number|no|"
    r"option)\b[^?？]{1,30}$|\bgive me\b|\bi(?:ve)? (?:choose|chose|chosen|decided|picked)\b|\bmy (?:choice|pick) is\b|"
    r"\bthats the one\b|\bwinner\b|"
    r"\bich nehme\b|\bme quedo con\b|\bje prends\b|"
    r"^\W*(?:ok(?:ay)?|yes|so|then|yeah)?\W*(?:the|that|this|number|no\.?|#) ?.{1,40}\bplease\W*$|"
    r"にします|にする|に決め|(?:が|は)(?:よさそう|良さそう|おいしそう|美味しそう)(?:です)?(?:ね)?\W*$|をください|を下さい|を買い|を試し|をお願い"
)
_TAKING = words("taking")

_TWO_NAMES = re.compile(
    r"\b(?:compare|difference between|how (?:do|does)) (?P<a>[^,?]{3,40}?) (?:and|with|to|or|vs\.?|versus|"
    r"from) (?P<b>[^,?]{3,40}?)(?: (?:differ|compare))?\W*$"
)
_PRICE_ONLY = re.compile(
    r"^\W*(?:and )?(?:how much|what(?:s| is) the price|the price|price|いくら(?:ですか|です|くらいですか)?|"
    r"(?:お)?値段は)\W*$"
)
_MEASURED_BY = re.compile(
    r"\b(?:something|anything|more|closer|similar|one) (?:like|than|to)\b|\blike (?:the|that|this)\b.{0,30}\bbut\b|"
    r"\bbut (?:more|less|not|with|without|decaf|cheaper|\w+er)\b|みたいな|に似た|もっと(?!教え|知り|詳)"
)
_LIKE_THAT = re.compile(r"\b(?:something|anything|one|more) like (?:that|this|it)(?: one)?,? but\b")


@dataclass(frozen=True, slots=True)
class Talk:
    """`aspect` is what is compared; `matters` what is asked about the coffees."""

    intent: Intent
    references: tuple[Reference, ...]
    aspect: str = ""
    matters: tuple[Trait, ...] = ()


def talk_of(reading: Reading, found: Sequence[Wish], offered: Sequence[str]) -> Talk | None:
    """What is said of the coffees offered; None when the message is about something else, or nothing was offered."""
    text = reading.folded.text
    if _WHY_NOT.search(text) and not _SUGGESTS.search(text) and (offered or _EARLIER.search(text) or _name_after(reading)):
        return _why_not(reading, found, offered)
    if by_name := _compared_by_name(reading):
        return Talk(Intent.COMPARE, by_name)
    if not offered or _SUGGESTS.search(text) or is_of_the_shelf(text):
        return None
    if _PRICE_ONLY.match(text):
        return Talk(Intent.TELL, (Reference(),), "dearer")
    pointed = references_in(reading, found, offered)
    if pointed and all(p.reference.aspect for p in pointed) and _COMPARE.search(text):
        return Talk(Intent.COMPARE, (Reference(several=True),), aspect_of(text))
    if _WHY.search(text) and (pointed or _short(text)):
        return Talk(Intent.WHY, _all(pointed))
    if _compares(text, pointed):
        loose = references_in(reading, found, offered, loose=True)
        pointed = loose if _clear(loose) > max(1, _clear(pointed)) else pointed
        return Talk(Intent.COMPARE, _all(pointed), aspect_of(text), _matters(reading, found, pointed))
    if not pointed:
        return None
    if _CHOSEN.search(text) and _only_takes(reading, pointed):
        return Talk(Intent.CHOSEN, _all(pointed))
    if (_TELL.search(text) or (_clear(pointed) and _ONLY_THAT.match(text))) and not _wishes_on(text):
        return Talk(Intent.TELL, _all(pointed), aspect_of(text), _matters(reading, found, pointed))
    return None


def _compared_by_name(reading: Reading) -> tuple[Reference, ...]:
    """ "Compare Red Umbrella and First Swallow": names, offered or not."""
    match = _TWO_NAMES.search(reading.folded.text)
    names = [reading.quote(*match.span(group)).strip(" ?？.!,") for group in ("a", "b")] if match else []
    named = names and all(name[:1].isupper() and len(name) <= 60 for name in names)
    whole = {reading.quote(mention.start, mention.end).strip() for mention in reading.mentions}
    return tuple(Reference(name=name) for name in names) if named and not whole & set(names) else ()


def _all(pointed: Sequence[Pointed]) -> tuple[Reference, ...]:
    return tuple(dict.fromkeys(p.reference for p in pointed))


def _clear(pointed: Sequence[Pointed]) -> int:
    return sum(not p.reference.bare for p in pointed)


def _why_not(reading: Reading, found: Sequence[Wish], offered: Sequence[str]) -> Talk | None:
    pointed = references_in(reading, found, offered, loose=True)
    known = tuple(p.reference for p in pointed if p.reference.name)
    told = known or _name_after(reading) or (_all(pointed) if _clear(pointed) else ())
    return Talk(Intent.WHY_NOT, told) if told else None


def _name_after(reading: Reading) -> tuple[Reference, ...]:
    """ "Why not Drift Ice?" names a coffee that nobody spoke of yet: capitals, and not all of it words of the trade."""
    why_not = _WHY_NOT.search(reading.folded.text)
    if not why_not:
        return ()
    name = reading.quote(why_not.end(), len(reading.folded.text)).strip(" ?？.!,")
    one_mention = any(reading.quote(m.start, m.end).strip() == name for m in reading.mentions)
    capitals = [word for word in name.split() if word[:1].isupper()]
    enough = len(capitals) >= 2 or (len(capitals) == 1 == len(name.split()))
    return (Reference(name=name),) if len(name) <= 60 and enough and not one_mention else ()


def _short(text: str) -> bool:
    """ "Why?", "and why these three?"."""
    return len(text.split()) <= 4


def _compares(text: str, pointed: Sequence[Pointed]) -> bool:
    """Two coffees and a word of comparing between them, or one such word about all that lie there."""
    if not pointed:
        return False
    several = _clear(pointed) > 1 or any(p.reference.several for p in pointed)
    return several and bool(_COMPARE.search(text) or (_OR.search(text) and _clear(pointed) > 1))


def _matters(reading: Reading, found: Sequence[Wish], pointed: Sequence[Pointed]) -> tuple[Trait, ...]:
    """What the words that do not point are about: "any good with milk?" is about milk, whatever "any" usually does."""
    free = [w for w in found if not any(w.mention.start < p.end and p.start < w.mention.end for p in pointed if not p.reference.bare)]
    named = [replace(wish, stance=Stance.FORGET) for wish in free if not isinstance(wish.mention.meaning, FacetWord)]
    return tuple(meant_by(reading, named, Stance.FORGET))


def _only_takes(reading: Reading, pointed: Sequence[Pointed]) -> bool:
    """Whether nothing is said beside the taking: "I'll take the second but decaf" asks for another coffee."""
    if not reading.folded.tokens and pointed:
        return not any(isinstance(piece, Mention) and not _inside(piece, pointed) for piece in reading.pieces)
    rest = [piece for piece in reading.pieces if isinstance(piece, Mention | Unknown) and not _inside(piece, pointed)]
    return not reading.budgets and all(isinstance(piece, Unknown) and piece.text in _TAKING for piece in rest)


def _inside(piece: Mention | Unknown, pointed: Sequence[Pointed]) -> bool:
    return any(p.start <= piece.start < p.end for p in pointed)


_MEASURE = re.compile(r"\b(?:like|similar to|close(?:r)? to|same as|than)\b|みたいな|のような|に似た")


def measured_by(reading: Reading, found: Sequence[Wish], offered: Sequence[str]) -> Reference | None:
    """The coffee on the table that another shall be like: in "not the first, something like the third" the third."""
    text = reading.folded.text
    if not offered or not _wishes_on(text):
        return None
    clear = [p for p in references_in(reading, found, offered) if p.reference.place or p.reference.name or p.reference.aspect]
    measure = _MEASURE.search(text)
    after = [p for p in clear if measure and p.start >= measure.start()]
    bare = Reference() if _LIKE_THAT.search(text) else None
    return next((p.reference for p in (*after, *clear)), bare)


def _wishes_on(text: str) -> bool:
    """Whether a coffee is only the measure for another: "like the second but lighter"."""
    return _MEASURED_BY.search(text) is not None
