"""Tasting notes as a Japanese roaster writes them: "dried strawberry" is ドライストロベリー."""

from functools import lru_cache

from coffeebot.domain.flavour import japanese_names
from coffeebot.domain.folding import plain, singular

_WHOLE = {
    "brown sugar": "ブラウンシュガー", "burnt sugar": "焦がし砂糖", "cane sugar": "きび砂糖", "raw sugar": "粗糖", "blackcurrant": "カシス", "black currant": "カシス",
    "red currant": "赤すぐり", "graham cracker": "グラハムクラッカー", "lemon drop": "レモンドロップ", "orange blossom": "オレンジの花", "earl grey": "アールグレイ",
    "red bean": "小豆", "roasted chestnut": "焼き栗", "condensed milk": "練乳", "sweet cream": "生クリーム", "rum raisin": "ラムレーズン", "apple pie": "アップルパイ", "baked apple": "焼きりんご",
    "stone fruit": "核果", "passion fruit": "パッションフルーツ", "passionfruit": "パッションフルーツ", "black tea": "紅茶", "green tea": "緑茶", "oolong tea": "烏龍茶",
    "white tea": "白茶", "lemon verbena": "レモンバーベナ", "maple syrup": "メープルシロップ", "wildflower honey": "百花蜜", "acacia honey": "アカシア蜂蜜",
    "white chocolate": "ホワイトチョコレート", "milk chocolate": "ミルクチョコレート", "dark chocolate": "ダークチョコレート", "bittersweet chocolate": "ビターチョコレート",
    "bitter chocolate": "ビターチョコレート", "baker's chocolate": "ビターチョコレート", "cacao nib": "カカオニブ", "cocoa nib": "カカオニブ", "fuji apple": "ふじりんご", "green apple": "青りんご",
    "red apple": "赤りんご", "white peach": "白桃", "yellow plum": "黄プラム", "sour plum": "すもも", "white grape": "白ぶどう", "red grape": "赤ぶどう", "muscat grape": "マスカット",
    "red wine": "赤ワイン", "white wine": "白ワイン", "dark rum": "ダークラム", "bourbon whiskey": "バーボン", "pipe tobacco": "パイプたばこ", "sweet tobacco": "甘いたばこ",
    "tobacco leaf": "たばこの葉", "black pepper": "黒胡椒", "pink pepper": "ピンクペッパー", "macadamia nut": "マカダミアナッツ", "brazil nut": "ブラジルナッツ", "hazelnut praline": "ヘーゼルナッツプラリネ",
    "peanut butter": "ピーナッツバター", "almond cake": "アーモンドケーキ", "mango lassi": "マンゴーラッシー", "strawberry yogurt": "いちごヨーグルト", "cherry liqueur": "チェリーリキュール",
    "orange marmalade": "オレンジマーマレード", "sugar cane": "さとうきび", "sugarcane": "さとうきび", "sweet spice": "甘いスパイス", "rose hip": "ローズヒップ", "star anise": "八角", "lemongrass": "レモングラス",
}  # fmt: skip
_BEFORE = {
    "dried": "ドライ", "ripe": "熟した", "fresh": "新鮮な", "roasted": "ロースト", "toasted": "ロースト", "candied": "砂糖漬けの", "dark": "ダーク", "black": "ブラック", "red": "赤い",
    "white": "ホワイト", "pink": "ピンク", "yellow": "黄色い", "sweet": "甘い", "bitter": "ビター", "poached": "煮た", "stewed": "煮た", "baked": "焼き", "burnt": "焦がし", "raw": "生の",
    "wild": "野生の", "tart": "酸味のある", "juicy": "みずみずしい", "creamy": "クリーミーな", "smoky": "スモーキーな", "crisp": "さわやかな", "tropical": "トロピカル", "mixed": "ミックス", "golden": "ゴールデン",
}  # fmt: skip
_NOUNS = {
    "apple": "りんご", "apricot": "あんず", "acai": "アサイー", "almond": "アーモンド", "banana": "バナナ", "bergamot": "ベルガモット", "berry": "ベリー", "biscuit": "ビスケット", "blackberry": "ブラックベリー",
    "blossom": "の花", "blueberry": "ブルーベリー", "brandy": "ブランデー", "bread": "パン", "butter": "バター", "butterscotch": "バタースコッチ", "cacao": "カカオ", "candy": "キャンディー", "cantaloupe": "カンタロープメロン",
    "caramel": "キャラメル", "cardamom": "カルダモン", "cashew": "カシューナッツ", "cedar": "杉", "chamomile": "カモミール", "cherry": "チェリー", "chestnut": "栗", "chocolate": "チョコレート", "cinnamon": "シナモン",
    "citrus": "柑橘", "clementine": "クレメンタイン", "clove": "クローブ", "cocoa": "ココア", "coconut": "ココナッツ", "cola": "コーラ", "cookie": "クッキー", "cranberry": "クランベリー", "cream": "クリーム", "currant": "カシス",
    "custard": "カスタード", "date": "デーツ", "earth": "土", "elderflower": "エルダーフラワー", "fig": "いちじく", "flower": "花", "fruit": "フルーツ", "fudge": "ファッジ", "ginger": "生姜", "gingerbread": "ジンジャーブレッド",
    "grape": "ぶどう", "grapefruit": "グレープフルーツ", "guava": "グアバ", "hazelnut": "ヘーゼルナッツ", "hibiscus": "ハイビスカス", "honey": "蜂蜜", "honeycomb": "巣蜜", "honeydew": "ハネデューメロン", "honeysuckle": "スイカズラ",
    "jam": "ジャム", "jasmine": "ジャスミン", "juice": "ジュース", "kiwi": "キウイ", "kombucha": "コンブチャ", "lavender": "ラベンダー", "leather": "革", "lemon": "レモン", "lemonade": "レモネード", "licorice": "甘草", "liquorice": "甘草",
    "lilac": "ライラック", "lime": "ライム", "liqueur": "リキュール", "lychee": "ライチ", "magnolia": "マグノリア", "malt": "麦芽", "mandarin": "マンダリン", "mango": "マンゴー", "maple": "メープル", "marmalade": "マーマレード",
    "marshmallow": "マシュマロ", "melon": "メロン", "mint": "ミント", "molasses": "糖蜜", "mulberry": "桑の実", "musk": "麝香", "myrrh": "没薬", "nectarine": "ネクタリン", "nib": "ニブ", "nougat": "ヌガー", "nut": "ナッツ", "nutmeg": "ナツメグ",
    "oak": "オーク", "orange": "オレンジ", "orchid": "蘭", "osmanthus": "金木犀", "panela": "黒糖", "papaya": "パパイヤ", "peach": "桃", "peanut": "ピーナッツ", "pear": "洋梨", "pecan": "ピーカンナッツ", "peel": "の皮", "pepper": "胡椒",
    "peppercorn": "胡椒の実", "persimmon": "柿", "pie": "パイ", "pine": "松", "pineapple": "パイナップル", "pistachio": "ピスタチオ", "plum": "プラム", "pomegranate": "ざくろ", "praline": "プラリネ", "prune": "プルーン", "raisin": "レーズン",
    "raspberry": "ラズベリー", "rhubarb": "ルバーブ", "rose": "バラ", "rosemary": "ローズマリー", "rum": "ラム", "saffron": "サフラン", "sage": "セージ", "sandalwood": "白檀", "sesame": "胡麻", "shortbread": "ショートブレッド", "smoke": "スモーク",
    "spice": "スパイス", "strawberry": "いちご", "sugar": "砂糖", "syrup": "シロップ", "tamarind": "タマリンド", "tangerine": "タンジェリン", "tea": "紅茶", "thyme": "タイム", "toast": "トースト", "tobacco": "たばこ", "toffee": "トフィー",
    "tomato": "トマト", "truffle": "トリュフ", "vanilla": "バニラ", "violet": "すみれ", "walnut": "くるみ", "watermelon": "すいか", "whiskey": "ウイスキー", "whisky": "ウイスキー", "wine": "ワイン", "wisteria": "藤", "wood": "木", "yogurt": "ヨーグルト",
    "yuzu": "柚子", "zest": "の皮",
}  # fmt: skip


@lru_cache(maxsize=4096)
def japanese_note(note: str) -> str:
    """The note's Japanese name, put together word by word where it must be; the note as it is when a word of it is unknown."""
    words = [singular(word) for word in plain(note).split()]
    whole = _WHOLE.get(plain(note)) or _WHOLE.get(" ".join(words)) or japanese_names().get(note) or japanese_names().get(plain(note))
    if whole:
        return whole
    *before, last = words or [""]
    parts = [_BEFORE.get(word) or _noun(word) for word in before]
    known = [*parts, _noun(last)]
    return "".join(part for part in known if part) if all(known) else note


def _noun(word: str) -> str:
    return _NOUNS.get(word) or japanese_names().get(word, "")
