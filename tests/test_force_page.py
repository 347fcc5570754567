"""Dates of force on the page of documents, run by Streamlit's own test runner."""

import pytest
from streamlit.testing.v1 import AppTest

from assistant.records import Instrument, Status
from assistant.searching.instruments import shipped_instruments
from assistant.ui.session import services as shared

from .opened_app import CEILING, DOCUMENTS, app, click, data_dir, empty_app, shown

__all__ = ["app", "data_dir", "empty_app"]
NUMBER = "9-20-202"


@pytest.fixture
def form(app: AppTest) -> AppTest:
    """The form of the specimen that is in force, opened."""
    return open_form(app.switch_page(DOCUMENTS).run())


def document_id() -> str:
    [found] = [d.id for d in shared().library.documents() if d.instrument.number == NUMBER]
    return found


def open_form(page: AppTest) -> AppTest:
    return page.toggle(key=f"force-{document_id()}").set_value(True).run()


def fill(form: AppTest, **fields: str) -> AppTest:
    for name, text in fields.items():
        form.text_input(key=f"force-{document_id()}-{name}").set_value(text)
    return click(form, "Enregistrer ces dates")


def test_documents_say_since_when_they_are_in_force_and_who_says_so(app: AppTest) -> None:
    page = shown(app.switch_page(DOCUMENTS).run())

    assert "En vigueur depuis le 01/01/2021. Source : Spécimen : texte fictif." in page
    assert "Abrogé le 01/01/2021" in page


def test_dates_that_are_saved_are_shown_and_apply_at_once(form: AppTest) -> None:
    fill(
        form,
        repealed="1er février 2026",
        by="décret n° 9-26-303 du 5 janvier 2026",
        rule="Les procédures en cours restent soumises à ce décret",
        source="Article 9 du décret n° 9-26-303",
    )

    page = shown(form)
    assert "abrogé le 01/02/2026 par le texte suivant : décret n° 9-26-303" in page
    assert "Les procédures en cours restent soumises à ce décret." in page
    assert "Source : Article 9 du décret n° 9-26-303." in page
    answer = shared().answering.ask(CEILING, within=NUMBER)
    assert answer.regime.status is Status.REPEALED
    assert not form.error
    assert not form.toggle(key=f"force-{document_id()}").value


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"start": "31/02/2021", "source": "JO"}, "« 31/02/2021 » n’est pas une date possible"),
        ({"repealed": "01/01/2020", "source": "JO"}, "doit être postérieure à l’entrée en vigueur"),
        ({"repealed": "01/02/2026"}, "La source manque"),
        ({"number": ""}, "n’est pas un numéro de texte"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence_and_stays_in_the_form(
    form: AppTest, fields: dict[str, str], sentence: str
) -> None:
    fill(form, **fields)

    assert sentence in shown(form)
    assert shared().instruments.instruments().known == tuple(
        sorted(shipped_instruments().known, key=lambda k: (k.family, k.start))
    )
    name, text = next(iter(fields.items()))
    assert form.text_input(key=f"force-{document_id()}-{name}").value == text


def test_what_somebody_else_saved_meanwhile_is_shown_before_it_is_replaced(form: AppTest) -> None:
    store = shared().instruments
    known = store.kept(NUMBER).known
    assert known is not None
    store.save(known, seen=store.kept(NUMBER).revision)

    fill(form, start="01/01/2022", source="La seconde")

    assert "modifié par une autre personne" in shown(form)
    assert store.kept(NUMBER).known == known
    click(form, "Enregistrer ces dates")
    assert "En vigueur depuis le 01/01/2022. Source : La seconde." in shown(form)


def test_the_known_data_can_be_had_back(form: AppTest) -> None:
    fill(form, title="Décret n° 9-20-202 du spécimen", start="01/01/2022", source="Erreur")
    changed = shared().answering.ask(CEILING, within=NUMBER).citations[0].instrument_name

    click(open_form(form), "Rétablir les données d’origine")

    assert changed == "Décret n° 9-20-202 du spécimen"
    assert "En vigueur depuis le 01/01/2021" in shown(form)
    assert shared().instruments.kept(NUMBER).known == shipped_instruments().find(NUMBER)
    assert "du spécimen" not in shared().library.searched_documents()[0].instrument.title


def test_a_text_that_was_misread_gets_its_number_and_its_dates(form: AppTest) -> None:
    key = f"force-{document_id()}"
    fill(
        form,
        number="754-24",
        title="Arrêté n° 754-24 du 2 avril 2024 fixant les seuils",
        start="1er mai 2024",
        source="Article 3",
    )

    assert "Arrêté n° 754-24 du 2 avril 2024 : en vigueur depuis le 01/05/2024." in shown(form)
    [document] = [d for d in shared().library.documents() if key.endswith(d.id)]
    assert document.instrument == Instrument(
        "754-24", "Arrêté n° 754-24 du 2 avril 2024 fixant les seuils"
    )
    assert shared().answering.ask(CEILING, within="754-24").citations[0].instrument == "754-24"
    assert shared().instruments.kept(NUMBER).known == shipped_instruments().find(NUMBER)
