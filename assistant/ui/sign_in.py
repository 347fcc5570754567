"""Signing in: plain pages that set the cookie, which no Streamlit screen can."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from assistant.accounts.cookie import NAME as COOKIE
from assistant.accounts.opening import Accounts
from assistant.accounts.people import NewPerson
from assistant.accounts.records import Person, Role
from assistant.accounts.requests import (
    address_of,
    is_from_this_machine,
    is_same_origin,
    is_secure,
    page_of_ours,
)
from assistant.errors import (
    AssistantError,
    Forbidden,
    InvalidAccount,
    NotSignedIn,
    TooManyRequests,
    report_bug,
)
from assistant.ui import organisation
from assistant.ui import sign_in_forms as forms
from assistant.ui.places import HERE
from assistant.ui.session import SharedServices

Values = dict[str, str]
Step = Callable[[Accounts, Request, Values], Response]

_LONGEST_FORM = 20_000  # bytes
_TITLE = "Connexion"
_FIRST_TITLE = "Premier démarrage"
_FIRST_ONLY_HERE = (
    "L’assistant n’a pas encore d’administrateur. Créez-le depuis la machine qui le sert, à "
    "l’adresse http://127.0.0.1 et son port, ou par ASSISTANT_ADMIN_LOGIN et "
    "ASSISTANT_ADMIN_PASSWORD avant de le démarrer."
)
_ELSEWHERE = "Cette demande ne vient pas d’une page de l’assistant. Ouvrez-le, et recommencez."
_NOT_THE_SAME = "Les deux mots de passe ne sont pas les mêmes. Recommencez."


def sign_in_routes(services: SharedServices) -> list[Route]:
    """Give the addresses by which people come in and go out."""

    def route(path: str, show: Step, send: Step | None = None) -> Route:
        async def serve(request: Request) -> Response:
            step, values = show, dict(request.query_params)
            if request.method == "POST" and send:
                step, values = send, await _read_form(request)
            return await run_in_threadpool(_guarded, services, request, step, values)

        return Route(path, serve, methods=["GET", "POST"] if send else ["GET"])

    return [
        Route("/connexion/style.css", lambda _: FileResponse(HERE / "sign_in.css")),
        Route("/connexion/icone.svg", lambda _: FileResponse(HERE / "icon.svg")),
        route("/connexion", _show_sign_in, _sign_in),
        route("/connexion/premier", _show_first, _make_first),
        route("/connexion/invitation", _show_invitation, _accept_invitation),
        route("/connexion/organisation", _show_sign_in, _take_over),
        route("/connexion/fin", _show_end, _sign_out),
    ]


def _guarded(services: SharedServices, request: Request, step: Step, values: Values) -> Response:
    """Do a step; refuses what another site sends by somebody's browser, explains what fails."""
    try:
        _refuse_other_sites(request)
        opened = services()
        if not opened.settings.accounts:
            return RedirectResponse("/", status_code=303)
        return step(opened.accounts, request, values)
    except AssistantError as error:
        return forms.page(_TITLE, error=str(error), status=_status(error))
    except Exception as error:  # noqa: BLE001 - the one place of these pages that catches
        return forms.page(_TITLE, error=report_bug(error), status=500)


async def _read_form(request: Request) -> Values:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LONGEST_FORM:
            raise HTTPException(413)
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def _refuse_other_sites(request: Request) -> None:
    if request.method == "POST" and not is_same_origin(request):
        raise Forbidden(_ELSEWHERE)


def _status(error: AssistantError) -> int:
    return {Forbidden: 403, NotSignedIn: 401, TooManyRequests: 429}.get(type(error), 503)


def _show_sign_in(accounts: Accounts, request: Request, values: Values) -> Response:
    onward = page_of_ours(values.get("suite"))
    if accounts.find(request.cookies.get(COOKIE)):
        return RedirectResponse(onward, status_code=303)
    if not accounts.people.has_administrator():
        return RedirectResponse("/connexion/premier", status_code=303)
    return forms.page(_TITLE, _sign_in_form(onward))


def _sign_in(accounts: Accounts, request: Request, values: Values) -> Response:
    onward = page_of_ours(request.query_params.get("suite"))
    login, address = values.get("login", ""), address_of(request)
    try:
        accounts.limits.take(f"sign-in {address}")
        who = accounts.signing_in.check(login, values.get("password", ""), address=address)
    except (NotSignedIn, TooManyRequests) as error:
        form = _sign_in_form(onward, login)
        return forms.page(_TITLE, form, error=str(error), status=_status(error))
    return _let_in(accounts, request, who, onward)


def _sign_in_form(onward: str, login: str = "") -> forms.Form:
    action = "/connexion" if onward == "/" else f"/connexion?{urlencode({'suite': onward})}"
    fields = (replace(forms.LOGIN, value=login[:100]), forms.PASSWORD)
    asked = f"/?{urlencode([organisation.ASKED])}"
    other_way = ("Se connecter avec le compte de l’organisation", asked)
    offered = other_way if organisation.is_configured() else None
    return forms.Form(fields, "Se connecter", action, offered)


def _show_first(accounts: Accounts, request: Request, _values: Values) -> Response:
    if accounts.people.has_administrator():
        return RedirectResponse("/connexion", status_code=303)
    if not is_from_this_machine(request):
        return forms.page(_FIRST_TITLE, error=_FIRST_ONLY_HERE, status=403)
    return forms.page(_FIRST_TITLE, _first_form({}), notice="Créez le compte de l’administrateur.")


def _make_first(accounts: Accounts, request: Request, values: Values) -> Response:
    if not is_from_this_machine(request):
        return forms.page(_FIRST_TITLE, error=_FIRST_ONLY_HERE, status=403)
    try:
        who = accounts.people.create_first(
            NewPerson(
                values.get("login", ""),
                values.get("name", ""),
                Role.ADMINISTRATOR,
                password=_chosen(values),
            ),
            address=address_of(request),
        )
    except InvalidAccount as error:
        return forms.page(_FIRST_TITLE, _first_form(values), error=str(error), status=422)
    return _let_in(accounts, request, who, "/")


def _first_form(values: Values) -> forms.Form:
    fields = (
        replace(forms.NAME, value=values.get("name", "")),
        replace(forms.NEW_LOGIN, value=values.get("login", "")),
        forms.NEW_PASSWORD,
        forms.AGAIN,
    )
    return forms.Form(fields, "Créer le compte")


def _show_invitation(accounts: Accounts, _request: Request, values: Values) -> Response:
    who = accounts.invitations.find(values.get("jeton", ""))
    return _ask_password(who)


def _accept_invitation(accounts: Accounts, request: Request, values: Values) -> Response:
    token = request.query_params.get("jeton", "")
    who = accounts.invitations.find(token)
    try:
        accounts.invitations.accept(token, _chosen(values), address=address_of(request))
    except InvalidAccount as error:
        return _ask_password(who, error=str(error), status=422)
    return _let_in(accounts, request, who, "/")


def _ask_password(who: Person, *, error: str = "", status: int = 200) -> Response:
    """Ask for a new password; the address, with its token, is the form's own."""
    login = replace(forms.LOGIN, value=who.login, fixed=True)
    form = forms.Form((login, forms.NEW_PASSWORD, forms.AGAIN), "Enregistrer et se connecter")
    welcome = f"Bonjour, {who.name}. Choisissez votre mot de passe."
    return forms.page("Votre compte", form, notice=welcome, error=error, status=status)


def _take_over(accounts: Accounts, request: Request, values: Values) -> Response:
    token = values.get("jeton", "")
    who = accounts.organisation.take_over(token, address=address_of(request))
    return _let_in(accounts, request, who, "/")


def _chosen(values: Values) -> str:
    """Give the password that was typed twice."""
    if values.get("password", "") != values.get("again", ""):
        raise InvalidAccount(_NOT_THE_SAME)
    return values.get("password", "")


def _show_end(accounts: Accounts, request: Request, _values: Values) -> Response:
    if not accounts.find(request.cookies.get(COOKIE)):
        return RedirectResponse("/connexion", status_code=303)
    return forms.page("Se déconnecter", forms.Form((), "Se déconnecter"))


def _sign_out(accounts: Accounts, request: Request, _values: Values) -> Response:
    _end(accounts, request)
    of_organisation = organisation.COOKIE in request.cookies
    onward = "/auth/logout" if of_organisation else "/connexion"  # Streamlit's way out, or ours
    response = RedirectResponse(onward, status_code=303)
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return response


def _let_in(accounts: Accounts, request: Request, who: Person, onward: str) -> Response:
    """Open a session under a new token, whatever cookie the browser came with."""
    _end(accounts, request)
    token = accounts.sessions.open(
        who, browser=request.headers.get("user-agent", ""), address=address_of(request)
    )
    response = RedirectResponse(onward, status_code=303)
    response.set_cookie(
        COOKIE,
        accounts.cookie.write(token),
        max_age=accounts.cookie.seconds,
        httponly=True,
        samesite="lax",
        secure=is_secure(request),
    )
    return response


def _end(accounts: Accounts, request: Request) -> None:
    if token := accounts.cookie.read(request.cookies.get(COOKIE)):
        accounts.sessions.sign_out(token, address=address_of(request))
