"""The cookie by which a browser says whose it is: the token of a session, signed.

The signature refuses a forged cookie without asking the database; the session decides.
"""

import os
import secrets
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from itsdangerous import BadSignature, TimestampSigner

NAME = "assistant_session"


class SessionCookie:
    """Writes and reads the value of the cookie."""

    def __init__(self, secret: str, *, longest: timedelta) -> None:
        """Sign with `secret`; a browser keeps the cookie for `longest`."""
        self._signer = TimestampSigner(secret, salt=NAME)
        self.seconds = int(longest.total_seconds())

    def write(self, token: str) -> str:
        """Give the value that holds a token."""
        return self._signer.sign(token).decode("ascii")

    def read(self, value: str | None) -> str | None:
        """Give the token of a value, or None: there is none, it is not ours, or too old."""
        if not value or not value.isascii():
            return None
        try:
            return self._signer.unsign(value, max_age=self.seconds).decode("ascii")
        except BadSignature:
            return None


def read_secret(path: Path) -> str:
    """Give the secret of this installation, made the first time; only its owner can read it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}-{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # somebody else was faster: theirs counts
            os.link(draft, path)
        draft.unlink()
    return path.read_text("ascii").strip()
