"""The page of those who rate, by Streamlit's own test runner; keys are tried in a browser."""

import json
from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assistant.accounts.records import Person
from assistant.evaluating.campaign_records import (
    ArticleRef,
    CampaignPlan,
    CitationVerdict,
    Marks,
    Preference,
    RatingState,
    SentenceVerdict,
    TaskKind,
)
from assistant.evaluating.criteria import DEFAULT_CRITERIA
from assistant.ui.evaluation import rating, reviewing
from assistant.ui.evaluation.marks_form import Given, Marking, form_of, read_given
from assistant.ui.session import services as shared
from assistant.wiring import Services

from .campaign_data import (
    ALI,
    ALL_FIVE,
    BADIA,
    MARKS,
    SECRET,
    answer_content,
    keep_answers,
    keep_people,
)
from .conftest import ROOT

PAGE = str(ROOT / "pages" / "evaluation.py")


class OneSecond(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "OneSecond":
        return cls(2026, 11, 27, 12, tzinfo=tz)


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """The services of the screens, with four people beside the local administrator."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ASSISTANT_MODEL", "extractive")
    keep_people(shared().database)
    yield shared()
    shared.close()


@pytest.fixture
def me(opened: Services) -> Person:
    return opened.accounts.people.local()


def open_campaign(opened: Services, *, count: int = 3, **plan: Any) -> int:
    evaluation = opened.evaluation
    campaign = evaluation.campaigns.create(CampaignPlan("Novembre", **plan), by=None)
    evaluation.items.add_answers(campaign.id, keep_answers(opened.database, count))
    return evaluation.campaigns.open(campaign.id).id


def run() -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60).run()
    assert not page.exception
    assert not page.error
    return page


def marking(kind: TaskKind = TaskKind.RATING, **changes: Any) -> Marking:
    two = [answer_content("Quel délai ?", model="")] * (2 if kind is TaskKind.COMPARISON else 1)
    given: dict[str, Any] = {
        "item_id": 7,
        "kind": kind,
        "answers": two,
        "criteria": DEFAULT_CRITERIA if kind is TaskKind.RATING else (),
        "marks": Marks(),
        "state": "à noter",
        "actions": (("submit", "Envoyer"),),
        "keys": (),
        "saves": True,
        "is_open": True,
    }
    return Marking(**given | changes)


def handed(marks: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What the browser hands over of a form, and how long it was open."""
    return {**marks, "item": 7, "visit": "v", "seconds": 12.5, **changes}


@pytest.mark.parametrize(
    "marks",
    [
        Marks(),
        MARKS,
        Marks(preference=Preference.TIE, comment="Les deux disent la même chose."),
        Marks(
            citations={"sentence-0": CitationVerdict.MISSING},
            right_articles=(ArticleRef("9-20-202", "4 bis"),),
        ),
    ],
    ids=["nothing", "rated", "compared", "corrected"],
)
def test_marks_come_back_from_the_form_as_they_went(opened: Services, marks: Marks) -> None:
    sent = json.loads(json.dumps(form_of(marking(marks=marks))["marks"]))

    assert read_given(handed(sent)) == Given(7, marks, "v", 12.5)


def test_the_form_asks_of_each_sentence_and_citation_that_stand_in_the_answer(
    opened: Services,
) -> None:
    answer = answer_content("Quel délai ?", model="")
    finding = {"kind": "not_french", "message": "Autre langue.", "serious": True}
    answer["sentences"] += [
        {"sentence": "Removed.", "labels": [], "findings": [finding]},
        {"sentence": "Sans source.", "labels": [], "findings": []},
    ]
    groups = [g for s in form_of(marking(answers=[answer]))["sections"] for g in s["groups"]]

    assert [g["key"] for g in groups if g["part"] == "sentences"] == ["0", "2"]
    assert [g["key"] for g in groups if g["part"] == "citations"] == ["1", "sentence-2"]


def test_marks_that_no_form_gives_are_refused(opened: Services) -> None:
    sent = form_of(marking())["marks"] | {"sentences": {"0": "excellent"}}

    with pytest.raises(ValueError, match="excellent"):
        read_given(handed(sent))


def test_who_rates_in_no_campaign_rates_freely(opened: Services) -> None:
    page = run()

    assert [tab.label for tab in page.tabs] == ["Notation libre"]
    assert "Votre nom de relecteur" in [field.label for field in page.text_input]


def test_a_rater_sees_the_question_the_answer_and_how_far_they_are(
    opened: Services, me: Person
) -> None:
    open_campaign(opened, raters=(me.id,), guidelines="Lisez **tout**.\n\n![espion](http://x.y/z)")

    page = run()

    shown = "".join(str(e.value) for e in page.get("html"))
    assert [tab.label for tab in page.tabs] == ["Campagnes", "Notation libre"]
    assert "Soixante-quinze jours" in shown
    assert json.loads(page.get("bidi_component")[0].proto.json)["state"] == "1 sur 3 · à noter"
    assert "0\u00a0envoyée sur 3" in page.get("progress")[0].proto.text
    guidelines = page.expander(key="guidelines").markdown[0].value
    assert guidelines.startswith("Lisez **tout**.")
    assert "![espion]" not in guidelines


def test_nothing_that_a_rater_is_sent_names_the_configuration_or_another_rater(
    opened: Services, me: Person
) -> None:
    campaign = open_campaign(opened, raters=(me.id, BADIA), overlap_share=1.0)
    for task in opened.evaluation.work.tasks(campaign, BADIA):
        comment = Marks(scores=ALL_FIVE, comment="Avis de Badia")
        opened.evaluation.work.submit(task.item_id, BADIA, comment)

    page = run()
    sent = str(page._tree) + "".join(str(block.proto) for block in page.main)

    assert SECRET not in sent
    assert "Badia" not in sent
    assert "numéro" in sent  # the questions are there


def test_each_step_is_kept_and_the_time_counted_once(
    opened: Services, me: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = open_campaign(opened, raters=(me.id,))
    item = opened.evaluation.work.tasks(campaign, me.id)[0].item_id
    session: dict[str, Any] = {}
    monkeypatch.setattr(rating.st, "session_state", session)
    steps = [Given(item, Marks({"pertinence": n}), "v", 4.0 * n) for n in (1, 2, 5)]

    for step in steps:
        rating._keep(step, me)
    rating._keep(Given(item, Marks({"pertinence": 5}), "other visit", 3.0), me)

    task = opened.evaluation.work.task(item, me.id)
    assert (task.state, task.marks.scores) == (RatingState.DRAFT, {"pertinence": 5})
    assert opened.evaluation.work.progress(campaign, me.id).seconds == pytest.approx(23.0)


def test_what_cannot_be_sent_is_said_and_the_answer_stays(
    opened: Services, me: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = open_campaign(opened, raters=(me.id,))
    item = opened.evaluation.work.tasks(campaign, me.id)[0].item_id
    session: dict[str, Any] = {}
    monkeypatch.setattr(rating.st, "session_state", session)

    rating._act("submit", Given(item, Marks({"pertinence": 5}), "v", 1.0), me)

    times, why = session[rating._HANDLED]
    assert times == 1
    assert why.startswith("Il manque une note")
    assert rating._MOVED not in session


@pytest.mark.parametrize("kind", ["next", "previous"])
def test_a_form_is_told_that_an_action_is_done_also_where_it_leads_nowhere(
    opened: Services, me: Person, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    rated = open_campaign(opened, count=1, raters=(me.id,))
    item = opened.evaluation.work.tasks(rated, me.id)[0].item_id
    session: dict[str, Any] = {}
    monkeypatch.setattr(rating.st, "session_state", session)
    given = Given(item, Marks({"pertinence": 5}), "v", 1.0)

    rating._act(kind, given, me)
    reviewing._act(kind, given, me, [item])

    assert (session[rating._ITEM], session[reviewing._ITEM]) == (item, item)
    assert (session[rating._HANDLED], session[reviewing._HANDLED]) == ((1, ""), (1, ""))


def test_two_steps_in_one_second_do_not_look_alike_to_the_browser(
    opened: Services, me: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same data is not sent again: the form would say for ever that it is being saved."""
    campaign = open_campaign(opened, count=1, raters=(me.id,))
    item = opened.evaluation.work.tasks(campaign, me.id)[0].item_id
    session: dict[str, Any] = {}
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr(rating.st, "session_state", session)
    monkeypatch.setattr(rating, "datetime", OneSecond)
    monkeypatch.setattr(rating, "ask_marks", lambda m, **_: shown.append(form_of(m)))

    for score in (4, 5):
        rating._keep(Given(item, Marks({"pertinence": score}), "v", 1.0), me)
        rating._ask.__wrapped__(opened.evaluation.work.task(item, me.id), me)

    assert shown[0]["state"] == shown[1]["state"]
    assert shown[0] != {**shown[1], "marks": shown[0]["marks"]}


def test_after_sending_the_next_answer_comes_and_after_the_last_thanks(
    opened: Services, me: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = open_campaign(opened, count=2, raters=(me.id,))
    first, second = [t.item_id for t in opened.evaluation.work.tasks(campaign, me.id)]
    session: dict[str, Any] = {}
    with monkeypatch.context() as patched:
        patched.setattr(rating.st, "session_state", session)
        rating._act("submit", Given(first, Marks(ALL_FIVE), "v", 1.0), me)
        assert session[rating._ITEM] == second
        rating._act("discard", Given(second, Marks(comment="Hors sujet"), "v", 1.0), me)
        assert session[rating._ITEM] is None

    assert "Merci" in run().success[0].value


def test_a_reviewer_sees_the_ratings_without_names_and_decides(
    opened: Services, me: Person
) -> None:
    campaign = open_campaign(
        opened, count=1, raters=(ALI, BADIA), reviewers=(me.id,), overlap_share=1.0
    )
    [task] = opened.evaluation.work.tasks(campaign, ALI)
    low = Marks({**ALL_FIVE, "exactitude": 1}, {0: SentenceVerdict.WRONG}, comment="Faux")
    opened.evaluation.work.submit(task.item_id, ALI, low)
    opened.evaluation.work.submit(task.item_id, BADIA, Marks(ALL_FIVE))

    page = run()

    [tab] = [tab for tab in page.tabs if tab.label == "Arbitrage"]
    shown = "".join(str(e.value) for e in tab.get("html"))
    assert "à trancher · écart 14\u00a0%" in page.selectbox(key="review-item").options[0]
    assert '<tr class="ecart"><th scope="row">Exactitude</th>' in shown
    assert "Faux" in shown
    assert SECRET not in shown
    assert "Ali" not in shown
    assert "Badia" not in shown
