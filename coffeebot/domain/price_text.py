"""Money as a reader of each language writes it."""

from decimal import Decimal

from coffeebot.domain.coffee import from_minor, minor_digits

SYMBOLS = {
    "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "KRW": "₩", "TWD": "NT$", "HKD": "HK$", "CAD": "CA$", "AUD": "A$",
    "NZD": "NZ$", "INR": "₹", "BRL": "R$", "SGD": "S$",
}  # fmt: skip


def money(amount_minor: int, currency: str, *, language: str = "en") -> str:
    """1450 EUR is "€14.50"; 1600 JPY is "¥1,600", in Japanese "1,600円"; whole amounts keep their decimals."""
    return _written(from_minor(amount_minor, currency), currency, minor_digits(currency), language)


def amount(value: Decimal, currency: str, *, language: str = "en") -> str:
    """A sum as a shopper said it: decimals only where there are any."""
    return _written(value, currency, 0 if value == value.to_integral_value() else minor_digits(currency), language)


def grams(value: Decimal | float, *, language: str = "en") -> str:
    """340.2 is "12 oz" to an American bag and "340 g" to the scales: here always grams, or whole kilograms."""
    size = round(float(value))
    return f"{size // 1000} kg" if size >= 1000 and size % 1000 == 0 else f"{size} g"


def _written(value: Decimal, currency: str, decimals: int, language: str) -> str:
    number = f"{value:,.{decimals}f}"
    if currency == "JPY" and language == "ja":
        return f"{number}円"
    return f"{SYMBOLS[currency]}{number}" if currency in SYMBOLS else f"{currency} {number}"
