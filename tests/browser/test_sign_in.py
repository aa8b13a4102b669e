"""Signing in and out as a person does, with scripts and without."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from service.locale.language import load_language

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

NABA = str(Path(sys.executable).with_name("naba"))
ARABIC = load_language("ar")


@pytest.fixture(scope="module")
def keyed(address: str, elasticsearch_url: str, index_prefix: str) -> Iterator[tuple[str, str]]:
    """Where a service answers whose readers need a key, and such a key."""
    assert address  # the articles are loaded
    environment = {
        "PATH": os.environ["PATH"],
        "NABA_ELASTICSEARCH_URL": elasticsearch_url,
        "NABA_ALIAS": f"{index_prefix}-browser",
        "NABA_PORT": "0",
        "NABA_READ": "keys",
    }
    made = subprocess.run(
        [NABA, "key", "add", "browser", "--may", "read"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    with subprocess.Popen(
        [NABA, "serve"], env=environment, stdout=subprocess.PIPE, text=True
    ) as service:
        try:
            assert service.stdout is not None
            said = next(line for line in service.stdout if "http://" in line)
            yield said[said.index("http://") :].split()[0].rstrip("/"), made.stdout.strip()
        finally:
            service.terminate()
            service.wait(30)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_a_search_by_the_form_to_its_results_and_out(
    browser: Browser, keyed: tuple[str, str], scripts: bool
) -> None:
    url, key = keyed
    context = browser.new_context(base_url=url, java_script_enabled=scripts)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto("/?q=القمة&size=5")
    assert page.title().startswith(ARABIC.text("sign_in.heading"))

    page.get_by_label(ARABIC.text("sign_in.key"), exact=True).fill("naba_wrong")
    page.get_by_role("button", name=ARABIC.text("sign_in.submit")).click()
    assert page.get_by_role("alert").inner_text() == ARABIC.text("sign_in.unknown")

    page.get_by_label(ARABIC.text("sign_in.key"), exact=True).fill(key)
    page.get_by_role("button", name=ARABIC.text("sign_in.submit")).click()
    page.wait_for_selector("article")
    assert page.locator("#q").input_value() == "القمة"
    assert "size=5" in page.url

    page.get_by_role("button", name=ARABIC.text("sign_in.out")).click()
    assert page.url == f"{url}/sign-in"
    page.goto("/")
    assert "/sign-in" in page.url
    context.close()
