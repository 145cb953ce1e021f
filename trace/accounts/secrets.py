"""Passwords and tokens: how they are made, hashed and compared."""

import contextlib
import hashlib
import hmac
import secrets
import threading
from pathlib import Path
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

# OWASP's setting: 19 MiB, two passes. Few at once, or sign-ins alone could fill the memory.
_HASHER: Final = PasswordHasher(memory_cost=19_456, time_cost=2, parallelism=1)
_AT_ONCE: Final = threading.BoundedSemaphore(4)
# Compared with when the person is unknown, so that the answer takes as long as for a known one.
_NOBODY: Final = _HASHER.hash("nobody has this password")


def hash_password(password: str) -> str:
    with _AT_ONCE:
        return _HASHER.hash(password)


def password_fits(password: str, stored: str | None) -> bool:
    with _AT_ONCE:
        try:
            return _HASHER.verify(stored or _NOBODY, password) and stored is not None
        except (VerifyMismatchError, InvalidHashError):
            return False


def new_token() -> str:
    """256 random bits for a cookie or a link."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """A fast hash is enough: nobody guesses 256 bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def server_key(folder: Path) -> bytes:
    """The key of this installation, made at first use and kept out of the database."""
    file = folder / "keys" / "server.key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = file.with_suffix(f".{secrets.token_hex(4)}")
        part.touch(mode=0o600)
        part.write_bytes(secrets.token_bytes(32))
        with contextlib.suppress(FileExistsError):  # another process was first; its key counts
            file.hardlink_to(part)
        part.unlink()
    return file.read_bytes()


def keyed(key: bytes, *parts: str) -> str:
    """What is counted, so that the table of attempts holds no phone number and no address."""
    return hmac.new(key, "\0".join(parts).encode(), hashlib.sha256).hexdigest()
