"""Who somebody is, and what they may do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Permission(StrEnum):
    """What a page, an action or an API route asks for; kept as such in the database."""

    ASK = "ask"  # ask questions and read the texts
    RATE = "rate"
    ANSWER = "answer"  # the questions that people send to a human
    MANAGE_DOCUMENTS = "manage_documents"  # with their lexicon and dates of force
    ADMINISTER = "administer"


class Role(StrEnum):
    """What an administrator gives somebody; kept and shown as such."""

    READER = "lecteur"
    ANNOTATOR = "annotateur"
    MANAGER = "gestionnaire"
    ADMINISTRATOR = "administrateur"

    def allows(self, permission: Permission) -> bool:
        """Tell whether who has this role may do that."""
        return permission in _ALLOWED[self]


_ALLOWED = {
    Role.READER: {Permission.ASK},
    Role.ANNOTATOR: {Permission.ASK, Permission.RATE, Permission.ANSWER},
    Role.MANAGER: {Permission.ASK, Permission.MANAGE_DOCUMENTS, Permission.ANSWER},
    Role.ADMINISTRATOR: set(Permission),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses the assistant."""

    id: int
    login: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Account:
    """A person as administrators see them."""

    person: Person
    email: str  # "": none given
    enabled: bool
    has_password: bool  # False: invited, or signing in with the organisation's account
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One browser in which somebody is signed in."""

    id: int
    opened_at: datetime
    seen_at: datetime  # to the minute
    browser: str  # as it calls itself
    address: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person, and the session by which they are known."""

    person: Person
    session_id: int
