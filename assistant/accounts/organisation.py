"""Signing in with the organisation's account (OpenID Connect): whom its claims stand for.

Streamlit speaks with the provider and checks what it signs; here its claims become a person.
"""

from collections.abc import Mapping

from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import select

from assistant.accounts.audit import note
from assistant.accounts.people import NewPerson, People, person_of
from assistant.accounts.records import Person, Role
from assistant.errors import NotSignedIn
from assistant.storage.account_tables import PersonRow
from assistant.storage.database import Database

_HANDED_WITHIN = 120  # seconds from the provider's answer to the cookie


class Organisation:
    """The people whom the organisation's provider knows."""

    def __init__(
        self, database: Database, people: People, *, secret: str, role: Role | None
    ) -> None:
        """Know people by their e-mail; who is not known yet gets `role`, or is refused at None."""
        self._database = database
        self._people = people
        self._role = role
        self._signer = URLSafeTimedSerializer(secret, salt="organisation")

    def person_of(self, claims: Mapping[str, object]) -> Person:
        """Give the person whose verified e-mail the provider names, kept the first time.

        Raises:
            NotSignedIn: the e-mail is missing or not verified, the person is disabled, or not
                known and nobody is let in without an invitation.
            InvalidAccount: somebody else has that e-mail as their login.
        """
        email = str(claims.get("email") or "").strip().casefold()
        if not email or claims.get("email_verified") not in (True, "true"):
            raise NotSignedIn(
                "Le compte de l’organisation ne donne pas d’adresse électronique vérifiée. "
                "Demandez à l’administrateur un lien d’accès."
            )
        with self._database.session() as session:
            row = session.scalars(select(PersonRow).where(PersonRow.email == email)).first()
        if row and row.enabled:
            return person_of(row)
        if row or self._role is None:
            raise NotSignedIn(
                f"« {email} » n’a pas de compte ouvert ici. Demandez-le à l’administrateur."
            )
        name = str(claims.get("name") or email)
        return self._people.create(NewPerson(email, name[:200], self._role, email=email))

    def hand_over(self, person: Person) -> str:
        """Give a token by which the sign-in page opens a session for a person, for a moment."""
        return self._signer.dumps(person.id)

    def take_over(self, token: str, *, address: str = "") -> Person:
        """Give the person of a token.

        Raises:
            NotSignedIn: it is not ours or too old, or the person is disabled.
        """
        refused = NotSignedIn("Cette connexion n’a pas abouti à temps. Recommencez.")
        try:
            person_id = self._signer.loads(token, max_age=_HANDED_WITHIN)
        except BadSignature as error:
            raise refused from error
        with self._database.session() as session:
            row = session.get(PersonRow, person_id)
            if row is None or not row.enabled:
                raise refused
            note(session, "signed_in", by=person_of(row), subject="organisation", address=address)
            return person_of(row)
