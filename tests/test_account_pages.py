"""The pages of accounts, run by Streamlit's own test runner on real services."""

import csv
import io
import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from assistant.accounts.people import NewPerson
from assistant.accounts.records import Permission, Person, Role
from assistant.errors import NotSignedIn
from assistant.ui import identity
from assistant.ui.keys import PERMISSIONS
from assistant.ui.open_sessions import browser_name
from assistant.ui.session import services as shared
from assistant.wiring import Services, open_services

from .conftest import ROOT, make_settings
from .office import PASSWORD, QUICK
from .opened_app import click, shown


@pytest.fixture
def services(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Services]:
    opened = open_services(make_settings(tmp_path_factory.mktemp("accounts"), accounts=True))
    opened.accounts.people._passwords._hasher = QUICK
    monkeypatch.setattr(shared, "_services", opened)
    yield opened
    opened.close()


@pytest.fixture
def chief(services: Services) -> Person:
    new = NewPerson("chef", "Le chef", Role.ADMINISTRATOR, password=PASSWORD)
    return services.accounts.people.create(new)


@pytest.fixture
def amina(services: Services, chief: Person) -> Person:
    new = NewPerson("amina", "Amina B.", Role.READER, password=PASSWORD)
    return services.accounts.people.create(new, by=chief)


def open_page(
    services: Services, who: Person, name: str, monkeypatch: pytest.MonkeyPatch
) -> AppTest:
    """Sign somebody in, and open a page before them."""
    accounts = services.accounts
    cookie = accounts.cookie.write(accounts.sessions.open(who, browser="Firefox/130 (Windows)"))
    monkeypatch.setattr(identity, "read_cookie", lambda: cookie)
    return AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=60).run()


@pytest.fixture
def administration(
    services: Services, chief: Person, amina: Person, monkeypatch: pytest.MonkeyPatch
) -> AppTest:
    return open_page(services, chief, "administration", monkeypatch)


def section(page: AppTest, name: str) -> AppTest:
    page.session_state["administration"] = name
    return page.run()


def test_somebody_invited_gets_a_link_that_is_shown_once_and_serves_once(
    services: Services, administration: AppTest
) -> None:
    administration.text_input[0].set_value("Omar Tazi")
    administration.text_input[1].set_value("omar")
    administration.radio(key="new-role-0").set_value(Role.ANNOTATOR)
    click(administration, "Créer le compte et son lien d’accès")

    [link] = administration.code
    assert administration.text_input[1].value == ""  # nobody is let in twice by mistake
    invitations = services.accounts.invitations
    token = link.value.partition("?jeton=")[2]
    assert invitations.find(token).role is Role.ANNOTATOR
    assert not administration.run().code
    omar = invitations.accept(token, PASSWORD)
    assert services.accounts.signing_in.check("omar", PASSWORD) == omar
    with pytest.raises(NotSignedIn, match="Ce lien ne sert pas"):
        invitations.accept(token, PASSWORD)


def test_a_new_link_replaces_the_one_before_and_opens_a_closed_login(
    services: Services, chief: Person, amina: Person
) -> None:
    accounts = services.accounts
    for _ in range(5):
        with pytest.raises(NotSignedIn):
            accounts.signing_in.check("amina", "un tout autre mot")
    first, second = (accounts.invitations.invite(amina.id, by=chief) for _ in range(2))

    with pytest.raises(NotSignedIn):
        accounts.invitations.find(first)
    accounts.invitations.accept(second, "cinq mots bien choisis")

    assert accounts.signing_in.check("amina", "cinq mots bien choisis") == amina


def test_a_login_that_is_taken_is_refused_in_a_sentence(administration: AppTest) -> None:
    administration.text_input[0].set_value("Une autre")
    administration.text_input[1].set_value("AMINA")
    click(administration, "Créer le compte et son lien d’accès")

    assert "a déjà un compte" in administration.error[0].value
    assert not administration.code


def test_an_administrator_changes_a_role_and_lets_somebody_out(
    services: Services, administration: AppTest, amina: Person
) -> None:
    radio = administration.radio(key=f"role-of-{amina.id}-lecteur")
    radio.set_value(Role.MANAGER)
    [save] = [b for b in administration.button if b.form_id == radio.form_id]
    save.click().run()
    assert "amina · gestionnaire" in "".join(e.label for e in administration.expander)

    administration.button(key=f"switch-{amina.id}-True").click().run()

    [_, account] = sorted(services.accounts.people.accounts(), key=lambda a: a.person.id)
    assert (account.person.role, account.enabled) == (Role.MANAGER, False)


def test_the_last_administrator_cannot_lessen_themselves(
    administration: AppTest, chief: Person
) -> None:
    radio = administration.radio(key=f"role-of-{chief.id}-administrateur")
    radio.set_value(Role.READER)
    [save] = [b for b in administration.button if b.form_id == radio.form_id]
    save.click().run()

    assert "aucun administrateur" in administration.error[0].value


def test_an_administrator_sees_what_is_searched_kept_and_asked(
    services: Services, administration: AppTest
) -> None:
    with (services.settings.data_dir / "reserved").open("wb") as file:
        file.truncate(10**9)  # a length that takes no room on the disk, as the index has
    state = shown(section(administration, "État"))
    assert re.search(r"SQLite\n.*Dossier : .*, \d{1,2} Mo", state)
    for said in ("0 document", "Qdrant Edge", "Aucun. ASSISTANT_CONTACT", "sans limite"):
        assert said in state
    assert "Aucune question" in shown(section(administration, "Usage"))

    services.answering.ask("Quel est le plafond des bons de commande ?")

    assert "<td>extractive</td>" in shown(administration.run())
    assert not administration.exception


def test_an_administrator_ends_sessions_and_revokes_keys(
    services: Services, administration: AppTest, amina: Person
) -> None:
    token = services.accounts.sessions.open(amina)
    key = services.accounts.keys.create("relevé", [Permission.ASK], of=amina)
    [session] = services.accounts.sessions.of(amina)

    section(administration, "Sessions").button(key=f"end-{session.id}").click().run()
    click(section(administration, "Clés"), "Révoquer")

    assert services.accounts.sessions.find(token) is None
    assert services.accounts.keys.find(key) is None


def test_the_journal_is_shown_searched_and_exported(
    services: Services, administration: AppTest, amina: Person
) -> None:
    services.accounts.audit.note("=somme(A1)", by=amina, subject="<b>gras</b>")

    page = section(administration, "Journal")
    assert "&lt;b&gt;gras&lt;/b&gt;" in shown(page)
    assert "Compte créé" in shown(page)
    page.text_input(key="audit-search").set_value("rien de tel").run()
    assert "Aucune ligne." in shown(page)

    assert not page.get("download_button")  # the whole log is read once somebody wants it
    page.text_input(key="audit-search").set_value("").run()
    page.session_state["audit-file"] = True
    page.run()
    [file] = page.get("download_button")
    assert file.proto.label == "Télécharger le journal en CSV"
    rows = list(csv.DictReader(io.StringIO(services.accounts.audit.export_csv())))
    assert [row["action"] for row in rows] == ["person_created", "person_created", "'=somme(A1)"]


@pytest.fixture
def account(services: Services, amina: Person, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return open_page(services, amina, "mon_compte", monkeypatch)


def change_password(page: AppTest, *values: str) -> AppTest:
    for field, value in zip(page.text_input[:3], values, strict=True):
        field.set_value(value)
    return click(page, "Changer le mot de passe")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ((PASSWORD, "cinq mots bien choisis", "six mots bien choisis"), "diffèrent"),
        (("faux", "cinq mots bien choisis", "cinq mots bien choisis"), "actuel n’est pas"),
        ((PASSWORD, "court", "court"), "compte 5 caractères"),
    ],
)
def test_a_password_that_cannot_be_changed_is_explained(
    account: AppTest, values: tuple[str, ...], sentence: str
) -> None:
    change_password(account, *values)

    assert sentence in account.error[0].value
    assert not account.success


def test_one_changes_ones_password(services: Services, account: AppTest, amina: Person) -> None:
    change_password(account, PASSWORD, "cinq mots bien choisis", "cinq mots bien choisis")

    assert "est changé" in account.success[0].value
    assert services.accounts.signing_in.check("amina", "cinq mots bien choisis") == amina


def test_one_ends_ones_other_sessions_and_not_this_one(
    services: Services, account: AppTest, amina: Person
) -> None:
    services.accounts.sessions.open(amina)
    click(account.run(), "Terminer")

    [left] = services.accounts.sessions.of(amina)
    assert left.browser == "Firefox/130 (Windows)"
    assert "**cette session**" in shown(account)


def test_a_key_is_offered_the_rights_that_the_api_asks_for_and_no_others(
    services: Services, chief: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "".join(path.read_text("utf-8") for path in (ROOT / "assistant/api").glob("*.py"))
    asked = {Permission[name] for name in re.findall(r"caller\(Permission\.(\w+)\)", text)}

    page = open_page(services, chief, "mon_compte", monkeypatch)

    assert set(page.multiselect[0].options) == {PERMISSIONS[permission] for permission in asked}


def test_ones_key_is_shown_once_and_can_be_revoked(services: Services, account: AppTest) -> None:
    account.text_input[3].set_value("relevé du matin")
    click(account, "Créer la clé")
    [key] = account.code
    found = services.accounts.keys.find(key.value)
    assert found is not None
    assert found.permissions == {Permission.ASK}

    click(account, "Révoquer")

    assert not account.code
    assert services.accounts.keys.find(key.value) is None


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/5 Chrome/130 Safari/5 Edg/130",
            "Edge sur Windows",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/2 Firefox/130.0", "Firefox sur Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) Version/18 Safari/6",
            "Safari sur iPhone",
        ),
        ("curl/8", "Navigateur inconnu"),
    ],
)
def test_a_browser_is_named_as_people_name_it(agent: str, name: str) -> None:
    assert browser_name(agent) == name


def test_administrators_see_what_is_loaded(services: Services, administration: AppTest) -> None:
    services.writer()

    page = section(administration, "Modèle")

    assert "aucun modèle dans la mémoire de cette machine" in shown(page)
    assert "Réglé : ASSISTANT_MODEL=extractive, 4 bits." in shown(page)
