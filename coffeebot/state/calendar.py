"""Days as people say them."""

from datetime import UTC, datetime

from coffeebot.words import word

WEEK = 7


def day(moment: datetime, *, now: datetime | None = None) -> str:
    """today, yesterday, 3 days ago, 3 Nov, 3 Nov 2025; in Japanese 今日, 昨日, 3日前, 11月3日, 2025年11月3日."""
    now = now or datetime.now(UTC)
    days = (now.date() - moment.astimezone(UTC).date()).days
    if days <= 0:
        return word("when.today")
    if days == 1:
        return word("when.yesterday")
    if days < WEEK:
        return word("when.days", days=days)
    month = word("when.months").split()[moment.month - 1]
    return word("when.date" if moment.year == now.year else "when.date.year", day=moment.day, month=month, year=moment.year)


def span(moment: datetime, *, now: datetime | None = None) -> str:
    """The heading in a list: today, yesterday, the last seven days, earlier."""
    now = now or datetime.now(UTC)
    days = (now.date() - moment.astimezone(UTC).date()).days
    if days <= 1:
        return word("conversations.today" if days <= 0 else "conversations.yesterday")
    return word("conversations.week" if days < WEEK else "conversations.earlier")
