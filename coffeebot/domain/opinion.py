"""What a shopper may think of an answer: a thumb, a reason from a short list, and words of their own."""

from dataclasses import dataclass

from coffeebot.domain.errors import BadInput

REASONS = {  # by verdict, in the order of the page
    "up": ("fits", "clear", "new"),
    "down": ("asked", "fits_not", "wrong", "long"),
}
COMMENT_CHARS = 300


@dataclass(frozen=True, slots=True)
class Opinion:
    """`verdict` is "up" or "down", "" for none; `reason` is one of its REASONS or ""."""

    verdict: str
    reason: str = ""
    comment: str = ""


def checked(*, verdict: str, reason: str, comment: str) -> Opinion:
    """The opinion as it is kept. BadInput when there is no such verdict or reason, or the comment is too long."""
    if verdict not in REASONS:
        raise BadInput("A thumb is up or down.")
    if reason and reason not in REASONS[verdict]:
        raise BadInput("That reason is not on the list.")
    comment = comment.replace("\x00", "").strip()
    if len(comment) > COMMENT_CHARS:
        raise BadInput(
            "That is {count} characters; a comment may have {most}. Shorten it and save it again.", count=len(comment), most=COMMENT_CHARS
        )
    return Opinion(verdict, reason, comment)
