"""One sentence for those whose language the house understands and does not speak."""

UNDERSTOOD = {
    "es": "Le entiendo, pero aquí respondo en inglés o en japonés.",
    "fr": "Je vous comprends, mais ici je réponds en anglais ou en japonais.",
    "de": "Ich verstehe Sie, antworte hier aber auf Englisch oder Japanisch.",
    "pt": "Eu entendo, mas aqui respondo em inglês ou em japonês.",
    "it": "La capisco, ma qui rispondo in inglese o in giapponese.",
    "ko": "말씀은 알아듣지만, 여기서는 영어나 일본어로 답합니다.",
    "zh": "您的话我看得懂，不过在这里我用英语或日语回答。",
}
