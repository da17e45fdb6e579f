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
    r"规则|提示)|系统提示|提示词|프롬프트|지시.{0,4}무시"
)
_RUDE = re.compile(
    r"\b(?:fuck|screw|damn) (?:you|off|this)\b|\b(?:piss|bugger|sod) off\b|\bshut up\b|\bkill yourself\b|\bgo to hell\b|\bstfu\b|"
    r"\byou (?:suck|stink)\b|"
    r"\b(?:you|youre|you are|ur|u r|such an?|stupid|dumb) (?:are |an? |a total |a complete |so |such an? |really |fucking |"
    r"bloody )*(?:idiots?|stupid|dumb|morons?|imbecile|"
    r"asshole|arsehole|bitch|bastard|cretin|loser|pathetic|worthless|garbage|trash|machine|bot)\b(?!.{0,20}\?)|"
    r"\b(?:idiot|asshole|moron|muppet|numpty|plonker|dimwit|twit|clown)\b|\bdo you even know\b|ばか|バカ|馬鹿|アホ|あほ|黙れ|死ね|くそ|"
    r"クソ|うざい|\b(?:du idiot|halt die klappe|idiota|callate|"
    r"ta gueule|connard)\b"
)
_USELESS = re.compile(
    r"\b(?:useless|rubbish|(?<!im )(?<!i am )(?<!bit )hopeless(?! at\b)|pointless|waste of (?:my )?time|no (?:help|use|good)|"
    r"not help(?:ful|ing)|unhelpful)\b|"
    r"\b(?:terrible|awful|bad|boring|dreadful|lousy|poor|crap|weird) (?:suggestions?|recommendations?|picks?|advice|choices?|coffees?|"
    r"taste|answers?)\b|"
    r"\byou(?:re| are)? (?:not listening|never listen|wrong|dont listen|didnt listen|not (?:very )?(?:good|smart))\b|\b(?:didnt|"
    r"did not|dont|do not|not) (?:even )?listen(?:ing)?\b|"
    r"\b(?:i(?: already| just)? (?:told|said) you|i already said)\b|\b(?:these|those|they|this|that|it)(?: are| is| was| were| look|"
    r" looks|s)? (?:all |so |really |just |pretty )?(?:terrible|awful|bad|boring|horrible|"
    r"disgusting|disappointing|nonsense|crap|dreadful)\b|\bi(?:m| am)? (?:so |very |really )?(?:disappointed|annoyed|frustrated|"
    r"fed up)\b|"
    r"\bload of (?:old )?(?:rubbish|bollocks|crap|nonsense|tosh|bull\w*)\b|\bhaving a laugh\b|役に立たない|役立たず|使えない|ひどい|"
    r"全然(?:だめ|ダメ|違)|がっかり|最悪|意味がない|聞いてな|まずかった|おいしくな"
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
    r"^\W*(?:(?:alright|all right|evening|morning|hi|hey|hello)(?: mate| there| love| all)?\W+)?(?:you (?:well|ok|okay|alright|good)|"
    r"how you doing|hows (?:things|tricks|life)|alright(?: mate)?|how are you|hows it going|how are things|how do you do|"
    r"nice to meet you|are you there|anybody there|test|"
    r"testing|ping)\W*(?:today|doing)?\W*$"
)
_THANKS = re.compile(
    r"^\W*(?:(?:sweet|lush|smashing|champion|brill|fab|good stuff|nice one|sorted|thatll do(?: nicely| fine| me| for me)?|ok|okay|great|"
    r"perfect|awesome|nice|cool|lovely|brilliant|wonderful|excellent|super|alright|got it|"
    r"sounds good|amazing|that helps|that is all|thats all|thats it|ill take it|sold)\W+)*(?:thank(?:s| you| u)?(?: so much|"
    r" very much| a lot| a bunch| again| for .{0,60}| a million| anyway)?|many thanks|cheers|ta(?: very much| muchly| for .{0,60})?|ty|"
    r"thx|tnx|much appreciated|"
    r"appreciate it|appreciated|bye+|goodbye|see you|see ya|take care|good night|cya|"
    r"gracias|muchas gracias|merci(?: beaucoup| bien)?|danke(?: schon| sehr)?|vielen dank|obrigad[oa]|muito obrigad[oa]|"
    r"grazie(?: mille)?|adios|au revoir|tschuss|arrivederci|tchau|"
    r"ありがとう(?:ございます|ございました)?|どうもありがとう(?:ございます)?|助かりました|さようなら|またね|谢谢|謝謝|多谢|感谢|再见|"
    r"拜拜|"
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
    r"these|those))\b|\bnone of (?:these|those|them)\b|\bnext\W*$|\bkeep going\b|\btry again\b|\bsomething (?:\w+ )?different\b|"
    r"\bothers\b|\bany others\b|^\W*more\W*$|\bdont like (?:these|those|them|any)\b|\bi (?:already )?(?:have|had|know|"
    r"tried) (?:that|those|these|them|it)\b|\bnot for me\b|\b(?:nice|good|close|almost|ok|okay)\b.{0,12}\bbut i miss\b|"
    r"\bid rather (?:have|avoid)\b|"
    r"\botr[oa]s?\b|\balgo mas\b|\bque mas\b|\bd autres\b|\bautres\b|\bautre chose\b|\bandere\b|\bnoch (?:mehr|andere|"
    r"was)\b|\bwas sonst\b|\baltr[oi]\b|\bmais op|\boutr[oa]s?\b|ほかに|ほかの|他に|他の|別の|もっと|ちょっと違|ほかは|"
    r"他は|还有别的|还有吗|其他|其它|别的|換一|换一|"
    r"다른|더 보여|다른 거|더 없"
)

_OTHERS = re.compile(
    r"\b(?:what|anything|something) else\b|\bnot quite\b|\bnone of (?:these|those|them)\b|\bsomething (?:\w+ )?different\b|"
    r"\bshow me (?:some )?(?:more|others)\b|ほかに|ほかの|他に|他の|还有别的|还有吗|다른 거|\botra cosa\b|\bautre chose\b|\bwas anderes\b"
)
_OFF_TOPIC = re.compile(
    r"\b(?:weather|forecast|rain(?:ing)?|politics|president|election|senator|prime minister|football|soccer|basketball|"
    r"baseball|nba|nfl|world cup|olympics|stock (?:market|price)s?|stocks?|bitcoin|crypto(?:currency)?|ethereum|homework|"
    r"essay|poem|haiku|sonnet|lyrics|song|movie|film|netflix|tv show|celebrity|python|javascript|java script|code|coding|"
    r"program(?:ming)?|script|sql|algorithm|regex|math|equation|calculate|capital of|"
    r"joke|jokes|riddle|translate|translation|horoscope|zodiac|girlfriend|boyfriend|dating|marry me|love you|religion|god|"
    r"bible|war|gun|guns|bomb|drugs|medicine|medication|doctor|diagnos\w*|lawyer|legal advice|taxes|tax|mortgage|loan|"
    r"insurance|flight|flights|hotel|hotels|travel to|visa|car|cars|phone|iphone|laptop|computer|pizza|pasta|burger|"
    r"recipe for (?!coffee)|homework|exam|meaning of life|who won|who is the|how (?:tall|high|far|deep) (?:is|are|away)|how old is|news|"
    r"what time is it|what day is it|"
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


def wants_others(folded: Folded) -> bool:
    """Whether it turns down all that was offered, and says so in so many words."""
    return _OTHERS.search(folded.text) is not None


def is_hostile(folded: Folded) -> bool:
    return _HOSTILE.search(folded.text) is not None


def is_rude(folded: Folded) -> bool:
    return _RUDE.search(folded.text) is not None


def is_let_down(folded: Folded) -> bool:
    """Whether the shopper is cross with what was offered, and says no more than that."""
    return _USELESS.search(folded.text) is not None


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
