"""Secrets that we hand out: their bearer is known by them, and only their digest is kept."""

import hashlib
import secrets


def new_token() -> str:
    """Give 256 random bits, in 43 characters that an address may hold."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Give what is kept of a token; it has too many random bits for salt or slowness to matter."""
    return hashlib.sha256(token.encode()).hexdigest()
