"""The report in a real browser: links, filter, sorting, themes, print; and nothing of a filing runs or leaves the page."""

from __future__ import annotations

import shutil
import socket
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

pytest.importorskip("selenium", reason="selenium is not installed: pip install 'dealterms[dev]'")

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from tests.report.chromium import BROWSER, DRIVER, chromium, look, printed, requests

from dealterms import Deal, Party, Payment, Term
from dealterms.show import deal_html, deal_page, deal_section, entry_of, index_page

pytestmark = pytest.mark.skipif(
    not (BROWSER and DRIVER), reason="no chromium with its chromedriver: apt-get install chromium chromium-driver"
)

EVIL = "<script>document.title='owned'</script><img src=http://evil.test/x onerror=\"document.title='owned'\">\u202e"
TEXT = f"Acme pays Beta $3 million for five years. {EVIL}"


def a_deal(name: str, sum_: int, sure: float = 0.9) -> Deal:
    """A deal whose term overlaps its payment."""
    return Deal(
        TEXT,
        EVIL,
        name,
        parties=(Party("Acme", (EVIL,), "licensee", ((0, 4),)), Party("Beta", (), "licensor", ((10, 14),))),
        payments=(Payment("upfront", Decimal(sum_), Decimal(sum_), "USD", payer="Acme", payee="Beta", quote=TEXT[5:40], start=5, end=40),),
        terms=(Term("agreement", "P5Y", event=EVIL, quote="five years", start=30, end=40, confidence=sure),),
    )


DEALS = [a_deal("Beta deal", 500), a_deal("Gamma deal", 3000, 0.4), a_deal("alpha deal", 20)]


@pytest.fixture(scope="module")
def driver():
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> Path:
    """A report of three deals."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    entries = [entry_of(deal, number, f"#deal-{number}") for number, deal in enumerate(DEALS, 1)]
    path.write_text(index_page(entries, [deal_section(deal, number) for number, deal in enumerate(DEALS, 1)]), encoding="utf-8")
    return path


def place(driver) -> str:
    """Where the address says we are."""
    return driver.execute_script("return location.hash.slice(1)")


def in_view(driver, id: str) -> bool:
    """Whether an element is inside the window."""
    code = "const r = document.getElementById(arguments[0]).getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight"
    return driver.execute_script(code, id)


def shown(driver) -> list[str]:
    """The names in the index, as they are seen."""
    return [link.text for link in driver.find_elements(By.CSS_SELECTOR, "#index tbody th a") if link.is_displayed()]


def test_a_click_leads_from_a_row_to_its_words_and_back(driver, page):
    look(driver, page)
    driver.find_element(By.CSS_SELECTOR, "#deal-2-terms-1 a").click()
    assert place(driver) == "deal-2-terms-1-words-1" and in_view(driver, "deal-2-terms-1-words-1")
    words = driver.find_element(By.ID, "deal-2-terms-1-words-1")
    assert words.text == "five years"
    words.find_element(By.TAG_NAME, "a").click()
    assert place(driver) == "deal-2-terms-1" and in_view(driver, "deal-2-terms-1")


def test_the_keyboard_leads_there_and_back(driver, page):
    look(driver, page)
    driver.find_element(By.CSS_SELECTOR, "#deal-3-parties-2 a").send_keys(Keys.ENTER)
    assert place(driver) == "deal-3-parties-2-words-1"
    driver.switch_to.active_element.send_keys(Keys.TAB)
    focused = driver.switch_to.active_element
    assert (focused.text, focused.get_attribute("title").split(";")[0]) == ("Beta", "2 licensor: Beta")
    assert focused.value_of_css_property("outline-style") == "solid"
    focused.send_keys(Keys.ENTER)
    assert place(driver) == "deal-3-parties-2" and in_view(driver, "deal-3-parties-2")
    driver.switch_to.active_element.send_keys(Keys.TAB)
    assert driver.switch_to.active_element.get_attribute("href").endswith("#deal-3-parties-2-words-1")


def test_words_cut_by_other_evidence_are_shown_whole(driver, page):
    look(driver, page)
    driver.find_element(By.CSS_SELECTOR, "#deal-1-payments-1 a").click()
    here = driver.find_elements(By.CSS_SELECTOR, "mark.here")
    assert "".join(driver.execute_script("return arguments[0].textContent", mark) for mark in here) == TEXT[5:40]


def test_the_index_is_filtered(driver, page):
    look(driver, page)
    field = driver.find_element(By.ID, "filter")
    field.send_keys("GAMMA usd")
    assert shown(driver) == ["Gamma deal"]
    assert driver.find_element(By.ID, "shown").text == "1 of 3 deals"
    assert [section.is_displayed() for section in driver.find_elements(By.CSS_SELECTOR, "section.deal")] == [False, True, False]
    field.clear()
    field.send_keys("nowhere")
    assert shown(driver) == []
    field.clear()
    field.send_keys(" ")
    assert len(shown(driver)) == 3
    driver.find_element(By.ID, "only-doubtful").click()
    assert shown(driver) == ["Gamma deal"]
    driver.execute_script("location.hash = 'deal-1'")
    assert len(shown(driver)) == 3, "a link to a deal that is filtered away brings it back"


@pytest.mark.parametrize(
    ("column", "order"),
    [
        ("Deal", ["alpha deal", "Beta deal", "Gamma deal"]),
        ("Upfront", ["alpha deal", "Beta deal", "Gamma deal"]),
        ("Least sure", ["Gamma deal", "Beta deal", "alpha deal"]),
    ],
)
def test_the_index_is_sorted_by_value(driver, page, column, order):
    look(driver, page)
    (button,) = (one for one in driver.find_elements(By.CSS_SELECTOR, "#index thead button") if one.text.strip(" ↕↑↓") == column)
    button.send_keys(Keys.ENTER)
    assert shown(driver) == order
    assert button.find_element(By.XPATH, "..").get_attribute("aria-sort") == "ascending"
    if column != "Least sure":  # of equal ones the order of the inputs stays
        button.click()
        assert shown(driver) == order[::-1]
        assert button.find_element(By.XPATH, "..").get_attribute("aria-sort") == "descending"


def test_nothing_of_a_filing_runs_and_no_request_leaves_the_page(driver, page):
    look(driver, page)
    driver.get_log("browser")
    requests(driver)
    driver.get(page.as_uri())
    assert driver.title == "3 deals"
    assert [address for address in requests(driver) if not address.startswith("data:")] == [page.as_uri()]
    assert driver.get_log("browser") == []
    assert driver.find_elements(By.CSS_SELECTOR, "img, main script") == []


def asked(driver, path: Path, html: str) -> bool:
    """Put HTML into a page, and say whether it asked a server for anything."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        look(driver, path)
        html = html.replace("SERVER", f"http://127.0.0.1:{server.getsockname()[1]}")
        driver.execute_script("document.body.insertAdjacentHTML('beforeend', arguments[0])", html)
        try:
            server.accept()[0].close()
        except TimeoutError:
            return False
        return True


@pytest.mark.parametrize("html", ["<img src=SERVER>", "<link rel=stylesheet href=SERVER>", "<style>body {background: url(SERVER)}</style>"])
def test_the_policy_of_the_page_stops_requests_that_another_page_makes(driver, page, tmp_path, html):
    (tmp_path / "other.html").write_text("<!doctype html><body>")
    assert asked(driver, tmp_path / "other.html", html)
    assert not asked(driver, page, html)


def test_the_policy_of_the_page_stops_scripts(driver, page):
    look(driver, page)
    driver.execute_script(
        "const s = document.createElement('script'); s.textContent = \"document.title = 'owned'\"; document.body.append(s);"
        "document.body.insertAdjacentHTML('beforeend', '<b id=b onclick=\"document.title=1\">b</b>');"
    )
    driver.find_element(By.ID, "b").click()
    assert driver.title == "3 deals"


def test_the_text_is_the_text_of_the_filing(driver, page):
    look(driver, page)
    assert driver.execute_script("return document.getElementById('deal-1-text').textContent") == TEXT


def test_without_scripts_the_index_is_a_plain_table(driver, page):
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        look(driver, page)
        assert shown(driver) == ["Beta deal", "Gamma deal", "alpha deal"]
        assert not driver.find_element(By.CSS_SELECTOR, ".controls").is_displayed()
        assert driver.find_elements(By.CSS_SELECTOR, "#index button") == []
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def colors_of(driver, selector: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The computed colours of text and background."""
    element = driver.find_element(By.CSS_SELECTOR, selector)
    return tuple(
        tuple(int(part) for part in element.value_of_css_property(name).strip("rgba()").split(", ")[:3])
        for name in ("color", "background-color")
    )


@pytest.mark.parametrize("dark", [False, True])
def test_both_themes(driver, page, dark):
    look(driver, page, dark=dark)
    for selector in ("body", "mark.parties", "mark.terms"):
        ink, paper = colors_of(driver, selector)
        assert (sum(ink) > sum(paper)) == dark, selector


NOTEBOOK = """<!doctype html><meta charset=utf-8>
<style>:not(.markdown).jp-RenderedHTMLCommon td {{ text-align: right; }} .jp-RenderedHTMLCommon tbody tr:nth-child(odd) {{ background: red; }}</style>
<body data-jp-theme-light={light}><div class=jp-RenderedHTMLCommon>{deal}</div>"""


@pytest.mark.parametrize("dark", [False, True])
def test_a_notebook_has_its_own_theme_and_tables(driver, tmp_path, dark):
    page = tmp_path / "notebook.html"
    page.write_text(NOTEBOOK.format(light="false" if dark else "true", deal=deal_html(DEALS[0])), encoding="utf-8")
    look(driver, page, dark=not dark)  # the notebook's theme counts, not the machine's
    ink, paper = colors_of(driver, "mark.parties")
    assert (sum(ink) > sum(paper)) == dark
    cell = driver.find_element(By.CSS_SELECTOR, "td[data-label=Value]")
    assert cell.value_of_css_property("text-align") == "left"
    rows = driver.find_elements(By.CSS_SELECTOR, "tbody tr")
    assert {row.value_of_css_property("background-color") for row in rows} == {"rgba(0, 0, 0, 0)"}


@pytest.mark.parametrize("width", [400, 800, 1100, 1200, 1280, 1600])
def test_nothing_sticks_out(driver, page, width):
    look(driver, page, width=width)
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width


def test_an_index_leads_to_pages_and_back(driver, tmp_path):
    (tmp_path / "deals").mkdir()
    (tmp_path / "deals" / "1.html").write_text(deal_page(DEALS[0], 1, "../index.html"), encoding="utf-8")
    (tmp_path / "index.html").write_text(index_page([entry_of(DEALS[0], 1, "deals/1.html")]), encoding="utf-8")
    look(driver, tmp_path / "index.html")
    driver.find_element(By.LINK_TEXT, "Beta deal").click()
    assert driver.title == "Beta deal"
    driver.find_element(By.LINK_TEXT, "all deals").click()
    assert driver.current_url.endswith("/index.html#entry-1")


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="no pdftotext: apt-get install poppler-utils")
def test_it_prints_all_deals_without_the_controls(driver, page, tmp_path):
    look(driver, page, dark=True)
    (tmp_path / "report.pdf").write_bytes(printed(driver))
    text = subprocess.run(["pdftotext", "-layout", tmp_path / "report.pdf", "-"], capture_output=True, check=True, encoding="utf-8").stdout
    assert text.count("for five years") == len(DEALS)
    assert "Gamma deal" in text and "doubtful only" not in text and "back to the index" not in text
