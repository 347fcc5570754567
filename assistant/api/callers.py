"""Who calls the API: a browser that is signed in, or a program with a key."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from assistant.accounts.cookie import NAME
from assistant.accounts.opening import Accounts
from assistant.accounts.records import Permission, Person
from assistant.accounts.requests import address_of, is_from_another_site, is_same_origin
from assistant.errors import Forbidden, NotSignedIn
from assistant.wiring import Services

_SAFE = {"GET", "HEAD", "OPTIONS"}
_KEY = HTTPBearer(auto_error=False, scheme_name="Clé", description="Une clé de « Mon compte ».")
_COOKIE = APIKeyCookie(name=NAME, auto_error=False, scheme_name="Session")


def caller(permission: Permission) -> Callable[..., Person]:
    """Give the dependency of a route that lets in who may do that, and gives the person.

    It raises NotSignedIn (401), Forbidden (403) or TooManyRequests (429).
    """

    def check(
        request: Request,
        key: Annotated[HTTPAuthorizationCredentials | None, Depends(_KEY)],
        _cookie: Annotated[str | None, Depends(_COOKIE)],
    ) -> Person:
        services: Services = request.app.state.services()
        if not services.settings.accounts:
            return _local(request, services.accounts)
        if "authorization" in request.headers:
            return _by_key(request, services.accounts, key, permission)
        return _by_session(request, services.accounts, permission)

    return check


def _local(request: Request, accounts: Accounts) -> Person:
    if request.method not in _SAFE and is_from_another_site(request):
        raise Forbidden(_ELSEWHERE)
    return accounts.people.local()


def _by_key(
    request: Request,
    accounts: Accounts,
    given: HTTPAuthorizationCredentials | None,
    permission: Permission,
) -> Person:
    found = accounts.keys.find(given.credentials) if given else None
    if found is None:
        accounts.limits.take(f"nobody {address_of(request)}")
        raise NotSignedIn(
            "Cette clé n’est pas ou plus valable. Créez-en une sur la page « Mon compte », et "
            "envoyez-la ainsi : « Authorization: Bearer amp_… »."
        )
    accounts.limits.take(f"key {found.id}")
    if not found.allows(permission):
        raise Forbidden("Cette clé ne permet pas cela. Créez-en une qui ait ce droit.")
    return found.person


def _by_session(request: Request, accounts: Accounts, permission: Permission) -> Person:
    found = accounts.find(request.cookies.get(NAME))
    if found is None:
        accounts.limits.take(f"nobody {address_of(request)}")
        raise NotSignedIn(
            "Connectez-vous, ou envoyez une clé : « Authorization: Bearer amp_… ». La page « Mon "
            "compte » en donne."
        )
    accounts.limits.take(f"person {found.person.id}")
    if request.method not in _SAFE and not is_same_origin(request):
        raise Forbidden(_ELSEWHERE)
    if not found.person.role.allows(permission):
        raise Forbidden(
            f"Votre rôle, {found.person.role.value}, ne permet pas cela. Demandez-le à "
            "l’administrateur."
        )
    return found.person


_ELSEWHERE = "Cette demande vient d’un autre site. Employez une page de l’assistant, ou une clé."
