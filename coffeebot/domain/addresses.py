"""What in a text could take a reader elsewhere: links of any scheme, bare domains, hosts and e-mail addresses, disguised ones too."""

import re
from collections.abc import Iterator

_COUNTRIES = (
    "ac ad ae af ag ai al am ao ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg ch ci ck cl cm "
    "cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gt gu "
    "gw gy hk hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc "
    "md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps "
    "pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv "
    "tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
_GENERIC = (
    "com net org info biz edu gov mil int name pro mobi asia jobs tel travel museum coop aero arpa app dev page blog web website site "
    "online store shop shopping buy sale deals cafe coffee bar beer wine restaurant kitchen menu club social chat link click email "
    "space host hosting cloud tech digital agency studio design media news live video photo gallery art fun games game play xyz top vip "
    "icu win bid loan work works world today life love best one zone run team group company business market marketing trade systems "
    "solutions services support help center global international network express direct delivery supply farm garden green earth "
    "bio organic health fit care pink red blue black gold cool rocks ninja guru expert academy school college university moe "
    "tokyo osaka kyoto london berlin paris nyc amsterdam wien swiss africa lat cat eus scot wales zip mov onion example invalid test "
    "local localhost internal intranet lan corp home"
)
_BEGINNINGS = (  # endings that begin a sentence when the space after a full stop is missing: "bright.It"
    "ad ae ai al am an as at au be by ca de do es et gd hm id ie il im in is it la li lo ma me my na ne no pa re se si so st su to tv us "
    "va ve ya name pro travel museum page web site online store shop shopping buy sale deals cafe coffee bar beer wine restaurant kitchen "
    "menu club social chat link click email space host cloud tech digital agency studio design media news live video photo gallery art "
    "fun games game play top win work works world today life love best one zone run team group company business market trade systems "
    "services support help center global international network express direct delivery supply farm garden green earth organic health "
    "fit care pink red blue black gold cool rocks expert academy school college university tokyo osaka kyoto london berlin paris "
    "amsterdam africa cat example test local home"
)
_WORDS = frozenset(_BEGINNINGS.split())
_LETTER = r"[A-Za-z0-9\u00c0-\u1fff_-]"  # of a name in any script that writes spaces
_FAR_EAST = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
_DOT = r"(?:[.。]|\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?|\sdot\s)"
_ENDS = "|".join(sorted({*_COUNTRIES.split(), *_GENERIC.split()}, key=lambda name: (-len(name), name)))
_CHAR = rf"[^\s(){_FAR_EAST}\ufffc]"
_PATH = rf"(?:\({_CHAR}*\)|{_CHAR})*"
_HOST = rf"(?:{_LETTER}{{1,63}}{_DOT}){{1,8}}"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![a-z])(?:[a-z-]{{2,12}}:){{0,2}}[a-z][a-z0-9+.-]{{1,30}}\[?:\]?\[?[/\\]{{2}}\]?{_PATH}",
        rf"(?<![a-z])h(?:tt|xx)ps?\s?\[?:\]?(?:\s?[/\\])*{_PATH}",
        rf"(?<![a-z])(?:javascript|vbscript|livescript|jscript):{_PATH}",
        rf"(?<![a-z])data:(?=[\w-]+/|[;,]){_PATH}",
        rf"(?<![a-z])(?:mailto|tel|sms|callto|skype|whatsapp|magnet|blob|file|s?ftp|gopher|ldap|view-source|intent|cid):(?=\S){_PATH}",
        rf"(?<![\w:/])//{_LETTER}+(?:{_DOT}|:\d|/){_PATH}",
        rf"[\w.+%-]{{0,64}}@{_HOST}[a-z]{{2,24}}(?:[/?]{_PATH})?",
        r"(?<![\w.])\d{1,3}(?:[.。]\d{1,3}){3}(?![\d])(?::\d{1,5})?" + rf"(?:[/?#]{_PATH})?",
        rf"\[(?=[^\]]*:[^\]]*:)[0-9a-f:.%]{{2,45}}\w*\](?::\d{{1,5}})?(?:[/?#]{_PATH})?",
        rf"(?<![\w-])localhost(?![\w-])(?::\d{{1,5}})?(?:[/?#]{_PATH})?",
        rf"(?<![\w.@-])(?:{_LETTER}{{1,63}}\.){{1,8}}[a-z]{{2,24}}(?::\d{{1,5}})?/(?=\S){_PATH}",
    )
)
_DOMAIN = re.compile(
    rf"(?<![A-Za-z0-9\u00c0-\u1fff@_-])(?:{_HOST}|(?<=[{_FAR_EAST}])\.)(?P<end>xn--[a-z0-9-]{{2,59}}|{_ENDS})(?![A-Za-z0-9\u00c0-\u1fff])"
    rf"(?P<rest>(?::\d{{1,5}})?(?:[/?#]{_PATH})?)",
    re.IGNORECASE,
)
_MAYBE = re.compile(r"[.。:@/]|dot|localhost", re.IGNORECASE)
_CLOSERS = re.compile(r"[.,;:!?'\"”’*>\]}]+$")


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand, as (start, end); they may overlap. `text` is NFKC. Punctuation after an address is not part of it."""
    if not _MAYBE.search(text):
        return
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            yield found.start(), found.end() - _closers(found[0])
    for found in _DOMAIN.finditer(text):
        if _is_domain(found):
            yield found.start(), found.end() - _closers(found[0])


def _closers(address: str) -> int:
    closing = _CLOSERS.search(address)
    return len(closing[0]) if closing and closing.start() else 0


def _is_domain(found: re.Match[str]) -> bool:
    """ "bright.It was" is two sentences, "1.5.it" a slip, and "e.g." has no such ending."""
    end, name = found["end"], found[0][: found.start("end") - found.start()]
    if len(found["rest"]) > 1 or name.lower().startswith("www"):
        return True
    if name and name != "." and not any(character.isalpha() for character in name):
        return False
    return not (end[0].isupper() and not (end.isupper() and name.upper() == name) and end.lower() in _WORDS)
