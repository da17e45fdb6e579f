"""Labelled lines of a description: "Process: Washed", 品種：ティピカ, "Elevation – 2800 Ft", several in a line, in any order."""

import re

FIELDS: dict[str, str] = {
    "notes": (
        "tasting notes|tasting note|flavour notes|flavor notes|cup notes|cupping notes|taste notes|notes|flavour profile|flavor profile|"
        "flavours|flavors|flavour|flavor|in the cup|we taste|tastes like|taste|cup profile|フレーバーノート|テイスティングノート|カッププロファイル|フレーバー|風味|味わい|味"
    ),
    "body": "body|mouthfeel|ボディ感|ボディー|ボディ|コク|口当たり",
    "acidity": "acidity|酸味",
    "sweetness": "sweetness|甘み|甘さ|甘味",
    "roast": "roast level|roast degree|roast profile|roast type|roast|焙煎度合い|焙煎度合|焙煎度|焙煎レベル|焙煎|ロースト",
    "origin": "country of origin|coffee origin|origins|origin|country|原産国名|原産国|生産国名|生産国|生豆生産国名|生豆生産国|産地国|産地|国名|国",
    "region": "growing region|regions|region|location|province|district|origin region|原産地域|生産地域|生産地区|生産地|地域|地区|エリア",
    "farm": "farm|estate|washing station|station|mill|farm name|factory|cooperative|finca|農園名|農園|ウォッシングステーション|精製所|生産処理場",
    "producer": "producers|producer|farmers|farmer|grower|growers|produced by|生産者名|生産者|農園主",
    "altitude": "growing altitude|altitude|elevation|grown at|masl|growing elevation|標高|高度|栽培高度",
    "process": (
        "processing method|process method|processing|processes|process|method|精製方法|精製処理|生産処理方法|生産処理|精製|加工方法|処理方法|製法|プロセス"
    ),
    "variety": "varietals|varietal|varieties|variety|variety/ies|cultivars|cultivar|botanical variety|栽培品種|品種",
    "ingredients": "ingredients|原材料名|原材料",
    "weight": "net weight|net wt|weight|bag size|package size|size|内容量|容量|重量|サイズ",
}
# Other labels: nothing is read from them, but what stood before them ends there
_OTHERS = (
    "harvest|harvested|crop year|importer|exporter|fob cost|fob price|fob|farm gate price|score|cup score|cupping score|brew guide|brewing|brew|"
    "recommended resting period|best for|recommended for|drying|fermentation|certifications|certification|storage|shelf life|best before|roast date|"
    "roasted on|species|lot|grade|screen size|caffeine|種類別名称|賞味期限|保存方法|使用上の注意|製造者|販売者|収穫時期|収穫|おすすめ|抽出|箱サイズ|乾燥方法|配送|名称"
)
_FIELD_OF = {word: field for field, words in FIELDS.items() for word in words.split("|")}
_WORDS = "|".join(re.escape(word) for word in sorted({*_FIELD_OF, *_OTHERS.split("|")}, key=len, reverse=True))
_COLON = re.compile(rf"(?<![^\W_])[【＜<\[■●◆▪・•*_~-]*\s*(?P<label>{_WORDS})(?:\(s\))?\s*[】＞>\]*_]*\s*[:：]\s*", re.IGNORECASE)
_DASH = re.compile(rf"^\W*(?P<label>{_WORDS})\s*(?:\s[-–—|]\s|[】＞\]]\s*)(?P<value>.+)$", re.IGNORECASE)
_ALONE = re.compile(rf"^\W*(?P<label>{_WORDS})\W*$", re.IGNORECASE)
MOST_VALUE = 240  # characters; a longer "value" is prose that happens to begin like a label
MOST_VALUES = 12
_AROUND = " \t　|/／;,、•・*"


def field_of(label: str) -> str | None:
    """The field that a label announces; None for one of something else."""
    return _FIELD_OF.get(" ".join(label.replace("_", " ").replace("pa ", "").lower().split()).strip(" :："))


def labelled(text: str) -> tuple[dict[str, tuple[str, ...]], str]:
    """The values by field, in the text's order, and the text that stands under no label."""
    found: dict[str, list[str]] = {}
    prose: list[str] = []
    waiting: str | None = None
    for line in text.splitlines():
        before, pairs = _read(line)
        alone = _ALONE.match(line)
        if alone and not pairs:
            waiting = alone["label"]
            continue
        if waiting and not pairs and len(line) <= MOST_VALUE:
            before, pairs = "", [(waiting, line)]
        waiting = pairs[-1][0] if pairs and not pairs[-1][1] else None
        prose.append(before)
        for label, value in pairs:
            field = _FIELD_OF.get(label.lower())
            if field and value and len(value) <= MOST_VALUE and len(found.setdefault(field, [])) < MOST_VALUES:
                found[field].append(value)
    return {field: tuple(values) for field, values in found.items()}, "\n".join(line for line in map(str.strip, prose) if line)


def _read(line: str) -> tuple[str, list[tuple[str, str]]]:
    """What stands before the first label of a line, and its (label, value) pairs; a value ends where the next label begins."""
    labels = list(_COLON.finditer(line))
    if not labels:
        dashed = _DASH.match(line)
        return ("", [(dashed["label"], dashed["value"].strip())]) if dashed else (line, [])
    ends = [following.start() for following in labels[1:]] + [len(line)]
    values = [line[place.end() : end].strip(_AROUND) for place, end in zip(labels, ends, strict=True)]
    return line[: labels[0].start()], [(place["label"], value) for place, value in zip(labels, values, strict=True)]
