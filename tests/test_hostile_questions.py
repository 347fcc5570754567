"""Hostile questions, by the API and on every screen that shows questions: words, never alive.

See `hostile_inputs` for the questions, and `test_injections` for hostile documents.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from assistant.accounts.people import NewPerson
from assistant.accounts.records import Person, Role
from assistant.answering.conversation_export import conversation_html
from assistant.answering.conversations import Asked
from assistant.api import create_api
from assistant.dossiers.as_html import dossier_html
from assistant.dossiers.as_pdf import dossier_pdf
from assistant.errors import InvalidQuestion
from assistant.evaluating.campaign_records import Marks
from assistant.wiring import Services, open_services

from .alive import alive, fail_on_dialogs
from .browser import App, chromium, open_page, wait_until_idle
from .campaign_data import open_campaign
from .conftest import make_settings
from .hostile_inputs import DIALOG, QUESTIONS
from .outside import Surroundings

REFUSED = {
    *("100 kB", "100 kB without a space", "100 kB of openings"),
    *("nothing but signs", "spaces", "empty"),
}
ASKABLE = [kind for kind in QUESTIONS if kind not in REFUSED]
TYPED = ["HTML", "script", "Markdown picture", "Streamlit", "formula", "100 kB"]
OUTSIDE = "Combien de lunes a la planète Jupiter ?"


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Surroundings:
    return Surroundings(tmp_path_factory.mktemp("questions"))


@pytest.fixture(scope="module")
def services(around: Surroundings, specimens: list[Path]) -> Iterator[Services]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(around.home))
        patch.chdir(around.work)
        opened = open_services(make_settings(around.data))
        opened.library.ingest(specimens[1].name, specimens[1].read_bytes())
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def client(services: Services) -> Iterator[TestClient]:
    with TestClient(create_api(lambda: services), raise_server_exceptions=False) as opened:
        yield opened


@pytest.mark.parametrize("route", ["/ask", "/ask/stream", "/search"])
@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_hostile_question_to_the_api_is_data_or_refused_in_a_sentence(
    client: TestClient, around: Surroundings, route: str, kind: str
) -> None:
    question, before = QUESTIONS[kind], around.files()

    answer = client.post(
        route,
        content=json.dumps({"question": question}),  # in ASCII: whatever it is, it is sent
        headers={"content-type": "application/json"},
    )

    if kind in REFUSED:
        assert answer.status_code in {413, 422}
    if answer.status_code != 200:
        assert answer.status_code in {413, 422}
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]
    elif route == "/ask/stream":
        assert answer.headers["content-type"].startswith("text/event-stream")
        [_, said] = answer.text.rsplit("event: answer\n", 1)
        assert letters(json.loads(said.partition("data: ")[2])["question"]) == letters(question)
    else:
        assert answer.headers["content-type"] == "application/json"
        assert letters(answer.json()["question"]) == letters(question)
    assert around.files() == before


def letters(text: str) -> str:
    """A text without what parts its words, and what no screen shows."""
    return "".join(c for c in text if c.isprintable() and c != " ")


class Seeded(App):
    """A server on conversations in which every question was asked, as the page asks them."""

    @classmethod
    def on(cls, folder: Path, specimen: Path, around: Surroundings) -> "Seeded":
        opened = open_services(make_settings(folder / "data"))
        opened.library.ingest(specimen.name, specimen.read_bytes())
        app = cls(folder / "data", settings={"HOME": str(around.home)})
        who = opened.accounts.people.local()
        for kind in ASKABLE:  # each in one of its own: it is its title
            app.ask(opened, QUESTIONS[kind])
        app.whole = app.ask(opened, OUTSIDE)
        for kind in QUESTIONS:
            app.ask(opened, QUESTIONS[kind], within=app.whole)
        for turn in opened.conversations.turns(who, app.whole):
            if turn.answer and turn.answer["outcome"] == "not_found":
                opened.human_questions.send(who, turn.id)
        app.rate(opened, who)
        app.files = app.exported(opened)
        opened.close()
        return app

    whole: str
    files: dict[str, str]

    def ask(self, opened: Services, question: str, *, within: str | None = None) -> str:
        """Ask, and keep what came of it."""
        who = opened.accounts.people.local()
        answer, error = None, None
        try:
            place, turn = opened.conversations.begin(who, Asked(question), conversation_id=within)
        except InvalidQuestion:
            return within or ""
        try:
            answer = opened.answering.ask(question)
        except InvalidQuestion as refusal:
            error = str(refusal)
        opened.conversations.end(turn, answer=answer, error=error)
        return place

    def rate(self, opened: Services, who: Person) -> None:
        """Have the answers rated by somebody else, and to be rated in another campaign."""
        turns = opened.conversations.turns(who, self.whole)
        answers = [turn.answer_id for turn in turns if turn.answer_id]
        badia = opened.accounts.people.create(NewPerson("badia", "<b>Badia</b>", Role.ANNOTATOR))
        work = opened.evaluation.work
        for name, rater in ((DIALOG, who), (f"{DIALOG} notée", badia)):
            campaign = open_campaign(
                opened.evaluation, answers, name=name, raters=(rater.id,), reviewers=()
            )
            for place, task in enumerate(work.tasks(campaign.id, badia.id)):
                scores = dict.fromkeys((c.key for c in campaign.plan.criteria), 1 + place % 5)
                marks = Marks(scores=scores, comment=QUESTIONS["script"])
                work.submit(task.item_id, badia.id, marks)

    def exported(self, opened: Services) -> dict[str, str]:
        """Write what leaves as HTML: the conversation, and the dossier of each answer."""
        who = opened.accounts.people.local()
        conversation = opened.conversations.find(who, self.whole)
        turns = opened.conversations.turns(who, self.whole)
        files = {"conversation": conversation_html(conversation, turns, {})}
        for turn in turns:
            if turn.answer_id:
                dossier = opened.dossiers.make(
                    turn.answer_id,
                    typed=turn.asked.question,
                    made_by="<b>Amina</b>",
                    made_at=datetime(2026, 11, 27, tzinfo=UTC),
                    known=opened.instruments.instruments(),
                )
                assert dossier_pdf(dossier).startswith(b"%PDF")
                files[f"dossier-{turn.id}"] = dossier_html(dossier)
        return files


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, specimens: list[Path]) -> Iterator[Seeded]:
    folder = tmp_path_factory.mktemp("screens")
    around = Surroundings(folder)
    served = Seeded.on(folder, specimens[1], around)
    served.start()
    try:
        yield served
    finally:
        served.stop()


def test_hostile_questions_on_the_screens_are_read_and_nothing_lives(app: Seeded) -> None:
    found: dict[str, list[str]] = {}
    with chromium() as browser, open_page(browser, app.url) as page:
        fail_on_dialogs(page)
        for place, kind in enumerate(TYPED):
            ask(page, QUESTIONS[kind], turns=place + 1)
        found["as typed"] = alive(page)
        page.goto(f"{app.url}/?conversation={app.whole}")
        expect(page.get_by_test_id("stChatMessage")).to_have_count(2 * turns_kept())
        wait_until_idle(page)
        found["conversation"] = alive(page)
        shown = page.get_by_test_id("stMainBlockContainer").inner_text()
        titles = page.get_by_test_id("stSidebar").inner_text()
        for address, waits_for in (
            ("evaluation?annotateur=a", "Quel est le plafond|papier bleu"),
            ("campagnes", "Campagnes d"),
            ("questions_transmises", "Posée par"),
            ("administration", "Personnes"),
        ):
            page.goto(f"{app.url}/{address}")
            wait_until_idle(page)
            page.get_by_text(re.compile(waits_for)).filter(visible=True).first.wait_for()
            wait_until_idle(page)
            found[address] = alive(page)

        page.goto(f"{app.url}/resultats")
        wait_until_idle(page)  # a list that opens while the page is drawn closes again
        page.get_by_label("Campagne", exact=True).click()
        page.get_by_role("option", name=re.compile("notée")).click()
        wait_until_idle(page)
        page.get_by_role("tab", name="À revoir").click()
        page.get_by_text(re.compile("Quel est le plafond")).filter(visible=True).first.wait_for()
        found["resultats"] = alive(page)

    assert {name: elements for name, elements in found.items() if elements} == {}
    for words in ("<script>alert(5)</script>", "![suivi](", "&#60;img", "$x^2$", ":red[x]"):
        assert words in shown
    for words in ("$x^2$", ":red[x]", "$(touch zorglub)"):  # of the thirty that are listed
        assert words in titles
    assert "Traceback" not in shown


def turns_kept() -> int:
    """Count the turns that the conversation has: what says nothing is not kept."""
    return 1 + len([q for q in QUESTIONS.values() if re.search(r"\S", q.replace("\u3000", ""))])


def ask(page: Page, question: str, *, turns: int) -> None:
    wait_until_idle(page)
    box = page.get_by_placeholder("Votre question")
    box.fill(question)
    box.press("Enter")
    expect(page.get_by_test_id("stChatMessage")).to_have_count(2 * turns)
    wait_until_idle(page)


def test_exports_of_hostile_questions_open_in_a_browser_and_nothing_lives(app: Seeded) -> None:
    with chromium() as browser, open_page(browser, "about:blank") as page:
        fail_on_dialogs(page)
        for name, written in app.files.items():
            page.set_content(written)
            found = page.evaluate(
                """() => [...document.querySelectorAll(
                    'a, script, iframe, object, embed, form, svg, link, base, ' +
                    'meta[http-equiv=refresh i], img:not([src^="data:image/png;base64,"])')]
                    .map(e => e.outerHTML.slice(0, 200))"""
            )
            assert found == [], name
    assert len(app.files) >= 25
