"""What stands in the way, in Japanese, by the English sentence that the error carries (coffeebot/domain/errors.py)."""

JA_ERRORS: dict[str, str] = {
    # sending
    "Say something first: the message is empty.": "メッセージが空です。何か書いてからお送りください。",
    "That is {count} characters; a message may have {most}. Shorten it and send it again.": (
        "メッセージは{most}字までです（今は{count}字）。短くして、もう一度お送りください。"
    ),
    "That message has arrived already.": "そのメッセージはもう届いています。",
    "The barista is still answering. Wait for the end, or press Stop first.": (
        "バリスタがまだお答えしています。終わるのを待つか、先に「止める」を押してください。"
    ),
    # an answer
    "The line to the barista broke. What you see is saved.": "バリスタとの接続が切れました。表示されている分は保存されています。",
    "The answer grew longer than allowed and was cut. Continue, or ask for a part of it.": (
        "お答えが長くなりすぎたため、途中で切りました。続きを聞くか、一部だけお尋ねください。"
    ),
    "The barista would not go on with that. Say it another way, or try again.": (
        "その内容にはお答えできませんでした。言い方を変えるか、もう一度お試しください。"
    ),
    "Something broke on this side. Your message is kept: try again.": (
        "こちらの側で不具合がありました。メッセージは残っています。もう一度お試しください。"
    ),
    "What may be spent on language models for now is spent.": "言語モデルに使える予算を、今の分は使い切りました。",
    "That reply is no longer running.": "そのお答えはもう終わっています。",
    "Nothing has been said yet, so there is nothing to answer again.": "まだお話がないので、答え直すものがありません。",
    "There is no broken-off answer to go on with. Try again instead.": "続きのあるお答えは見つかりません。「もう一度」をお試しください。",
    "That answer is no longer here.": "そのお答えはもうありません。",
    # a conversation
    "There is no such conversation.": "その会話は見つかりません。削除された場合は、新しい会話を始めてください。",
    "There is no such conversation. It may have been deleted: start a new one.": (
        "その会話は見つかりません。削除された場合は、新しい会話を始めてください。"
    ),
    "The conversation that was to pay for this has been deleted.": "その会話は削除されています。新しい会話を始めてください。",
    "That conversation cannot be brought back any more.": "その会話はもう元に戻せません。",
    "That message is no longer part of the conversation. Reload the page to see how it stands.": (
        "そのメッセージはもう会話にありません。ページを再読み込みして、今の会話をご確認ください。"
    ),
    "There is nothing to bring back any more: the conversation went on.": "会話が先に進んだため、元に戻せるものはもうありません。",
    "A name may have {most} characters; that one has {count}. Shorten it.": "名前は{most}字までです（今は{count}字）。短くしてください。",
    # the taste card
    "Choose what the line is about: that is none of the choices.": "何についての行か、一覧から選んでください。",
    "Choose must, like or avoid, and one of three strengths.": "「必須」「好き」「避ける」のどれかと、三段階の強さから選んでください。",
    "Write a value of at most {most} characters.": "内容を{most}字以内で書いてください。",
    "I do not know “{value}” here. Choose one from the list, or say it in a sentence below.": (
        "ここでは「{value}」が分かりません。一覧から選ぶか、下の欄に文でお書きください。"
    ),
    "Write an amount of money, such as “$18 a bag” or “¥1,600 per 200 g”.": (
        "「1袋2,000円」「200 gで1,600円」のように、金額を書いてください。"
    ),
    "Write a sentence of at most {most} characters.": "{most}字以内の文で書いてください。",
    "I read no taste in that. Try “nothing dark” or “berries, under $20”.": (
        "そこからは好みを読み取れませんでした。「深煎り以外」「ベリー系、2000円まで」のようにお書きください。"
    ),
    "That line is no longer on the card.": "その行はもうカードにありません。",
    "There is nothing left to take back.": "元に戻すものはもうありません。",
    # the coffees
    "That coffee is no longer on the shelf.": "その豆はもう棚にありません。",
    "Choose one of the reasons that the card shows.": "カードに出ている理由から一つ選んでください。",
    "Choose two or three coffees to compare.": "比べる豆を二つか三つ選んでください。",
    "Of those coffees fewer than two are still on the shelf.": "選んだ豆のうち、まだ棚にあるものが二つに足りません。",
    "Write the name of a coffee, at most {most} characters.": "豆の名前を{most}字以内で書いてください。",
    # thumbs
    "A thumb is up or down.": "「よい答え」か「よくない答え」のどちらかを選んでください。",
    "That reason is not on the list.": "その理由は一覧にありません。",
    "That is {count} characters; a comment may have {most}. Shorten it and save it again.": (
        "コメントは{most}字までです（今は{count}字）。短くして、もう一度保存してください。"
    ),
}
