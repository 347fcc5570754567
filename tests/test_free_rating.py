"""Rating outside of campaigns, where people sign in: each under their own login."""

import pytest
from streamlit.testing.v1 import AppTest

from assistant.accounts.people import NewPerson
from assistant.accounts.records import Person, Role
from assistant.storage.tables import CRITERIA
from assistant.wiring import Services

from .campaign_data import keep_answers
from .office import PASSWORD
from .opened_app import click
from .test_account_pages import chief, open_page, services

__all__ = ["chief", "services"]


@pytest.fixture
def badia(services: Services, chief: Person) -> Person:
    new = NewPerson("badia", "Badia B.", Role.ANNOTATOR, password=PASSWORD)
    return services.accounts.people.create(new, by=chief)


@pytest.fixture
def raters(services: Services, chief: Person, badia: Person) -> dict[str, Person]:
    """Two people by their logins, who rated the same answer."""
    [answer_id] = keep_answers(services.database, 1)
    for person in (badia, chief):
        services.ratings.rate(answer_id, person.login, dict.fromkeys(CRITERIA, 4))
    return {person.login: person for person in (badia, chief)}


def rate(page: AppTest) -> None:
    for radio in page.radio:
        radio.set_value(4)
    click(page, "Enregistrer et passer à la suivante")


def test_nobody_rates_under_another_name(
    services: Services, badia: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_answers(services.database, 1)
    page = open_page(services, badia, "evaluation", monkeypatch)
    page.query_params["annotateur"] = "amina"
    page.run()

    asked = [field.label for field in page.text_input]
    rate(page)

    assert asked == []
    assert [row["annotator"] for row in services.ratings.rows()] == ["badia"]


@pytest.mark.parametrize(("who", "whose"), [("badia", ["badia"]), ("chef", ["badia", "chef"])])
def test_one_exports_ones_own_ratings_and_an_administrator_all_once_they_are_asked_for(
    services: Services,
    raters: dict[str, Person],
    monkeypatch: pytest.MonkeyPatch,
    who: str,
    whose: list[str],
) -> None:
    made: list[str | None] = []
    write = services.ratings.export_csv

    def export_csv(annotator: str | None = None) -> str:
        made.extend(row["annotator"] for row in services.ratings.rows(annotator))
        return write(annotator)

    monkeypatch.setattr(services.ratings, "export_csv", export_csv)

    page = open_page(services, raters[who], "evaluation", monkeypatch)
    before = [*page.get("download_button"), *made]
    page.session_state["export-ratings"] = True
    page.run()

    assert before == []
    assert len(page.get("download_button")) == 2
    assert made == whose
