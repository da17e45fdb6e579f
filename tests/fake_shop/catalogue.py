"""What the fake shop sells: any number of coffees, the same ones each time, as each shop system states them."""

from typing import Any

ORIGINS = ("Kenya", "Ethiopia", "Colombia", "Rwanda", "Guatemala", "Brazil", "Panama")
PROCESSES = ("Washed", "Natural", "Honey")
NOTES = ("blackcurrant, lime, honey", "jasmine, peach, bergamot", "milk chocolate, hazelnut, caramel")
SIZES = ((250, 1400), (1000, 4800))  # grams, and the price of the first coffee in cents


def name(number: int) -> str:
    return f"{ORIGINS[number % len(ORIGINS)]} Lot {number}"


def handle(number: int) -> str:
    return name(number).lower().replace(" ", "-")


def price(number: int, cents: int) -> int:
    return cents + 10 * (number % 50)


def description(number: int) -> str:
    return (
        f"<p>Pickers walk up to the highest terraces three times a season for this lot and bring in the ripe fruit only. It rests in the "
        f"shade for {10 + number % 20} days, turned by hand every hour, and is sorted twice before it is bagged.</p>"
        f"<p>We roast it on Mondays and pack it whole. It holds its own in a paper filter and is round enough for a moka pot; give it ten "
        f"days after the roast and grind it a little finer than you are used to.</p>"
        f"<p>Origin: {ORIGINS[number % len(ORIGINS)]}<br>Process: {PROCESSES[number % len(PROCESSES)]}<br>"
        f"Tasting notes: {NOTES[number % len(NOTES)]}<br>Altitude: {1500 + number % 500} masl</p>"
    )


def shopify(number: int) -> dict[str, Any]:
    variants = [
        {
            "id": number * 10 + place,
            "title": f"{grams}g / {grind}",
            "price": f"{price(number, cents) / 100:.2f}",
            "available": True,
            "grams": 454,
        }
        for place, (grams, cents, grind) in enumerate((*((*size, "Whole Bean") for size in SIZES), (*SIZES[0], "Espresso")))
    ]
    return {
        "id": number,
        "title": name(number),
        "handle": handle(number),
        "body_html": description(number),
        "vendor": "Fake Roasters",
        "product_type": "Coffee",
        "tags": ["coffee"],
        "variants": variants,
        "images": [],
    }


def woocommerce(number: int, base: str) -> dict[str, Any]:
    return {
        "id": number,
        "name": name(number),
        "permalink": f"{base}/product/{handle(number)}/",
        "description": description(number),
        "prices": _woocommerce_price(number, SIZES[0][1], spread=True),
        "categories": [{"name": "Coffee"}],
        "attributes": [{"name": "Size", "has_variations": True, "terms": [{"name": f"{grams}g"} for grams, _ in SIZES]}],
        "variations": [
            {"id": number * 10 + place, "attributes": [{"name": "Size", "value": f"{grams}g"}]} for place, (grams, _) in enumerate(SIZES)
        ],
        "is_in_stock": True,
    }


def woocommerce_sizes(number: int) -> list[dict[str, Any]]:
    return [
        {
            "id": number * 10 + place,
            "name": name(number),
            "variation": f"Size: {grams}g",
            "prices": _woocommerce_price(number, cents),
            "is_in_stock": place == 0,
        }
        for place, (grams, cents) in enumerate(SIZES)
    ]


def _woocommerce_price(number: int, cents: int, *, spread: bool = False) -> dict[str, Any]:
    both = {"min_amount": str(price(number, SIZES[0][1])), "max_amount": str(price(number, SIZES[1][1]))}
    return {"price": str(price(number, cents)), "currency_code": "EUR", "currency_minor_unit": 2, "price_range": both if spread else None}


def json_ld(number: int, base: str) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "BreadcrumbList"},
            {
                "@type": ["Product"],
                "sku": str(number),
                "name": name(number),
                "description": description(number).replace("<br>", "\n"),
                "url": f"{base}/products/{handle(number)}",
                "additionalProperty": [{"@type": "PropertyValue", "name": "Varietal", "value": "SL28, SL34"}],
                "offers": [
                    {
                        "@type": "Offer",
                        "name": f"{grams} g",
                        "price": price(number, cents) / 100,
                        "priceCurrency": "GBP",
                        "availability": stock,
                    }
                    for (grams, cents), stock in zip(SIZES, ("https://schema.org/InStock", "https://schema.org/OutOfStock"), strict=True)
                ],
            },
        ],
    }
