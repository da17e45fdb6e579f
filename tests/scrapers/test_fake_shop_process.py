"""The fake shop in a process of its own: what it sells is the same each time, and it misbehaves on demand."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from tests.scrapers.parsed import ROOT


@contextmanager
def running(*options: str) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.fake_shop", *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as shop:
        assert shop.stdout is not None
        try:
            yield shop.stdout.readline().strip()
        finally:
            shop.terminate()
            assert shop.wait(20) == 0


def page(shop: str, number: int) -> httpx.Response:
    return httpx.get(f"{shop}/products.json?limit=250&page={number}", trust_env=False)


def test_the_same_products_each_time_page_by_page_with_versions() -> None:
    with running("--products", "300", "--seed", "7") as one, running("--products", "300", "--seed", "7") as other:
        assert page(one, 1).content == page(other, 1).content
        counts = [len(page(one, number).json()["products"]) for number in (1, 2, 3)]
        version = page(one, 2).headers["etag"]
        again = httpx.get(f"{one}/products.json?limit=250&page=2", headers={"If-None-Match": version}, trust_env=False)
    assert counts == [250, 50, 0]
    assert (again.status_code, again.content) == (304, b"")


def test_another_seed_is_another_shop() -> None:
    with running("--products", "2") as one, running("--products", "2", "--seed", "1") as other:
        ids = [{product["id"] for product in page(shop, 1).json()["products"]} for shop in (one, other)]
    assert not ids[0] & ids[1]


@pytest.mark.parametrize(("system", "path"), [("shopify", "/products.json"), ("woocommerce", "/wp-json/wc/store/v1/products")])
def test_it_misbehaves_when_it_is_told_to(system: str, path: str) -> None:
    with running("--system", system, "--misbehave", "too many requests") as shop:
        answer = httpx.get(f"{shop}{path}", trust_env=False)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")
