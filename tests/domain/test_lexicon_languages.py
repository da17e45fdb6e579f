"""The lexicon in nine languages: families, members and the trade's other words, by tables."""

import pytest

from coffeebot.domain.flavour import FAMILIES, families_of, find_notes
from coffeebot.domain.flavour.notes import LANGUAGES
from coffeebot.domain.vocabulary import Topic, find_words
from coffeebot.domain.words import listed, table

BRANCHES = (
    *("fruity", "stone fruit", "berry", "citrus", "tropical", "orchard fruit", "melon", "dried fruit", "winey", "floral", "tea-like"),
    *("caramel", "vanilla", "chocolate", "nutty", "spice", "boozy", "smoky", "woody", "herbal", "roasted", "funky"),
)
LEAST = {"ja": 150}

TRADE = {
    "ja": (
        "ウォッシュド ナチュラル ハニー スマトラ式 アナエロビック 浅煎り 中煎り 深煎り ドリップ エスプレッソ フレンチプレス "
        "デカフェ 牛乳 濃厚 すっきり 酸味控えめ 甘い 有機 フェアトレード"
    ),
    "es": (
        "lavado natural proceso_miel trillado_húmedo anaeróbico tueste_claro tueste_medio tueste_oscuro filtro expreso "
        "prensa_francesa descafeinado leche con_cuerpo ligero poca_acidez dulce orgánico comercio_justo"
    ),
    "fr": (
        "lavé procédé_nature honey_process décortiqué_humide anaérobie torréfaction_claire torréfaction_moyenne "
        "torréfaction_foncée filtre expresso presse_française décaféiné lait corsé léger peu_acide sucré biologique "
        "commerce_équitable"
    ),
    "de": (
        "gewaschen natürlich_aufbereitet honigprozess nassgeschält anaerob helle_röstung mittlere_röstung dunkle_röstung "
        "filterkaffee espressobohnen stempelkanne entkoffeiniert milch vollmundig leicht säurearm süß biologisch "
        "fairer_handel"
    ),
    "pt": (
        "lavado natural cereja_descascado semi_hulled fermentação_anaeróbica torra_clara torra_média torra_escura coado "
        "expresso prensa_francesa descafeinado leite encorpado leve pouca_acidez doce orgânico comércio_justo"
    ),
    "it": (
        "lavato naturale processo_honey giling_basah anaerobico tostatura_chiara tostatura_media tostatura_scura filtro "
        "espresso french_press decaffeinato latte corposo leggero poco_acido dolce biologico commercio_equo"
    ),
    "ko": (
        "워시드 내추럴 허니_프로세스 길링바사 무산소 약배전 중배전 강배전 핸드드립 에스프레소 프렌치프레스 디카페인 우유 "
        "묵직한 가벼운 산미_적은 달콤한 유기농 공정무역"
    ),
    "zh": "水洗 日晒 蜜处理 湿刨 厌氧 浅烘 中烘 深烘 手冲 意式浓缩 法压壶 低因 牛奶 醇厚 清爽 低酸 甜 有机 公平贸易",
}
MEANT = (
    *((Topic.PROCESS, value) for value in ("washed", "natural", "honey", "wet_hulled", "anaerobic")),
    *((Topic.ROAST, value) for value in ("Light", "Medium", "Dark")),
    *((Topic.BREW_METHOD, "filter"), (Topic.FLAG, "espresso"), (Topic.BREW_METHOD, "french_press"), (Topic.FLAG, "decaf")),
    *((Topic.MILK, "milk"), (Topic.BODY, "full"), (Topic.BODY, "light"), (Topic.ACIDITY, "low"), (Topic.SWEETNESS, "high")),
    *((Topic.FLAG, "organic"), (Topic.FLAG, "fair_trade")),
)
CASES = [
    (language, word.replace("_", " "), *meant)
    for language, words in TRADE.items()
    for word, meant in zip(words.split(), MEANT, strict=True)
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_names_every_branch_and_enough_members(language: str) -> None:
    words = table(f"flavour_{language}")
    assert set(BRANCHES) <= set(words)
    assert len(set(words) - set(BRANCHES)) >= LEAST.get(language, 60)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_a_language_is_understood_as_its_english(language: str) -> None:
    wrong = {
        word: english
        for english, words in table(f"flavour_{language}").items()
        for word in listed(words)
        if not set(families_of(word)) & set(families_of(english)) and families_of(english)
    }
    assert not wrong


def test_the_branches_are_all_the_families() -> None:
    assert {family for branch in BRANCHES for family in families_of(branch)} >= set(FAMILIES)


@pytest.mark.parametrize(("language", "word", "topic", "value"), CASES)
def test_the_trades_words(language: str, word: str, topic: Topic, value: str) -> None:
    assert (topic, value) in {(found.word.topic, found.word.value) for found in find_words(word)}


@pytest.mark.parametrize(
    "text",
    [
        "200グラムください",
        "バランスの良いコーヒー",
        "このタイプが好き",
        "メッセージをどうぞ",
        "スプリングブレンド",
        "プリントして",
        "美味しそう",
        "いいでしょうが",
        "これももっと",
        "리치한 느낌",
    ],
)
def test_no_flavour_is_found_inside_ordinary_words(text: str) -> None:
    assert find_notes(text) == []
