"""Passwords and tokens: how they are made, hashed and compared."""

import contextlib
import hashlib
import hmac
import re
import secrets
import string
import threading
import unicodedata
import zlib
from pathlib import Path
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

# OWASP's setting: 19 MiB, two passes. Few at once, or sign-ins alone could fill the memory.
_HASHER: Final = PasswordHasher(memory_cost=19_456, time_cost=2, parallelism=1)
_AT_ONCE: Final = threading.BoundedSemaphore(4)
# Compared with when the person is unknown, so that the answer takes as long as for a known one.
_NOBODY: Final = _HASHER.hash("nobody has this password")

_BASE62: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase
_KEY: Final = re.compile(r"(htx_live_[0-9A-Za-z]{22})_([0-9A-Za-z]{6})")


def hash_password(password: str) -> str:
    with _AT_ONCE:
        return _HASHER.hash(_as_one_keyboard(password))


def password_fits(password: str, stored: str | None) -> bool:
    """Whether it is the stored one; takes as long when nothing is stored."""
    with _AT_ONCE:
        try:
            return _HASHER.verify(stored or _NOBODY, _as_one_keyboard(password)) and stored is not None
        except (VerifyMismatchError, InvalidHashError):
            return False


def is_outdated(stored: str) -> bool:
    """Whether a password was hashed with an older setting and should be hashed again."""
    return _HASHER.check_needs_rehash(stored)


def _as_one_keyboard(password: str) -> str:
    # Two phones may type “ế” as one character or as three; it is still the same password (RFC 8265).
    return unicodedata.normalize("NFC", password)


def new_token() -> str:
    """256 random bits for a cookie or a link."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """A fast hash is enough: nobody guesses 256 bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_key() -> str:
    """An API key: a prefix that scanners for leaked secrets find, 131 random bits, and a checksum of both."""
    body = "htx_live_" + "".join(secrets.choice(_BASE62) for _ in range(22))
    return f"{body}_{_checksum(body)}"


def is_key(text: str) -> bool:
    """Whether it can be a key at all; what was cut or mistyped is known without asking the database."""
    written = _KEY.fullmatch(text)
    return written is not None and hmac.compare_digest(written[2], _checksum(written[1]))


def key_start(key: str) -> str:
    """Enough of a key to tell it from others, too little to use it."""
    return key[:16]


def _checksum(text: str) -> str:
    number, digits = zlib.crc32(text.encode()), ""
    for _ in range(6):
        number, digit = divmod(number, 62)
        digits = _BASE62[digit] + digits
    return digits


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
