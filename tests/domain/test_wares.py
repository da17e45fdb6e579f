"""What is no coffee."""

import pytest

from coffeebot.domain.wares import refusal


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Kenya Gatomboya AA", None),
        ("Holiday Gift Blend", None),
        ("Chemex Blend", None),
        ("Cold Brew Blend", None),
        ("Green Tip Gesha", None),
        ("Cold Brew Concentrate", "not_coffee"),
        ("Compostable Pods", "not_coffee"),
        ("水出しコーヒーパック", "not_coffee"),
        ("Advent Calendar", "sampler"),
        ("Brew Kit", "bundle"),
        ("Coffee of the Month", "subscription"),
        ("Bag Clip", "equipment"),
        ("Peru 140g×25個", "bulk"),
        ("Peru 5 lb", None),
        ("エチオピア イルガチェフェ 浅煎り 200g", None),
        ("Estate Subscription", "subscription"),
        ("3ヶ月定期便", "subscription"),
        ("Blend Sampler", "sampler"),
        ("お試しセレクション", "sampler"),
        ("Morning Bundle", "bundle"),
        ("Coffee Beans Gift Set", "gift"),
        ("Gooseneck Kettle", "equipment"),
        ("French Press 600 ml", "equipment"),
        ("クラフトインスタントコーヒー 5本セット", "instant"),
        ("ドリップバッグ 10個", "drip_bag"),
        ("Bulk Espresso 5lb", "bulk"),
        ("Latte Art Workshop", "not_coffee"),
    ],
)
def test_refusal_by_title(title: str, code: str | None) -> None:
    assert refusal(title) == code


def test_kind_vendor_tags_and_price_count_too() -> None:
    assert refusal("Sugarcane Decaf", vendor="Wholesale") == "wholesale_duplicate"
    assert refusal("Morning", kind="Gifting") == "gift"
    assert refusal("12oz Blends", tags=["hidden"]) == "not_coffee"
    assert refusal("Bag Cards", price="0.00") == "not_coffee"
    assert refusal("Morning", kind="コーヒー豆", tags=["eGift対応"]) is None
