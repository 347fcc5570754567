"""The forms by which people come in, as pages of their own that need no script."""

from dataclasses import dataclass
from html import escape
from string import Template

from starlette.responses import HTMLResponse

from assistant.accounts.passwords import SHORTEST
from assistant.ui.places import HERE
from assistant.ui.text import typeset

HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "referrer-policy": "same-origin",  # an invitation's address is a secret
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form."""

    name: str
    label: str
    autocomplete: str
    kind: str = "text"
    value: str = ""
    hint: str = ""
    fixed: bool = False  # shown, for people and password managers, and not changed


@dataclass(frozen=True, slots=True)
class Form:
    """A form, sent to the address that shows it unless another is given."""

    fields: tuple[Field, ...]
    button: str
    action: str = ""
    other_way: tuple[str, str] | None = None  # label and address of a link below


LOGIN = Field("login", "Identifiant", "username")
PASSWORD = Field("password", "Mot de passe", "current-password", "password")
NAME = Field("name", "Prénom et nom", "name")
NEW_LOGIN = Field("login", "Identifiant", "username", hint="Sans accent ni espace : amina.b")
NEW_PASSWORD = Field(
    "password",
    "Mot de passe",
    "new-password",
    "password",
    hint=f"Au moins {SHORTEST} caractères ; une phrase de quatre mots sans rapport convient.",
)
AGAIN = Field("again", "Mot de passe, une seconde fois", "new-password", "password")


def page(
    title: str, form: Form | None = None, *, notice: str = "", error: str = "", status: int = 200
) -> HTMLResponse:
    """Give a page with a form; every text given is shown literally."""
    notices = f"<p>{_shown(notice)}</p>" if notice else ""
    if error:
        notices += f'<p class="bad" role="alert" id="erreur">{_shown(error)}</p>'
    text = Template((HERE / "sign_in.html").read_text("utf-8")).substitute(
        title=_shown(title), notice=notices, body=_form(form, wrong=bool(error)) if form else ""
    )
    return HTMLResponse(text, status, HEADERS)


def _form(form: Form, *, wrong: bool) -> str:
    first = next((field for field in form.fields if not field.fixed), None)
    fields = "\n".join(_field(f, first=f is first, wrong=wrong) for f in form.fields)
    action = f' action="{escape(form.action)}"' if form.action else ""
    link = ""
    if form.other_way:
        label, address = form.other_way
        link = f'\n<a class="button" href="{escape(address)}">{_shown(label)}</a>'
    return (
        f'<form method="post"{action}>\n{fields}\n'
        f'<button type="submit">{_shown(form.button)}</button>\n</form>{link}'
    )


def _field(field: Field, *, first: bool, wrong: bool) -> str:
    name = escape(field.name)
    described = [*(["erreur"] if wrong else []), *([f"aide-{name}"] if field.hint else [])]
    attributes = f' aria-describedby="{" ".join(described)}"' if described else ""
    attributes += " autofocus" if first else ""
    attributes += " readonly" if field.fixed else ""
    hint = f'<p class="hint" id="aide-{name}">{_shown(field.hint)}</p>' if field.hint else ""
    return (
        f'<div class="field"><label for="{name}">{_shown(field.label)}</label>'
        f'<input id="{name}" name="{name}" type="{field.kind}" value="{escape(field.value)}"'
        f' autocomplete="{field.autocomplete}" autocapitalize="none" spellcheck="false"'
        f" required{attributes}>{hint}</div>"
    )


def _shown(text: str) -> str:
    return escape(typeset(text))
