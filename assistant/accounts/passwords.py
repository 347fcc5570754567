"""Passwords: which are good enough, and how they are kept (argon2id, RFC 9106)."""

import threading
import unicodedata
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assistant.errors import InvalidAccount

SHORTEST = 12
"""Characters. Length is what counts, and not digits or signs (NIST SP 800-63B, 5.1.1.2)."""
LONGEST = 200
_AT_ONCE = 2  # each takes 64 MiB and four threads for a moment


class Passwords:
    """Hashes and checks, a few at a time; safe for several people at once."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """Hash with `hasher`, or with the second choice of RFC 9106."""
        self._hasher = hasher or PasswordHasher()
        self._gate = threading.BoundedSemaphore(_AT_ONCE)

    def hash(self, password: str) -> str:
        """Give what is kept of a password, its salt and parameters in it."""
        with self._gate:
            return self._hasher.hash(_normalised(password))

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash("nobody's password")

    def is_right(self, kept: str | None, password: str) -> bool:
        """Tell whether a password is the kept one.

        Without a kept one the answer is no, in the same time: who asks learns nothing.
        """
        if len(password) > LONGEST:
            return False
        try:
            with self._gate:
                self._hasher.verify(kept or self._nobodys, _normalised(password))
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None


def check_new_password(password: str, *, login: str) -> None:
    """Refuse a password that is easily guessed.

    Raises:
        InvalidAccount: it is too short or too long, or made of the login or of few signs.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidAccount(
            f"Le mot de passe compte {len(password)} caractères. Choisissez-en entre {SHORTEST} "
            f"et {LONGEST} : une phrase de quatre mots sans rapport convient."
        )
    if login.casefold() in password.casefold():
        raise InvalidAccount(
            "Le mot de passe contient votre identifiant. Choisissez des mots sans rapport avec lui."
        )
    if len(set(password)) < 5:
        raise InvalidAccount(
            "Le mot de passe répète trop peu de caractères. Choisissez une phrase de quatre mots."
        )


def _normalised(password: str) -> str:
    """Give one writing to what keyboards write in several (RFC 8265)."""
    return unicodedata.normalize("NFC", password)
