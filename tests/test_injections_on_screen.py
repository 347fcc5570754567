"""Injections on the screens and in what leaves by the API: words, and nothing that is alive."""

import json
import re
import urllib.request
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from assistant.ui.session import services as shared
from assistant.ui.text import escape

from .alive import alive, fail_on_dialogs
from .browser import App, chromium, open_page, running_app
from .conftest import ROOT
from .injections import ALL, FENCES, FILE_NAME, MARKUP, ORDERS, TOKENS, UNSEEN, VISIBLE

OUR_TAGS = {
    *("div", "p", "mark", "strong", "table", "thead", "tbody", "tr", "th", "td", "style"),
    *("a", "details", "summary", "h3", "h4", "h5"),
}
OUR_LINK = re.compile(r"lire\?instrument=[\w.%+-]+(?:&\w+=[\w.%+-]+)+")
FIRST_MARKUP = len(TOKENS) + len(FENCES) + len(ORDERS)
"""Place in `VISIBLE` of the first article whose text is markup."""


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        given = dict(attrs)
        if tag == "a":
            assert OUR_LINK.fullmatch(given.pop("href", None) or "")
            assert given.pop("target", "_blank") == "_blank"
        assert given.keys() <= {"class"}


STREAMLIT_REPLACES = re.compile(  # in a text whose Markdown is already read; the pinned version's
    r"https?://|www\.[-.\w]|[-.\w+]@[-\w]|:streamlit:|:material/|->|<-|--|>=|<=|!=|~=",
    re.IGNORECASE,
)


@pytest.mark.parametrize("text", [*ALL, FILE_NAME, VISIBLE.title])
def test_a_text_in_markdown_is_escaped_for_what_streamlit_does_after_it_is_read(text: str) -> None:
    written = escape(text)

    assert re.search(r"(?<!\\)[!-/:-@\[-`{-~]", re.sub(r"\\.", "", written)) is None
    read = re.sub(r"\\(.)", r"\1", written).replace(":material/", ":material_")
    assert STREAMLIT_REPLACES.search(read) is None


def test_what_is_shown_literally_reads_as_it_was_written() -> None:
    text = "[x](http://a.b) <i> www.a.b a@b.c(:streamlit:) -> -- 2-22-431"

    assert re.sub(r"\\(.)", r"\1", escape(text)).replace("\u2060", "") == text


@pytest.fixture
def app(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[AppTest]:
    folder = tmp_path_factory.mktemp("screens")
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(folder))
    monkeypatch.setenv("ASSISTANT_MODEL", "extractive")
    shared().library.ingest(FILE_NAME, VISIBLE.pdf())
    yield AppTest.from_file(str(ROOT / "assistant/ui/shell.py"), default_timeout=60).run()
    shared.close()


def live_tags(app: AppTest) -> set[str]:
    parser = _Tags()
    for element in app.get("html"):
        if not (text := str(getattr(element, "value", ""))).startswith("<style"):
            parser.feed(text)
    return parser.found - OUR_TAGS


def test_answers_and_ratings_show_no_tag_but_ours(app: AppTest) -> None:
    for index in (FIRST_MARKUP + n for n in (4, 5, 6, 7)):
        app.chat_input[0].set_value(f"{VISIBLE.question(index)} <b>{MARKUP[4]}").run()
        assert live_tags(app) == set()
    app.switch_page("../../pages/evaluation.py").run()
    app.text_input[0].set_value("<i>Ali</i> [x](http://evil.example)").run()

    assert live_tags(app) == set()
    assert not app.exception


def test_the_reading_page_shows_no_tag_but_ours(app: AppTest) -> None:
    app.switch_page("../../pages/lire.py")
    app.query_params["instrument"] = shared().library.documents()[0].instrument.number
    for address in ({"article": str(FIRST_MARKUP + 1)}, {"chapitre": "1"}, {"mots": "evil"}):
        for name in ("article", "chapitre", "mots"):
            app.query_params.pop(name, None)
        app.query_params.update(address)
        app.run()

        assert not app.exception
        assert not app.error, app.error[0].value
        assert live_tags(app) == set()


@pytest.fixture(scope="module")
def poisoned_app(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("served")
    paths = []
    for name, document in ((FILE_NAME, VISIBLE), ("cachette.pdf", UNSEEN)):
        (folder / name).write_bytes(document.pdf())
        paths.append(folder / name)
    with running_app(folder, paths) as served:
        yield served


def test_nothing_comes_alive_in_the_browser(poisoned_app: App) -> None:
    first = FIRST_MARKUP
    asked = [first, first + 2, first + 9, first + len(MARKUP), first + len(MARKUP) + 1]
    with chromium() as browser, open_page(browser, poisoned_app.url) as page:
        fail_on_dialogs(page)
        for index in asked:
            box = page.get_by_placeholder("Votre question")
            box.fill(VISIBLE.question(index) + (MARKUP[2] + MARKUP[9] if index == first else ""))
            box.press("Enter")
            answered = page.get_by_text("Cette réponse vous aide-t-elle")
            expect(answered).to_have_count(asked.index(index) + 1, timeout=90_000)
            page.get_by_text(re.compile(r"^\[1\] Article")).last.click()
        expect(page.get_by_text("Extrait surligné").last).to_be_visible()
        on_answers = alive(page)
        assert "http://evil.example/titre" in page.get_by_test_id(
            "stMainBlockContainer"
        ).inner_text().replace("\u2060", "")
        page.goto(f"{poisoned_app.url}/documents")
        page.get_by_text("Liste des articles").last.click()
        expect(page.get_by_text("Page du PDF").first).to_be_visible()
        on_documents = alive(page)
        page.goto(f"{poisoned_app.url}/evaluation?annotateur=[x](http://evil.example)")
        expect(page.get_by_role("radiogroup")).to_have_count(4)
        on_ratings = alive(page)

    assert (on_answers, on_documents, on_ratings) == ([], [], [])


def test_the_api_gives_the_words_as_data(poisoned_app: App) -> None:
    question = f"{VISIBLE.question(FIRST_MARKUP + 5)} {MARKUP[5]}"
    request = urllib.request.Request(
        f"{poisoned_app.url}/api/ask",
        data=json.dumps({"question": question}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        kind, answer = response.headers["Content-Type"], json.load(response)

    assert kind == "application/json"
    assert answer["question"] == question
