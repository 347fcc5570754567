"""The pages of campaigns and results, by Streamlit's own test runner."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.accounts.people import NewPerson
from assistant.accounts.records import Person, Role
from assistant.evaluating.campaign_records import (
    CampaignPlan,
    CampaignState,
    Marks,
    Preference,
    TaskKind,
)
from assistant.storage.tables import CRITERIA
from assistant.ui import identity
from assistant.ui.evaluation.following import spent
from assistant.ui.session import services as shared
from assistant.wiring import Services

from .campaign_data import ALI, ALL_FIVE, BADIA, CHAMA, DRISS, keep_answers, keep_people
from .campaign_data import open_campaign as open_one
from .conftest import ROOT

FREE = "Notation libre, hors campagne"
QUESTIONS = b"identifiant;question;articles\n1;Quel est le plafond des bons de commande ?;7\n2;;3\n"


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ASSISTANT_MODEL", "extractive")
    keep_people(shared().database)
    yield shared()
    shared.close()


@pytest.fixture
def me(opened: Services) -> Person:
    return opened.accounts.people.local()


def page_of(name: str, **state: object) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=60)
    for key, value in state.items():
        page.session_state[key.replace("_", "-")] = value
    page.run()
    assert not page.exception
    return page


def click(page: AppTest, label: str) -> AppTest:
    [button] = [b for b in page.button if b.label == label]
    page = button.click().run()
    assert not page.exception
    return page


def shown(page: AppTest) -> str:
    texts = [str(e.value) for kind in ("html", "caption", "markdown") for e in page.get(kind)]
    return "\n".join(texts).replace("\u00a0", " ").replace("\\", "")


def rate_all(opened: Services, campaign: int, person: int, **scores: int) -> None:
    for task in opened.evaluation.work.tasks(campaign, person):
        marks = Marks({**ALL_FIVE, **scores}, comment=f"De {person}")
        opened.evaluation.work.submit(task.item_id, person, marks)


def test_a_campaign_is_made_filled_opened_and_closed(opened: Services) -> None:
    keep_answers(opened.database, 4)
    page = page_of("campagnes", campaign_new_0=True)
    page.text_input(key="new-0-name").set_value("Novembre 2026")
    page.multiselect(key="new-0-raters").set_value([ALI, BADIA])
    page.multiselect(key="new-0-reviewers").set_value([DRISS])
    page.number_input(key="new-0-share").set_value(50)
    page = click(page, "Créer la campagne")
    [campaign] = opened.evaluation.campaigns.all()
    assert campaign.plan.raters == (ALI, BADIA)
    assert (campaign.plan.overlap_share, campaign.plan.reviewers) == (0.5, (DRISS,))
    assert "Avant de noter" in campaign.plan.guidelines

    assert "Tirage parmi 4 réponses" in shown(page)
    page = click(click(page, "Tirer et ajouter"), "Ouvrir la campagne")
    assert "ouverte" in page.success[0].value
    assert '<th scope="row">Badia (Badia)</th><td>3</td><td>0</td>' in shown(page)

    page = click(page, "Clôturer")
    assert opened.evaluation.campaigns.get(campaign.id).state is CampaignState.OPEN
    click(page, "Clôturer définitivement")
    assert opened.evaluation.campaigns.get(campaign.id).state is CampaignState.CLOSED


def test_what_cannot_be_opened_says_why(opened: Services) -> None:
    page = page_of("campagnes", campaign_new_0=True)
    page.text_input(key="new-0-name").set_value("Vide")
    page = click(click(page, "Créer la campagne"), "Ouvrir la campagne")

    assert "elle n’a rien à noter" in page.error[0].value.replace("\\", "")


def test_criteria_of_ones_own_are_kept_with_their_anchors(opened: Services) -> None:
    page = page_of("campagnes", campaign_new_0=True, new_0_own=True)
    page.text_input(key="new-0-name").set_value("Clarté")
    added = {"Nom court": "clarte", "Nom": "Clarté", **{str(n): f"Niveau {n}" for n in range(1, 6)}}
    page.session_state["new-0-criteria"] = {
        "edited_rows": {},
        "added_rows": [added],
        "deleted_rows": list(range(7)),
    }
    click(page, "Créer la campagne")

    [campaign] = opened.evaluation.campaigns.all()
    [criterion] = campaign.plan.criteria
    assert (criterion.key, criterion.anchors[4]) == ("clarte", "Niveau 5")


@pytest.mark.parametrize("compares", [False, True])
def test_a_question_file_is_answered_by_the_chosen_configurations(
    opened: Services, specimens: list[Path], compares: bool
) -> None:
    for path in specimens:
        opened.library.ingest(path.name, path.read_bytes())
    campaign = opened.evaluation.campaigns.create(CampaignPlan("Fichier", raters=(ALI,)), by=None)
    page = page_of("campagnes", **{f"fill_{campaign.id}": "Fichier de questions"})
    page.file_uploader(key=f"file-{campaign.id}").upload("questions.csv", QUESTIONS).run()
    assert "la question est vide" in page.warning[0].value
    names = page.multiselect(key=f"file-{campaign.id}-variants").options[:2]
    page.multiselect(key=f"file-{campaign.id}-variants").set_value(names).run()
    page.toggle(key=f"file-{campaign.id}-compares").set_value(compares).run()

    click(page, "Faire répondre et ajouter")

    opened.evaluation.campaigns.open(campaign.id)
    tasks = opened.evaluation.work.tasks(campaign.id, ALI)
    kinds = {opened.evaluation.work.task(task.item_id, ALI).kind for task in tasks}
    assert (len(tasks), kinds) == (
        (1, {TaskKind.COMPARISON}) if compares else (2, {TaskKind.RATING})
    )


def test_results_are_shown_with_their_figures_in_tables_beside_the_drawings(
    opened: Services,
) -> None:
    ids = keep_answers(opened.database, 4)
    campaign = open_one(opened.evaluation, ids, overlap_share=1.0).id
    rate_all(opened, campaign, ALI)
    rate_all(opened, campaign, BADIA, fluidite=2)

    page = page_of("resultats")

    assert "ces chiffres sont provisoires" in shown(page)
    assert len(page.get("vega_lite_chart")) == 2
    assert all(chart.proto.alt for chart in page.get("vega_lite_chart"))
    assert re.search(r"Fluidité</th><td>3,50 \[3,50 ; 3,50\]</td><td>0</td><td>4<", shown(page))
    tabs = [tab.label for tab in page.tabs]
    assert tabs == ["Notes", "Par groupe", "Accord", "À revoir", "Évolution", "Exports"]


def test_each_part_of_the_results_opens(opened: Services) -> None:
    ids = keep_answers(opened.database, 4)
    campaign = open_one(opened.evaluation, ids, overlap_share=1.0).id
    rate_all(opened, campaign, ALI)
    rate_all(opened, campaign, BADIA, exactitude=3)
    parts = {
        "Par groupe": "Llama secret 4 bits (4 réponses, 8 notes)",
        "Accord": "Ali et Badia",
        "À revoir": "De 1",
        "Évolution": "Moyennes par version",
        "Exports": "un fichier autonome",
    }
    page = page_of("resultats")

    for tab, expected in parts.items():
        page.session_state[f"results-{campaign}"] = tab
        page.run()
        assert not page.error
        assert expected in shown(page)
    assert len(page.get("download_button")) == 4


def test_preferences_are_drawn_and_one_rater_is_not_measurable(opened: Services) -> None:
    first = keep_answers(opened.database, 2)
    second = keep_answers(opened.database, 2, configuration="Autre", prefix="b")
    campaign = opened.evaluation.campaigns.create(CampaignPlan("Fichier", raters=(ALI,)), by=None)
    pairs = list(zip(first, second, strict=True))
    opened.evaluation.items.add_comparisons(campaign.id, pairs)
    opened.evaluation.campaigns.open(campaign.id)
    for task in opened.evaluation.work.tasks(campaign.id, ALI):
        opened.evaluation.work.submit(task.item_id, ALI, Marks(preference=Preference.TIE))

    page = page_of("resultats")
    assert "Préférences" in shown(page)
    assert "<td>0</td><td>0</td><td>2</td>" in shown(page)

    page = page_of("resultats", **{f"results_{campaign.id}": "Accord"})
    assert re.search(r"<td class=\"text\">non mesurable : [a-zé]", shown(page))


def test_who_rates_in_an_open_campaign_sees_no_results(opened: Services, me: Person) -> None:
    ids = keep_answers(opened.database, 2)
    campaign = open_one(opened.evaluation, ids, raters=(me.id, BADIA), overlap_share=1.0)
    rate_all(opened, campaign.id, BADIA)

    page = page_of("resultats")

    assert "vous seront montrés une fois qu’elle sera close" in page.error[0].value
    assert "Badia" not in shown(page)


def test_an_annotator_sees_the_results_of_their_closed_campaigns_alone(
    opened: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = NewPerson("eve", "Eve", Role.ANNOTATOR)
    eve = opened.accounts.people.create(new)
    monkeypatch.setattr(identity, "person", lambda: eve)
    ids = keep_answers(opened.database, 3)
    mine = open_one(opened.evaluation, ids, name="La mienne", raters=(eve.id, BADIA))
    other = open_one(opened.evaluation, ids, name="Une autre", raters=(CHAMA,))
    again = open_one(opened.evaluation, ids, name="La mienne", raters=(CHAMA,))  # still open
    for campaign in (mine, other, again):
        rate_all(opened, campaign.id, campaign.plan.raters[0])
    assert "Aucun résultat à voir" in page_of("resultats").info[0].value

    opened.evaluation.campaigns.close(mine.id)
    opened.evaluation.campaigns.close(other.id)

    page = page_of("resultats")
    assert page.selectbox(key="results-campaign").options == ["La mienne · close"]
    page = page_of("resultats", **{f"results_{mine.id}": "Évolution"})
    assert shown(page).count("La mienne") == 1
    assert "Une autre" not in shown(page)
    page = page_of("resultats", **{f"results_{mine.id}": "Exports"})
    assert len(page.get("download_button")) == 3


def test_ratings_outside_of_campaigns_are_shown_to_an_administrator_who_rates_in_none(
    opened: Services, me: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = keep_answers(opened.database, 3)
    for place, answer in enumerate(answers):  # under a name without an account, as once
        opened.ratings.rate(
            answer, "Amina B.", {**dict.fromkeys(CRITERIA, 4), "fluidite": place + 1}
        )

    page = page_of("resultats")
    assert page.selectbox(key="results-campaign").options == [FREE]
    assert [metric.value for metric in page.metric] == ["3", "3", "1"]
    assert "Fluidité</th><td>2,00 [" in shown(page)
    assert (
        "Pertinence</th><td>4,00 [4,00 ; 4,00]</td><td>0</td><td>0</td><td>0</td><td>3<"
        in shown(page)
    )

    eve = opened.accounts.people.create(NewPerson("eve", "Eve", Role.ANNOTATOR))
    campaign = open_one(opened.evaluation, answers, raters=(me.id, eve.id))
    assert FREE not in page_of("resultats").selectbox(key="results-campaign").options
    opened.evaluation.campaigns.close(campaign.id)
    assert FREE in page_of("resultats").selectbox(key="results-campaign").options
    monkeypatch.setattr(identity, "person", lambda: eve)
    assert FREE not in page_of("resultats").selectbox(key="results-campaign").options


@pytest.mark.parametrize(
    ("seconds", "written"), [(0.4, "0 s"), (59, "59 s"), (61, "1 min"), (11_100, "3 h 05")]
)
def test_time_spent_is_written_shortly(seconds: float, written: str) -> None:
    assert spent(seconds).replace("\u00a0", " ") == written
