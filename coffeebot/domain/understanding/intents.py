"""What kind of message it is: a wish, a greeting, a question for the bar, something else altogether."""

import re

from coffeebot.domain.folding import Folded
from coffeebot.domain.message import Intent

_HOSTILE = re.compile(
    r"\b(?:ignore|disregard|override|bypass|forget|break) (?:all |any |the |your |my |of |previous |prior |above |these |"
    r"those |every )*(?:rules?|instructions?|guidelines?|prompts?|restrictions?|polic(?:y|ies)|programming|guardrails)\b"
    r"|\b(?:system|hidden|initial|secret|original|developer) (?:prompt|message|instructions?)\b|\b(?:print|show|reveal|"
    r"repeat|leak|tell me|output|display|give me|what is|whats|translate|summari[sz]e) (?:me )?(?:all )?(?:of )?(?:your|"
    r"the) (?:\w+ )?(?:prompt|instructions|rules|system message|configuration|api key|secrets?|password|"
    r"env(?:ironment)?(?: variables)?)\b"
    r"|\byou are (?:now|no longer)\b|\b(?:act|behave|respond|roleplay|role play|pose) as (?:if you|an?|the|my) (?!coffee|"
    r"barista)|\bpretend (?:to be|you are|youre|that you)\b|\bjailbreak\b|\bdan mode\b|\bdo anything now\b|"
    r"\bdeveloper mode\b|\bapi[ _-]?key\b|<script\b|\bdrop table\b|\bselect \* from\b|\bunion select\b|\bsudo\b|\brm -rf\b|"
    r"\{\{.*\}\}|\bnew instructions\b|\boverride your\b"
    r"|\bprevious instructions\b|\bopenai key\b|\bignora (?:las|tus|todas|le|tutte) |\bignore[zr]? (?:tes|vos|les|"
    r"toutes) (?:regles|instructions)|\bignoriere (?:deine|alle|die) |プロンプト|指示を無視|命令を無視|ルールを無視|"
    r"システムメッセージ|忽略.{0,6}(?:指令|指示|"
    r"规则|提示)|系统提示|提示词|프롬프트|지시.{0,4}무시|(?:fuck|screw) you|\bkill yourself\b"
)
_GREETING = re.compile(
    r"^\W*(?:hi+|hello+|hey+|hiya|howdy|yo|good (?:morning|afternoon|evening|day)|greetings|gday|hi there|hello there|"
    r"hey there|whats up|sup|hola|buenos dias|buenas(?: tardes| noches)?|bonjour|salut|bonsoir|coucou|hallo|guten (?:tag|"
    r"morgen|abend)|servus|moin|gruss gott|ciao|buongiorno|buonasera|salve|ola|oi|bom dia|boa tarde|boa noite|"
    r"こんにちは|こんばんは|おはよう(?:ございます)?|はじめまして|どうも|やあ|你好|您好|嗨|哈喽|早上好|大家好|안녕(?:하세요)?|"
    r"반갑습니다)(?:\W+(?:there|barista|coffeebot|bot|"
    r"friend|everyone|all|again|how are you|hows it going|how is it going|how are things|nice to meet you|comment ca va|"
    r"que tal|wie gehts|come stai|tudo bem|元気ですか))*\W*$"
)
_HOW_ARE_YOU = re.compile(
    r"^\W*(?:how are you|hows it going|how are things|how do you do|nice to meet you|are you there|anybody there|test|"
    r"testing|ping)\W*(?:today|doing)?\W*$"
)
_THANKS = re.compile(
    r"^\W*(?:(?:ok|okay|great|perfect|awesome|nice|cool|lovely|brilliant|wonderful|excellent|super|alright|got it|"
    r"sounds good|amazing|that helps|that is all|thats all|thats it|ill take it|sold)\W+)*(?:thank(?:s| you| u)?(?: so much|"
    r" very much| a lot| a bunch| again| for .{0,60}| a million| anyway)?|many thanks|cheers|ty|thx|tnx|much appreciated|"
    r"appreciate it|appreciated|bye+|goodbye|see you|see ya|take care|good night|cya|"
    r"gracias|muchas gracias|merci(?: beaucoup| bien)?|danke(?: schon| sehr)?|vielen dank|obrigad[oa]|muito obrigad[oa]|"
    r"grazie(?: mille)?|adios|au revoir|tschuss|arrivederci|tchau|"
    r"ありがとう(?:ございます|ございました)?|どうもありがとう(?:ございます)?|助かりました|さようなら|またね|谢谢|謝謝|多谢|感谢|再见|拜拜|"
    r"감사합니다|고마워(?:요)?|안녕히 계세요)(?:\W+(?:thanks|"
    r"thank you|bye|a lot|so much|barista|coffeebot|mate|friend|very much|all|you|that helps|perfect|everyone))*\W*$"
)
_PRAISE = re.compile(
    r"^\W*(?:great|perfect|awesome|nice|cool|lovely|brilliant|wonderful|excellent|amazing|sounds good|sounds great|"
    r"sounds perfect|thats perfect|thats great|thats all|thats it|ill take (?:it|that|this|the first)|sold|got it|いいですね|いいね|"
    r"完璧|素晴らしい|太好了|很好|좋아요)\W*$"
)
_MORE = re.compile(
    r"\b(?:what|anything|something|nothing|any) else\b|\b(?:more|other|different|further|additional|another|next|"
    r"new) (?:options?|coffees?|ones?|suggestions?|ideas?|recommendations?|picks?|choices?|beans|bags?)\b|"
    r"\bshow (?:me )?(?:some )?(?:more|others)\b|\bgive me (?:some )?(?:more|others)\b|\bnot quite\b|"
    r"\bnot (?:really )?(?:what i(?:m| am| was)? (?:want(?:ed)?|looking|after)|it|these|those|convinced|right|feeling (?:it|"
    r"these|those))\b|\bnone of (?:these|those|them)\b|\bnext\W*$|\bkeep going\b|\btry again\b|\bsomething different\b|"
    r"\bothers\b|\bany others\b|^\W*more\W*$|\bdont like (?:these|those|them|any)\b|\bi (?:already )?(?:have|had|know|"
    r"tried) (?:that|those|these|them|it)\b|\bnot for me\b|\b(?:nice|good|close|almost|ok|okay)\b.{0,12}\bbut i miss\b|"
    r"\bid rather (?:have|avoid)\b|"
    r"\botr[oa]s?\b|\balgo mas\b|\bque mas\b|\bd autres\b|\bautres\b|\bautre chose\b|\bandere\b|\bnoch (?:mehr|andere|"
    r"was)\b|\bwas sonst\b|\baltr[oi]\b|\bmais op|\boutr[oa]s?\b|ほかに|ほかの|他に|他の|別の|もっと|ちょっと違|ほかは|"
    r"他は|还有别的|还有吗|其他|其它|别的|換一|换一|"
    r"다른|더 보여|다른 거|더 없"
)

_ASKING = re.compile(
    r"\?|？|^\W*(?:so |and |but |ok |hey |hi |please )?(?:what|whats|how|hows|why|whys|when|where|which|who|is|are|does|do i|"
    r"do you|can i|can you (?:explain|tell)|should|could|explain|tell me|teach me|define|meaning|difference|que es|como|"
    r"por que|quest ce|comment|pourquoi|was ist|wie|warum|cosa|come|perche|o que)\b|\brecipes?\b|\bdifference between\b|とは|"
    r"って何|何です|なに|どう|どのくらい|なぜ|教えて|でしょうか|ですか|のレシピ|什么是|是什么|怎么|如何|为什么|區別|区别|뭐|무엇|"
    r"어떻게|왜|레시피"
)
_SOUR = re.compile(
    r"\b(?:too|so|very|really|kinda|tastes?|tasted|tasting|comes? out|came out|came|is|was|bit|always|turns out|"
    r"turned out) (?:too |so |very |really |a bit |a little |quite |pretty |rather |kind of |way too )?(?:sour|acidic|sharp|"
    r"tart)\b|\bsour (?:coffee|cup|shots?|espresso|brew)\b|\bfix (?:sour|the sourness)|酸っぱすぎ|酸っぱかった|すっぱい|"
    r"酸っぱくなる|太酸|너무 시|"
    r"demasiado acid|muy acid|trop acide|zu sauer|troppo acid|muito acid"
)
_BITTER = re.compile(
    r"\b(?:too|so|very|really|kinda|tastes?|tasted|tasting|comes? out|came out|came|is|was|bit|always|turns out) (?:too |"
    r"so |very |really |a bit |a little |quite |pretty |rather |way too )?(?:bitter|harsh|burnt|burned)\b|"
    r"\bbitter (?:coffee|cup|shots?|espresso|brew)\b|苦すぎ|苦かった|苦くなる|太苦|너무 쓰|demasiado amarg|muy amarg|trop amer|zu bitter|"
    r"troppo amar|muito amarg"
)
_WHAT = (
    r"(?:what(?:s| is| are| does| do)?|define|explain|meaning of|tell me about|whats the (?:deal|difference)|"
    r"difference between|how (?:is|are|does)|que es|quest ce que?|was ist|was bedeutet|cosa (?:e|significa)|o que e|"
    r"que significa|que signifie)"
)
_MEANING = r"(?:process|processed|processing|coffees?|mean|method|work|beans?|exactly|different|\W*$)"

_TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (topic, re.compile(pattern))
    for topic, pattern in (
        ("what_is_wet_hulled", (
            rf"\b{_WHAT}\b.{{0,40}}\b(?:wet[- ]?hull(?:ed|ing)|giling basah)|(?:wet[- ]?hulled|giling basah) .{{0,20}}\bmean|"
            rf"(?:スマトラ式|ギリン・?バサ|湿剥|濕剝|습식탈곡).{{0,6}}(?:とは|って|何|是什么|뭐)"
        )),
        ("what_is_anaerobic", (
            rf"\b{_WHAT}\b.{{0,40}}\b(?:anaerobic|carbonic maceration|anaerobico|anaerobie|anaerob)|(?:アナエロビック|"
                rf"嫌気性(?:発酵)?|厌氧|厭氧|"
            rf"무산소).{{0,8}}(?:とは|って|何|是什么|뭐)|什么是厌氧"
        )),
        ("what_is_honey", (
            rf"\b{_WHAT}\b.{{0,30}}\b(?:honey (?:process|processed|coffees?|method|mean)|pulped natural|(?:black|red|yellow|"
            rf"white) honey)\b|\b{_WHAT} (?:a |the )?honey\W*$|\b(?:does|is) honey .{{0,12}}mean|(?:ハニー(?:プロセス|"
                rf"製法)?|パルプドナチュラル|蜜处理|"
            rf"蜜處理|허니).{{0,6}}(?:とは|って|何|是什么|뭐)|什么是蜜"
        )),
        ("what_is_natural", (
            rf"\b{_WHAT} (?:an? |the |does |is )?(?:natural(?:s|ly)?|dry[- ]process(?:ed)?)(?: {_MEANING})?|"
            rf"\bdoes natural .{{0,16}}mean|(?:ナチュラル(?:製法)?|乾燥式|日晒|日曬|내추럴).{{0,6}}(?:とは|って|何|是什么|뭐)|什么是日晒"
        )),
        ("what_is_washed", (
            rf"\b{_WHAT} (?:an? |the |does |is |by |fully )?(?:washed|wet[- ]process(?:ed)?|lavado|lave|gewaschen|"
            rf"lavato)(?: {_MEANING})?|\bdoes washed .{{0,16}}mean|(?:ウォッシュド(?:製法)?|水洗式?|워시드).{{0,6}}(?:とは|"
                rf"って|何|是什么|뭐)|什么是水洗|"
            rf"\bwashed (?:vs|versus|or) natural\b.{{0,30}}\?|difference between washed and natural"
        )),
        ("decaf_how", (
            r"\bhow (?:is|are|do they|does|do you).{0,24}\b(?:decaf|decaffeinat\w*)\b.{0,24}(?:made|work|done|process|remove|"
            r"taken)?|\bswiss water (?:process )?(?:work|mean)|\bwhat is (?:the )?(?:swiss water|sugarcane (?:ea|process|decaf)|"
            r"ethyl acetate|ea decaf)|\bhow is (?:the )?caffeine (?:removed|taken out)|\bis decaf (?:safe|really|completely|100)|"
            r"(?:デカフェ|カフェインレス).{0,10}(?:どうやって|作り方|製法|とは)|低因.{0,6}怎么"
        )),
        ("caffeine", (
            r"\bhow much caffeine\b|\bcaffeine (?:content|level|levels|amount|in)\b|\b(?:more|less|most|least|higher|lower|highest|"
            r"lowest|stronger) (?:in )?caffeine\b|\bcaffeine\b.{0,30}\?|\bhave (?:more|less|much) caffeine|\bis caffeine\b|"
            r"\bcuanta cafeina\b|\bcombien de cafeine\b|\bwie viel koffein\b|\bquanta caffeina\b|カフェイン.{0,8}(?:多い|"
                r"量|どのくらい|どれくらい|"
            r"含まれ)|咖啡因.{0,8}(?:多少|含量|高)|카페인.{0,6}(?:얼마|함량|많)"
        )),
        ("storage", (
            r"\b(?:how|where|should|best way|can|do).{0,24}\b(?:store|storing|storage|keep (?:my |the |coffee |beans |it )|"
            r"freez(?:e|er|ing)|fridge|refrigerat)|\bstor(?:e|ing|age) (?:of )?(?:my |the )?(?:coffee|beans)|\b(?:stay|stays|keep|"
            r"keeps|stays?|last|lasts|remain) (?:fresh|good)|\bhow long (?:do|does|will|can|until|after).{0,30}\b(?:last|keep|stay|"
            r"fresh|stale|expire|rest)|\bgo(?:es)? (?:stale|bad|off)\b|\bbest before\b|\bfreez(?:e|er|ing)\b.{0,20}(?:beans|coffee)|"
            r"\bguardar\b.{0,20}cafe|\bconserver\b|\baufbewahr|\bconservare\b|\barmazenar\b|保存|保管|冷凍|日持ち|储存|保存|冷冻|보관"
        )),
        ("grinder", (
            r"\bgrinders?\b|\bgrind (?:size|setting|fine|coarse|my|the|it|beans|for|should|do)\b|\bhow (?:fine|coarse|"
            r"should i grind|do i grind)|\b(?:burr|blade)s? (?:grinder|or)|\bpre-?ground\b.{0,30}\?|\bgrinding\b|"
            r"\bground or whole\b|\bmolinillo\b|\bmoulin\b|\bmuhle\b|\bmahlgrad\b|\bmacina(?:caffe|tura)\b|\bmoedor\b|ミル|"
                r"グラインダー|挽き|"
            r"粒度|研磨|磨豆|그라인더|분쇄"
        )),
        ("brew_espresso", (
            r"\b(?:how|recipe|ratio|dose|dial|brew|make|pull|temperature|time|settings?|tips?)\b.{0,40}\bespresso\b|"
            r"\bespresso\b.{0,24}\b(?:recipe|ratio|dose|dial|temperature|shot time)|エスプレッソ.{0,10}(?:レシピ|淹れ方|いれ方|"
                r"入れ方|抽出)|"
            r"意式.{0,6}(?:怎么|配方)"
        )),
        ("brew_french_press", (
            r"\b(?:how|recipe|ratio|brew|make|steep|temperature|time|tips?|guide|instructions)\b.{0,40}\b(?:french press|cafetiere|"
            r"press pot|plunger)\b|\b(?:french press|cafetiere)\b.{0,24}\b(?:recipe|ratio|how|steep|time|guide)|"
            r"フレンチプレス.{0,10}(?:レシピ|淹れ方|いれ方|入れ方|抽出)|法压.{0,6}(?:怎么|配方)"
        )),
        ("brew_moka", (
            r"\b(?:how|recipe|ratio|brew|make|temperature|time|tips?|guide|use)\b.{0,40}\b(?:moka(?: ?pot)?|bialetti|stovetop)\b|"
            r"\bmoka(?: pot)?\b.{0,24}\b(?:recipe|ratio|how|guide)|(?:マキネッタ|モカポット).{0,10}(?:レシピ|淹れ方|いれ方|"
                r"入れ方|使い方)|摩卡壶.{0,6}(?:怎么|配方)"
        )),
        ("brew_aeropress", (
            r"\b(?:how|recipe|ratio|brew|make|temperature|time|tips?|guide|use|inverted)\b.{0,40}\baero ?press\b|"
            r"\baero ?press\b.{0,24}\b(?:recipe|ratio|how|guide|inverted)|エアロプレス.{0,10}(?:レシピ|淹れ方|いれ方|入れ方|"
                r"使い方)|爱乐压.{0,6}(?:怎么|配方)"
        )),
        ("brew_cold_brew", (
            r"\b(?:how|recipe|ratio|brew|make|steep|time|long|tips?|guide)\b.{0,40}\bcold[- ]?brew\b|"
            r"\bcold[- ]?brew\b.{0,24}\b(?:recipe|ratio|how|steep|guide)|(?:水出し|コールドブリュー|"
                r"アイスコーヒー).{0,10}(?:レシピ|淹れ方|作り方|いれ方|入れ方)|"
            r"冷萃.{0,6}(?:怎么|配方)"
        )),
        ("brew_recipe", (
            r"\b(?:how|recipe|ratio|brew(?:ing)?)\b.{0,40}\b(?:v ?60|pour[- ]?over|chemex|kalita|filter|drip|siphon|it|this|that|"
            r"coffee at home|good coffee|a cup|bloom)\b(?=.{0,30}(?:\?|$))|\brecipes?\b.{0,30}|\bwhat (?:water )?(?:temperature|"
            r"temp|ratio|dose)\b|\bwater temp(?:erature)?\b|\b(?:coffee|water) (?:to (?:water|coffee) )?ratio\b|\bhow (?:much|"
            r"many grams(?: of)?) coffee\b|\bhow (?:do|should|can|would) (?:i|you) (?:best )?(?:brew|make|prepare)\b|\bhow hot\b|"
            r"\bbrewing (?:guide|tips|recipe|instructions)\b|\breceta\b|\brecette\b|\brezept\b|\bricetta\b|\breceita\b|"
                r"レシピ|淹れ方|いれ方|"
            r"湯温|お湯の温度|怎么冲|怎么泡|水温|冲煮|레시피|물 온도|내리는 법"
        )),
        ("light_or_dark", (
            r"\b(?:difference|better|healthier|stronger|vs|versus|choose|which)\b.{0,30}\b(?:light|"
            r"dark)(?: roast)?\b.{0,20}\b(?:and|or|vs|versus|than)\b.{0,14}\b(?:dark|light)\b|\b(?:light|dark)(?: roasts?)? (?:vs|"
            r"versus|or) (?:dark|light)\b.{0,30}\?|\bwhat (?:is|are|does) (?:an? )?(?:light|medium|dark) roasts?\b|"
            r"浅煎りと深煎り.{0,6}(?:違い|どう|どっち|どちら)|浅烘.{0,4}深烘.{0,6}(?:区别|区別)"
        )),
        ("arabica_robusta", (
            r"\b(?:difference|better|vs|versus|what|whats)\b.{0,30}\b(?:arabica|robusta)\b|\barabica (?:vs|versus|or|and) robusta\b|"
            r"アラビカ.{0,8}ロブスタ|阿拉比卡.{0,8}罗布斯塔|\bwhat is robusta\b"
        )),
        ("brewing_sour", _SOUR.pattern),
        ("brewing_bitter", _BITTER.pattern),
        ("what_are_you", (
            r"\b(?:who|what) are you\b|\bare you (?:a |an )?(?:bot|robot|human|real|person|ai|machine|chatgpt|claude)\b|"
            r"\bwhats your name\b|\bwhat can you do\b|\bhow do you work\b|\bwho made you\b|あなたは(?:誰|だれ|何)|你是谁|너는 누구"
        )),
        ("why", r"^\W*(?:but |and |so )?why\b|\bwhy (?:did|do|are|is|not|this|that|these)\b|\bwhat happened to\b|なぜ|どうして|为什么|왜"),
    )
)  # fmt: skip
_NOT_SOUR = re.compile(
    r"\b(?:not|no|nothing|never|less|without|isnt|arent|cant stand|hate|avoid|dislike|dont (?:like|want|enjoy)|"
    r"do not (?:like|want)|nicht|pas|sin|nao|non)\b[^.?!;]{0,20}\b(?:sour|acidic|tart|bitter|harsh|sharp|burnt|sauer|acide|"
    r"acido|amer|amargo|amaro)"
)
_COMPLAINT_TOPICS = {"brewing_sour", "brewing_bitter"}

_OFF_TOPIC = re.compile(
    r"\b(?:weather|forecast|rain(?:ing)?|politics|president|election|senator|prime minister|football|soccer|basketball|"
    r"baseball|nba|nfl|world cup|olympics|stock (?:market|price)s?|stocks?|bitcoin|crypto(?:currency)?|ethereum|homework|"
    r"essay|poem|haiku|sonnet|lyrics|song|movie|film|netflix|tv show|celebrity|python|javascript|java script|code|coding|"
    r"program(?:ming)?|script|sql|algorithm|regex|math|equation|calculate|capital of|"
    r"joke|jokes|riddle|translate|translation|horoscope|zodiac|girlfriend|boyfriend|dating|marry me|love you|religion|god|"
    r"bible|war|gun|guns|bomb|drugs|medicine|medication|doctor|diagnos\w*|lawyer|legal advice|taxes|tax|mortgage|loan|"
    r"insurance|flight|flights|hotel|hotels|travel to|visa|car|cars|phone|iphone|laptop|computer|pizza|pasta|burger|"
    r"recipe for (?!coffee)|homework|exam|meaning of life|who won|who is the|how old is|news|what time is it|what day is it|"
    r"sing|story about|write (?:me )?an?|email to|resume|cv|dog|cat|cats|dogs|sex|nude|porn|airplane|game|games|gaming)\b"
    r"|天気|政治|大統領|サッカー|野球|冗談|ジョーク|翻訳|宿題|プログラミング|株価|ニュース|映画|天气|总统|足球|笑话|翻译|作业|股票|电影|"
    r"날씨|대통령|축구|농담|번역|숙제|주식|영화|\btiempo hace\b|"
    r"\bchiste\b|\bmeteo\b|\bblague\b|\bwetter\b|\bwitz\b|\bbarzelletta\b|\bpiada\b"
)
_COFFEE = re.compile(
    r"coffee|beans?\b|roast|brew|espresso|latte|cup\b|cappuccino|café|cafe\b|kaffee|caffe|コーヒー|珈琲|豆|咖啡|커피|원두|bohnen|grains|"
    r"granos"
)


_NO = re.compile(r"^\W*(?:nope|nah|no|non|nein|いいえ|不|아니요?)\W*$")


def is_off_topic(folded: Folded) -> bool:
    """Whether it speaks of the world outside the bar, and not of coffee."""
    return _OFF_TOPIC.search(folded.text) is not None and _COFFEE.search(folded.text) is None


def is_hostile(folded: Folded) -> bool:
    return _HOSTILE.search(folded.text) is not None


def topic_of(folded: Folded) -> str:
    """The question for the bar that a message asks, or ""."""
    text = folded.text
    if not _ASKING.search(text) and not (_SOUR.search(text) or _BITTER.search(text)):
        return ""
    if _NOT_SOUR.search(text):
        return ""
    for topic, pattern in _TOPICS:
        if pattern.search(text) and (topic in _COMPLAINT_TOPICS or _ASKING.search(text)):
            return topic
    return ""


def intent_of(folded: Folded, *, wishes: bool, complains: bool, answers: bool) -> Intent:
    """What the shopper is after, once a hostile message and a question are ruled out."""
    text = folded.text
    if _THANKS.match(text) or (_PRAISE.match(text) and not wishes):
        return Intent.THANKS
    if not wishes and (_GREETING.match(text) or _HOW_ARE_YOU.match(text)):
        return Intent.GREETING
    if complains or _MORE.search(text) or (_NO.match(text) and not answers):
        return Intent.MORE
    if not wishes and is_off_topic(folded):
        return Intent.OFF_TOPIC
    return Intent.RECOMMEND
