"""How people ask what they ask at a bar: one pattern a topic, the more particular first."""

import re

ASKING = re.compile(
    r"\?|？|^\W*(?:so |and |but |ok |hey |hi |please )?(?:what|whats|how|hows|why|whys|when|where|which|who|is|are|does|do i|"
    r"do you|can i|can you (?:explain|tell)|should|could|explain|tell me|teach me|define|meaning|difference|que es|que signific\w+|"
    r"que quiere decir|que veut dire|que signifie|was bedeutet|como|"
    r"por que|quest ce|comment|pourquoi|was ist|wie|warum|cosa|come|perche|o que)\b|\brecipes?\b|\bdifference between\b|とは|"
    r"って何|何です|なに|どう|どのくらい|なぜ|教えて|でしょうか|ですか|ますか|ませんか|のレシピ|什么是|是什么|怎么|如何|为什么|區別|区别|뭐|무엇|"
    r"어떻게|왜|레시피"
)
SOUR = re.compile(
    r"\b(?:too|so|very|really|kinda|tastes?|tasted|tasting|comes? out|came out|came|is|was|bit|always|turns out|"
    r"turned out) (?:too |so |very |really |a bit |a little |quite |pretty |rather |kind of |way too )?(?:sour|acidic|sharp|"
    r"tart)\b|\b(?:coffee|cup|espresso|one|bag|shot|brew|it)s? (?:is |was |so |too |tastes? |tasted )*(?:sour|acidic)\b|"
    r"\bsour (?:coffee|cup|shots?|espresso|brew)\b|\bfix (?:sour|the sourness)|酸っぱすぎ|すっぱすぎ|酸っぱかった|すっぱかった|"
    r"酸っぱくなる|太酸|너무 시|"
    r"demasiado acid|muy acid|trop acide|zu sauer|troppo acid|muito acid"
)
BITTER = re.compile(
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

TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (topic, re.compile(pattern))
    for topic, pattern in (
        ("what_is_co_ferment", (
            rf"\b{_WHAT}\b.{{0,40}}\b(?:co-? ?ferment\w*|infused|infusion|thermal shock|cofermentado)|(?:コファーメント|共発酵|"
            rf"フルーツ(?:漬け|発酵)|インフューズド).{{0,8}}(?:とは|って|何|どう)"
        )),
        ("washed_or_natural", (
            r"\b(?:washed|wet[- ]process\w*)\b.{0,12}\b(?:vs|versus|or|and|than)\b.{0,12}\b(?:natural|dry[- ]process\w*)\b|"
            r"\bnaturals?\b.{0,12}\b(?:vs|versus|or|and|"
            r"than)\b.{0,12}\bwashed\b|(?:ウォッシュド|水洗式?).{0,4}ナチュラル.{0,8}(?:違い|どう|どっち|どちら)|"
            r"ナチュラル.{0,4}ウォッシュド.{0,8}(?:違い|どう|どっち|どちら)"
        )),
        ("blend_or_single", (
            rf"\b{_WHAT}\b.{{0,30}}\b(?:single[- ]origins?|blends?)\b|\bsingle[- ]origins?\b.{{0,10}}\b(?:vs|versus|or|and|than|"
            rf"better)\b|\bblends?\b.{{0,12}}\b(?:vs|versus|or)\b.{{0,12}}"
            rf"\bsingle|(?:シングルオリジン|ブレンド).{{0,14}}(?:とは|って|違い|どちら|どっち|何)"
        )),
        ("espresso_or_filter", (
            r"\b(?:use|brew|drink|make|difference|vs|versus|mean|what)\b.{0,40}\b(?:espresso (?:roasts?|beans?|coffees?|blends?)|"
            r"filter roasts?|omni ?roasts?)\b|\bomni ?roast|"
            r"エスプレッソ用.{0,14}(?:ドリップ|フィルター|違い|とは)|フィルター用.{0,10}(?:違い|とは)"
        )),
        ("crema", r"\bcrema\b|クレマ"),
        ("bloom", r"\b(?:what|why|how long|should|do i|need)\b.{0,24}\bbloom(?:ing)?\b|蒸らし"),
        ("brewing_weak", (
            r"\b(?:too|so|very|really|kinda|a bit|always|tastes?|tasted|comes? out|came out|is|was|turned out) (?:too |so |very |"
            r"really |a bit |a little |quite |way too )?"
            r"(?:weak|watery|thin|bland|flat|flavou?rless)\b|\b(?:coffee|cup|espresso|brew|it)s? (?:is |so |too |always )*(?:weak|"
            r"watery)\b|\bweak (?:coffee|cup|brew)\b|\b(?:no|little|lacks?|"
            r"hardly any) (?:flavou?r|taste)\b.{0,20}\b(?:coffee|cup|brew)|薄すぎ|薄かった|薄くなる|水っぽ|味がしない"
        )),
        ("brewing_astringent", (
            r"\bastringen\w*|\b(?:dr(?:y|ying|ies) (?:my |the )?(?:mouth|tongue|out)|dry (?:mouth|finish|aftertaste)|puckering|"
            r"like (?:strong |over ?brewed |stewed )?(?:black )?tea too long)\b|渋い|渋み|渋く|渋かった|えぐ"
        )),
        ("freezing", r"\b(?:freez(?:e|er|ing)|frozen)\b|冷凍"),
        ("resting", (
            r"\b(?:rest(?:ing|ed)?|degas(?:s?ing)?|off ?gas\w*)\b.{0,40}(?:\?|roast|beans?|coffee|days|weeks)|\bhow (?:fresh|old|"
            r"many (?:days|weeks)|long after)\b|\bhow long (?:do|does|will|can|is|are|until).{0,34}\b(?:last|keep|keeps|good|fresh|"
            r"stale|expire)|\b(?:stay|stays) (?:fresh|good)\b|\b(?:go(?:es)?|going) (?:stale|bad|off)\b|\bbest before\b|\bexpir\w+|"
            r"\bshelf life\b|\btoo fresh\b|\b(?:is|are) (?:it|they|these|this) (?:still )?fresh\b|日持ち|賞味期限|何日(?:後|くらい|持)|"
            r"いつまで(?:飲|おいし|持)|エイジング|寝かせ|飲み頃"
        )),
        ("water", (
            r"\b(?:what|which|kind of|best|does|do i|should|can i|is)\b.{0,30}\b(?:tap|bottled|filtered|mineral|hard|soft|distilled|"
            r"brewing|brita)? ?water\b(?! (?:temp|process|ratio|to coffee))(?=.{0,40}(?:\?|matter|use|coffee|brew|"
            r"$))(?!.{0,20}(?:temp|hot|ratio|how much))|"
            r"\b(?:hard|soft|tap) water\b|\bwater (?:quality|hardness)\b|水(?:は|に).{0,4}(?:何|なに|どんな|どう)|(?:どんな|どの|"
            r"使う)水|水(?:道水|質|の硬度)|硬水|軟水|ミネラルウォーター"
        )),
        ("milk", (
            r"\b(?:what|which|best|kind of|can i|should i|does|how)\b.{0,30}\b(?:oat|soy|almond|whole|skim(?:med)?|"
            r"plant)? ?milk\b(?=.{0,40}(?:\?|best|use|add|work|curdl|foam|froth|steam))|\b(?:steam|froth|foam|curdl)\w*\b.{0,20}\bmilk\b|"
            r"\bmilk\b.{0,20}\b(?:steam|froth|foam|curdl|split)|(?:どんな|どの)(?:ミルク|牛乳)|(?:ミルク|牛乳|オーツミルク|"
            r"豆乳).{0,10}(?:入れて(?:も|いい)|合う|向く|分離|どう|でもいい)"
        )),
        ("sugar", r"\b(?:should|can|is|does|do|what|why|ok(?:ay)?|sin|wrong|need)\b.{0,30}\b(?:sugar|sweetener|syrup)\b(?!cane)|砂糖"),
        ("instant", r"\binstant\b.{0,40}(?:\?|coffee|better|good|difference)|インスタント"),
        ("altitude", r"\b(?:altitude|elevation|masl|m\.?a\.?s\.?l|metres above|meters above|high[- ]grown)\b|標高"),
        ("score", (
            r"\b(?:cupping|cup|sca|q) ?scores?\b|\bwhat (?:is|are|do|does|s)\b.{0,24}\b(?:scores?|points|grades?|q ?grad\w+)\b|"
            r"\bwhats?\b.{0,10}\b(?:scores?|points)\b.{0,10}mean|\bhow (?:is|are|do they)\b.{0,16}\b(?:scored?|graded?|rated?)\b|"
            r"スコア|カッピング|点数(?:とは|って|は何|の意味)|何点"
        )),
        ("fair_trade", (
            rf"\b{_WHAT}\b.{{0,20}}\b(?:fair ?-?trade|organic|certifi\w+|direct trade|rainforest alliance|bird ?friendly)\b|\b(?:is|"
            rf"are|does|do)\b.{{0,10}}\b(?:fair ?-?trade|organic|certified)\b.{{0,40}}\b(?:better|worth|matter|taste|different|mean|"
            rf"healthier)|"
            rf"(?:フェアトレード|オーガニック|有機(?:栽培)?|認証|ダイレクトトレード).{{0,8}}(?:とは|って|何|違い|意味)"
        )),
        ("price", (
            r"\bwhy\b.{0,30}\b(?:expensive|pricey|cost so much|dear|so much)\b|\bhow much (?:should|does|do|is|would).{0,24}\b(?:good|"
            r"decent|speciality|specialty|a bag|coffee)\b.{0,20}(?:cost|\?)|\bwhat (?:should|does|is) (?:a |good |decent |specialty |"
            r"speciality ).{0,24}\b(?:cost|fair price|reasonable price)\b|"
            r"\bis (?:it |expensive coffee |specialty coffee )?worth (?:it|the (?:money|price))\b|(?:なぜ|どうして).{0,14}(?:高い|"
            r"値段)|いくらくらい(?:する|が|です)|相場"
        )),
        ("green_coffee", r"\b(?:green|unroasted|raw) (?:coffees?|beans?)\b|\b(?:roast (?:my own|at home|it myself)|home ?roast\w*)\b|"
            r"生豆|自家焙煎"),
        ("tasting_notes", (
            r"\b(?:is|are|was|were|do|does|did) (?:there |they |the |you |it |any |these )?.{0,24}\b(?:really|actually|added|"
            r"artificial|flavou?red|flavou?ring|real)\b.{0,30}\?|\b(?:flavou?r|taste|note)s?\b.{0,14}\badded\b|\b(?:what are|how do|"
            r"where do)\b.{0,24}\b(?:tasting|flavou?r|taste) notes\b|"
            r"\btaste(?:s)? (?:really |actually )?(?:like|of) (?:actual|real)\b|\bcant taste (?:the|any|those)\b|(?:本当に|ほんとに|"
            r"実際に).{0,16}(?:味|入って|する)|香料|フレーバー(?:ノート)?(?:とは|って)"
        )),
        ("variety", (
            rf"\b{_WHAT}\b.{{0,20}}\b(?:varieties|variety|varietals?|cultivars?|gesha|geisha|bourbon|typica|caturra|pacamara|sl ?28|"
            rf"sl ?34|heirlooms?|landraces?|peaberr(?:y|ies))\b|(?:ゲイシャ|ブルボン|ティピカ|パカマラ|品種|"
            rf"ピーベリー).{{0,8}}(?:とは|って|何|違い)"
        )),
        ("specialty", rf"\b{_WHAT}\b.{{0,16}}\b(?:speciality|specialty|third wave)\b|スペシャルティ.{{0,10}}(?:とは|って|何|違い)"),
        ("acidity", (
            rf"\b{_WHAT}\b.{{0,24}}\b(?:acidity|brightness|bright)\b(?!.{{0,20}}\bone\b)|\bis acidity\b|\bacidity\b.{{0,14}}\b(?:good|"
            rf"bad|mean|same as|sour)\b|酸味(?:とは|って|は(?:悪|い))|酸味と.{{0,8}}違い"
        )),
        ("body", rf"\b{_WHAT}\b.{{0,20}}\b(?:body|mouthfeel|full[- ]bodied)\b|(?:コク|ボディ|口当たり)(?:とは|って|は何)"),
        ("health", (
            r"\b(?:is|are|can|should|does|will|would)\b.{0,40}\b(?:healthy|unhealthy|bad for (?:me|you|my)|good for (?:me|you|my)|"
            r"safe|pregnan\w+|breastfeed\w*|blood pressure|anxiety|heart|insomnia|cholesterol|stomach|reflux|medication|kids|children|"
            r"toddler)\b|"
            r"\b(?:pregnan\w+|blood pressure|reflux|palpitations)\b|体に(?:いい|悪い|良い)|健康|妊娠|血圧|眠れな|胃(?:に|が)"
        )),
        ("commission", r"\ba cut (?:of|from|on)\b|\b(?:commissions?|sponsor\w*|affiliate|paid (?:to|for|by)|advert\w*|ads?|kickbacks?|"
            r"make money|who pays|"
            r"biased?)\b|広告|アフィリエイト|手数料|スポンサー|宣伝"),
        ("buying", (
            r"\b(?:how|where|can|could|do)\b.{0,24}\b(?:buy|order|purchase|ship(?:ping)?|deliver(?:y|ed)?|checkout|pay)\b|"
            r"\b(?:shipping|delivery|returns?|refund)\b.{0,20}\?|(?:どこで|どうやって|ここで)(?:買|購入|注文)|送料|配送|届き"
        )),
        ("brew_chemex", r"\b(?:how|recipe|ratio|brew|make|time|tips?|guide|use)\b.{0,40}\bchemex\b|\bchemex\b.{0,24}\b(?:recipe|ratio|"
            r"how|guide)|ケメックス.{0,10}(?:レシピ|淹れ方|いれ方|入れ方|使い方)"),
        ("brew_turkish", r"\b(?:how|recipe|ratio|brew|make|use)\b.{0,40}\b(?:turkish|cezve|ibrik)\b|\b(?:turkish|cezve|"
            r"ibrik)\b.{0,24}\b(?:recipe|how)|(?:トルコ|ジェズヴェ|イブリック).{0,12}(?:レシピ|淹れ方|いれ方|入れ方)"),
        ("brew_iced", r"\b(?:how|recipe|make|brew)\b.{0,30}\b(?:iced|flash brew|japanese iced)\b|アイスコーヒー.{0,10}(?:レシピ|"
            r"淹れ方|作り方|いれ方|入れ方)"),
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
            r"\bhow much caffeine\b|\b(?:most|more|least|less|highly|high) caffeinated\b|\b(?:wakes?|waking) (?:me|us|you) up\b|"
            r"\b(?:with|has|have|got|need|wants?) (?:a |some )?(?:real |proper |good |big |serious )?(?:kick|jolt|buzz|wallop)\b|"
            r"目が覚め|眠気|"
            r"\bcaffeine (?:content|level|levels|amount|in)\b|\b(?:more|less|most|least|higher|lower|highest|"
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
        ("ground", (
            r"\b(?:pre-?|already |ready |come )ground\b|\bground (?:coffee|beans|or whole|for)\b|\b(?:whole )?beans? or ground\b|"
            r"\b(?:grind (?:it|them|these|the beans|my beans) for me|(?:no|without a|dont (?:have|own) a|havent got a) grinder)\b|"
            r"粉(?:で|に挽|の状態|は|でも|を)|挽いて(?:もら|くれ|いただ|あり)|(?:ミル|グラインダー)(?:が|は|を持って(?:い)?)な"
        )),
        ("grinder", (
            r"\bgrinders?\b|\bgrind (?:size|setting|fine|coarse|my|the|it|beans|for|should|do)\b|\bhow (?:fine|coarse|"
            r"should i grind|do i grind)|\b(?:burr|blade)s? (?:grinder|or)|\bgrinding\b|"
            r"\bmolinillo\b|\bmoulin\b|\bmuhle\b|\bmahlgrad\b|\bmacina(?:caffe|tura)\b|\bmoedor\b|ミル|"
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
            r"\bcold[- ]?brew\b.{0,24}\b(?:recipe|ratio|how|steep|guide)|(?:水出し|"
                r"コールドブリュー).{0,10}(?:レシピ|淹れ方|作り方|いれ方|入れ方)|"
            r"冷萃.{0,6}(?:怎么|配方)"
        )),
        ("brew_recipe", (
            r"\b(?:how|recipe|ratio|brew(?:ing)?)\b.{0,40}\b(?:v ?60|pour[- ]?over|chemex|kalita|filter|drip|siphon|it|this|that|"
            r"coffee at home|good coffee|a cup|bloom)\b(?=.{0,30}(?:\?|$))|\brecipes?\b.{0,30}|\bwhat (?:water )?(?:temperature|"
            r"temp|ratio|dose)\b|\bwater temp(?:erature)?\b|\b(?:coffee|water) (?:to (?:water|coffee) )?ratio\b|\bhow (?:much|"
            r"many grams(?: of)?) coffee\b|\bhow (?:do|should|can|would) (?:i|you) (?:best )?(?:brew|make|prepare)\b|\bhow hot\b|"
            r"\bbrewing (?:guide|tips|recipe|instructions)\b|\breceta\b|\brecette\b|\brezept\b|\bricetta\b|\breceita\b|"
                r"レシピ|淹れ方|いれ方|どう(?:やって|すれば|したら)?.{0,8}(?:淹れ|いれれ|抽出)|"
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
        ("brewing_sour", SOUR.pattern),
        ("brewing_bitter", BITTER.pattern),
        ("brewing_bad", (
            r"\bmy (?:\w+ )?(?:coffee|brew|cup|espresso|pour-?overs?|shots?)s?\b.{0,24}\b(?:terrible|awful|bad|horrible|undrinkable|"
            r"disgusting|off|"
            r"wrong)\b|コーヒーが(?:まず|おいしくな)|うまく淹れられ|まずくなる"
        )),
        ("what_are_you", (
            r"\b(?:who|what) are you\b|\bare you (?:a |an )?(?:bot|robot|human|real|person|ai|machine|chatgpt|claude)\b|"
            r"\bwhats your name\b|\bwhat can you do\b|\bhow do you work\b|\bwho made you\b|あなたは(?:誰|だれ|何)|你是谁|너는 누구"
        )),
        ("why", r"^\W*(?:but |and |so )?why\b(?! (?:not|dont (?:we|you)) (?:something|anything|try|go|give|show|have|just|start|"
            r"make))|\bwhy (?:did|do|are|is|this|that|these)\b|\bwhat happened to\b|なぜ|どうして|为什么|"
            r"왜"),
    )
)  # fmt: skip
NOT_SOUR = re.compile(
    r"\b(?:not|no|nothing|never|less|without|isnt|arent|cant stand|hate|avoid|dislike|dont (?:like|want|enjoy)|"
    r"do not (?:like|want)|nicht|pas|sin|nao|non)\b[^.?!;]{0,20}\b(?:sour|acidic|tart|bitter|harsh|sharp|burnt|sauer|acide|"
    r"acido|amer|amargo|amaro)|(?:すっぱ|酸っぱ|苦|渋)(?:すぎ|過ぎ|く)(?:ない|なく|ず)|(?:不要|别|不)太?[酸苦]|(?:시|쓰)지 않"
)
FAULTS = ("brewing_sour", "brewing_bitter", "brewing_weak", "brewing_astringent", "brewing_bad")  # said of a cup, also without asking
