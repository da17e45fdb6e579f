"""Questions for the bar, with slips of the pen, and what is said of a cup without asking."""

import pytest

from coffeebot.domain.message import Intent
from coffeebot.domain.taste import Facet, Polarity
from coffeebot.domain.understanding import understand
from coffeebot.domain.understanding.bar_questions import FAULTS, TOPICS
from coffeebot.providers.llm.knowledge import topics


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("wat does anarobic mean?", "what_is_anaerobic"),
        ("whats the diffrence between arabica and robusta", "arabica_robusta"),
        ("how much caffiene is in espresso?", "caffeine"),
        ("what is a co-ferment?", "what_is_co_ferment"),
        ("washed vs natural?", "washed_or_natural"),
        ("single origin or blend?", "blend_or_single"),
        ("can I use espresso beans for filter?", "espresso_or_filter"),
        ("what is acidity?", "acidity"),
        ("what does full body mean?", "body"),
        ("can I freeze coffee?", "freezing"),
        ("how long do beans stay good?", "resting"),
        ("is it fresh?", "resting"),
        ("what water should I use?", "water"),
        ("which milk is good for a latte?", "milk"),
        ("is sugar a sin?", "sugar"),
        ("is instant coffee any good?", "instant"),
        ("does altitude matter?", "altitude"),
        ("what does 90 points mean?", "score"),
        ("what does organic mean?", "fair_trade"),
        ("why is coffee so expensive?", "price"),
        ("can I buy green coffee?", "green_coffee"),
        ("are the flavours added?", "tasting_notes"),
        ("what is gesha?", "variety"),
        ("what is crema?", "crema"),
        ("how long should I bloom?", "bloom"),
        ("is coffee bad for my heart?", "health"),
        ("do you get commission?", "commission"),
        ("where can I order it?", "buying"),
        ("how do I brew with a Chemex?", "brew_chemex"),
        ("how do I make iced coffee?", "brew_iced"),
        ("why is my coffee weak?", "brewing_weak"),
        ("why does it dry my mouth?", "brewing_astringent"),
        ("水は何を使えばいいですか？", "water"),
        ("標高って何？", "altitude"),
        ("砂糖を入れてもいいですか？", "sugar"),
        ("¿qué significa lavado?", "what_is_washed"),
        ("wie viel Koffein?", "caffeine"),
    ],
)
def test_topics(message: str, topic: str) -> None:
    understood = understand(message)
    assert (understood.intent, understood.topic) == (Intent.ASK, topic)


def test_every_topic_has_its_answer_and_every_answer_its_question() -> None:
    assert {topic for topic, _ in TOPICS} - {"why"} == set(topics())


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("my last one was too sour", "brewing_sour"),
        ("it tastes bitter", "brewing_bitter"),
        ("mine came out watery", "brewing_weak"),
        ("前回の豆は酸っぱすぎました", "brewing_sour"),
        ("this is useless", ""),
        ("使えないなあ", ""),
    ],
)
def test_complaints_are_heard_out(message: str, topic: str) -> None:
    understood = understand(message, offered=["Gatomboya"])
    assert (understood.intent, understood.topic) == (Intent.COMPLAINT, topic)


@pytest.mark.parametrize("message", ["you're useless", "this is rubbish", "使えないなあ"])
def test_nobody_is_let_down_by_what_was_not_offered(message: str) -> None:
    assert understand(message).intent is Intent.RUDE


def test_the_answer_to_how_it_was_brewed_is_no_new_wish() -> None:
    understood = understand("water at 85 degrees, in a V60", earlier=["my last one was too sour"])
    assert (understood.intent, understood.topic) == (Intent.ASK, "brewing_sour")
    assert Facet.BREW_METHOD in {trait.facet for trait in understood.change.add}


@pytest.mark.parametrize(
    ("message", "earlier", "topic"),
    [
        ("and for a moka pot?", ["how do I brew with an AeroPress?"], "brew_moka"),
        ("and body?", ["what is acidity?"], "body"),
        ("and cold brew?", ["how do I make espresso?", "and for a moka pot?"], "brew_cold_brew"),
    ],
)
def test_a_question_goes_on_from_the_one_before(message: str, earlier: list[str], topic: str) -> None:
    assert understand(message, earlier=earlier).topic == topic


@pytest.mark.parametrize(
    "message", ["and cold brew?", "what about stone fruit?", "no sugar, black", "organic and washed", "weak acidity please"]
)
def test_a_wish_is_no_question(message: str) -> None:
    assert understand(message, earlier=["something fruity"]).intent is not Intent.ASK


@pytest.mark.parametrize(
    "message", ["do you have ground coffee?", "does it come ground or whole?", "粉でも買えますか", "挽いてもらえますか"]
)
def test_ground_or_whole(message: str) -> None:
    assert (understand(message).intent, understand(message).topic) == (Intent.ASK, "ground")


@pytest.mark.parametrize("message", ["you idiot", "shut up", "ばか"])
def test_rude_words(message: str) -> None:
    assert understand(message).intent is Intent.RUDE


def test_faults_are_topics() -> None:
    assert set(FAULTS) <= set(topics())


@pytest.mark.parametrize(
    ("earlier", "message", "topic"),
    [
        (["how do I brew it?"], "in a French press?", "brew_french_press"),
        (["how do I brew it?", "in a French press?"], "and for a V60?", "brew_recipe"),
        (["how do I brew it?", "in a French press?"], "with the moka pot", "brew_moka"),
        (["how should I make this"], "no, moka pot", "brew_moka"),
        (["how do I brew the first?"], "I've got a Chemex", "brew_chemex"),
        (["どうやって淹れればいいですか"], "フレンチプレスなら？", "brew_french_press"),
        (["どうやって淹れればいいですか", "フレンチプレスなら？"], "じゃあ水出しは？", "brew_cold_brew"),
        (["what does washed mean"], "natural?", "what_is_natural"),
        (["what does washed mean", "natural?"], "and honey", "what_is_honey"),
        (["what grinder should I get?"], "for espresso?", "grinder"),
    ],
)
def test_a_question_that_goes_on_from_another(earlier: list[str], message: str, topic: str) -> None:
    understood = understand(message, earlier=earlier)
    assert (understood.intent, understood.topic) == (Intent.ASK, topic)
    assert bool(understood.change.add) == ("Chemex" in message)


@pytest.mark.parametrize("message", ["in a French press?", "natural?", "for espresso?", "something fruity?"])
def test_without_a_question_before_it_is_a_wish(message: str) -> None:
    assert understand(message, earlier=["fruity please"]).intent is Intent.RECOMMEND


@pytest.mark.parametrize(
    "message", ["what's the most caffeinated one?", "something with a kick", "I need something to wake me up", "目が覚めるものは？"]
)
def test_who_wants_a_kick_hears_of_caffeine(message: str) -> None:
    assert understand(message).topic == "caffeine"


def test_who_may_have_no_caffeine_and_asks_what_there_is_wants_coffees() -> None:
    understood = understand("My doctor says no caffeine. What have you got?")
    assert understood.intent is Intent.RECOMMEND and [trait.facet for trait in understood.change.add] == [Facet.DECAF]


@pytest.mark.parametrize(
    ("message", "wishes"),
    [
        ("swiss water only", {("decaf", "decaf", Polarity.MUST), ("flag", "swiss_water", Polarity.MUST)}),
        ("a sugarcane decaf", {("decaf", "decaf", Polarity.MUST), ("flag", "sugarcane_decaf", Polarity.WANT)}),
        ("no swiss water", {("flag", "swiss_water", Polarity.AVOID)}),
    ],
)
def test_how_caffeine_is_taken_out_is_a_wish_and_a_must_when_nothing_else_will_do(
    message: str, wishes: set[tuple[str, str, Polarity]]
) -> None:
    assert {(trait.facet, trait.value, trait.polarity) for trait in understand(message).change.add} == wishes


@pytest.mark.parametrize("message", ["no wait, washed", "no sorry, washed", "oh wait, washed please"])
def test_a_word_of_correction_denies_nothing(message: str) -> None:
    [trait] = understand(message).change.add
    assert (trait.facet, trait.value, trait.polarity) == (Facet.PROCESS, "washed", Polarity.MUST)


@pytest.mark.parametrize("message", ["ok, any decaf with chocolate", "デカフェなら何でも"])
def test_any_decaf_lets_the_method_go(message: str) -> None:
    profile = understand("swiss water only, washed").change.add
    gone = understand(message, profile=profile).change.remove
    assert [trait.value for trait in profile if trait.id in gone] == ["swiss_water"]


@pytest.mark.parametrize("message", ["forget the decaf", "ok without the decaf then", "caffeine is fine"])
def test_without_decaf_no_method_is_left_to_keep(message: str) -> None:
    profile = understand("swiss water only").change.add
    assert set(understand(message, profile=profile).change.remove) == {trait.id for trait in profile}


@pytest.mark.parametrize(("message", "facet"), [("no naturals; honey notes", Facet.NOTE), ("no naturals. honey", Facet.PROCESS)])
def test_honey_after_a_process_is_a_note_when_it_is_called_one(message: str, facet: Facet) -> None:
    assert (facet, "honey", Polarity.MUST) in {(t.facet, t.value, t.polarity) for t in understand(message).change.add}
