"""API keys: by them a program speaks for a person, within a scope."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from assistant.accounts.audit import note
from assistant.accounts.people import person_of
from assistant.accounts.records import Permission, Person
from assistant.accounts.tokens import digest, new_token
from assistant.errors import InvalidAccount
from assistant.storage.account_tables import ApiKeyRow, PersonRow
from assistant.storage.database import Database
from assistant.storage.tables import now

BEGINNING = "amp_"
"""Of every key, so that one left in a file is recognised."""
_SHOWN = len(BEGINNING) + 6  # characters by which a person tells a key from another
_MOST_KEYS = 20  # of one person
_NOTICED = timedelta(minutes=1)  # how exactly it is known when a key was last used


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it is listed."""

    id: int
    person: Person
    name: str
    beginning: str
    permissions: frozenset[Permission]
    created_at: datetime
    used_at: datetime | None  # to the minute; None: never
    revoked: bool

    def allows(self, permission: Permission) -> bool:
        """Tell whether a program with this key may do that: never more than its person may."""
        return permission in self.permissions and self.person.role.allows(permission)


class ApiKeys:
    """The kept keys; safe for several people at once. Of a key, only the digest is kept."""

    def __init__(self, database: Database, *, clock: Callable[[], datetime] = now) -> None:
        self._database = database
        self._clock = clock

    def create(self, name: str, permissions: Collection[Permission], *, of: Person) -> str:
        """Keep a new key; gives it, which nobody can read again.

        Raises:
            InvalidAccount: it has no name or no permission, or one that its person lacks, or
                the person has too many keys.
        """
        name = " ".join(name.split())
        _check(name, permissions, of)
        key = BEGINNING + new_token()
        with self._database.session() as session:
            mine = (ApiKeyRow.person_id == of.id) & ApiKeyRow.revoked_at.is_(None)
            if (session.scalar(select(func.count()).where(mine)) or 0) >= _MOST_KEYS:
                raise InvalidAccount(
                    f"Vous avez déjà {_MOST_KEYS} clés. Révoquez celles qui ne servent plus."
                )
            row = ApiKeyRow(
                digest=digest(key),
                person_id=of.id,
                name=name,
                beginning=key[:_SHOWN],
                permissions=sorted(permissions),
            )
            session.add(row)
            note(session, "key_created", by=of, subject=f"{name} ({row.beginning}…)")
        return key

    def find(self, key: str) -> ApiKey | None:
        """Give what is known of a key, or None: unknown, revoked, or the person is disabled."""
        query = (
            select(ApiKeyRow, PersonRow)
            .join(ApiKeyRow.person)
            .where(
                ApiKeyRow.digest == digest(key), ApiKeyRow.revoked_at.is_(None), PersonRow.enabled
            )
        )
        moment = self._clock()
        with self._database.reading() as session:
            found = session.execute(query).first()
            if found is None:
                return None
            kept = _key_of(*found)
        if kept.used_at is None or moment - kept.used_at >= _NOTICED:  # rarely: it takes a turn
            used = update(ApiKeyRow).where(ApiKeyRow.id == kept.id).values(used_at=moment)
            with self._database.session() as session:
                session.execute(used)
        return kept

    def listed(self, *, of: Person | None = None) -> list[ApiKey]:
        """Give the keys of a person, or of everybody, the last one first."""
        query = select(ApiKeyRow, PersonRow).join(ApiKeyRow.person).order_by(ApiKeyRow.id.desc())
        if of:
            query = query.where(ApiKeyRow.person_id == of.id)
        with self._database.session() as session:
            return [_key_of(row, person) for row, person in session.execute(query)]

    def revoke(self, key_id: int, *, by: Person) -> None:
        """Refuse a key from now on: one's own, or anybody's for who administers."""
        with self._database.session() as session:
            row = session.get_one(ApiKeyRow, key_id)
            may = row.person_id == by.id or by.role.allows(Permission.ADMINISTER)
            if may and row.revoked_at is None:
                row.revoked_at = self._clock()
                note(session, "key_revoked", by=by, subject=f"{row.name} ({row.beginning}…)")


def _check(name: str, permissions: Collection[Permission], of: Person) -> None:
    if not name or len(name) > 100:
        raise InvalidAccount(
            "Le nom de la clé manque, ou dépasse 100 caractères. Nommez le programme qui "
            "l’emploiera, par exemple : « tableau de bord »."
        )
    if not permissions:
        raise InvalidAccount("La clé ne permettrait rien. Choisissez au moins un droit.")
    if not all(map(of.role.allows, permissions)):
        raise InvalidAccount("Une clé ne peut permettre plus que votre rôle.")


def _key_of(row: ApiKeyRow, person: PersonRow) -> ApiKey:
    return ApiKey(
        id=row.id,
        person=person_of(person),
        name=row.name,
        beginning=row.beginning,
        permissions=frozenset(map(Permission, row.permissions)),
        created_at=row.created_at,
        used_at=row.used_at,
        revoked=row.revoked_at is not None,
    )
