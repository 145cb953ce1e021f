"""Files under the hash of their bytes: in a folder of this machine, or in a bucket of an S3-compatible store."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from trace.kit.logs import log
from trace.kit.problems import FilesNotReady
from trace.settings import Settings

# A request waits no longer than a person does, and its transaction keeps others waiting.
_ANSWER_WITHIN: Final = timedelta(seconds=20)
_CONNECT_WITHIN: Final = timedelta(seconds=3)
_RETRIES: Final = 2


class FileStore:
    """Keeps bytes under their SHA-256. The same bytes are kept once; what is stored is never changed.

    Raises FilesNotReady when the store does not answer, refuses, or answers other bytes than were kept.
    """

    def __init__(self, store: LocalStore | S3Store) -> None:
        self._store = store

    def keep(self, content: bytes) -> str:
        """Store and answer the hash in hex. Stored for good before this returns: a record may point to it."""
        name = hashlib.sha256(content).hexdigest()
        with _told("keep", name):
            if not self._has(name, len(content)):
                self._put(_key(name), content)
        return name

    def read(self, name: str) -> bytes:
        with _told("read", name):
            content = obstore.get(self._store, _key(name)).bytes().to_bytes()
            if hashlib.sha256(content).hexdigest() != name:
                raise OSError("The bytes are not those that were kept.")
        return content

    def forget(self, name: str) -> None:
        """Remove the bytes, because a person asked for it; harmless when they are gone already."""
        with _told("forget", name), suppress(FileNotFoundError):
            obstore.delete(self._store, _key(name))

    def check(self) -> None:
        """Keep a few bytes and read them back, before anybody relies on it."""
        self.read(self.keep(b"trace\n"))

    def _has(self, name: str, size: int) -> bool:
        """A file of another size is half a file, left by a machine that lost its power."""
        try:
            return obstore.head(self._store, _key(name))["size"] == size
        except FileNotFoundError:
            return False

    def _put(self, key: str, content: bytes) -> None:
        obstore.put(self._store, key, content, use_multipart=False)


class _Folder(FileStore):
    """On the disk itself, not only on its way there, before the file has its name."""

    def __init__(self, folder: Path) -> None:
        super().__init__(LocalStore(folder, mkdir=True))
        self._folder = folder

    def _put(self, key: str, content: bytes) -> None:
        part = f"{key}.{secrets.token_hex(6)}.part"
        super()._put(part, content)
        _flush(self._folder / part)
        obstore.rename(self._store, part, key)
        for folder in ((self._folder / key).parent, self._folder):
            _flush(folder)


def _flush(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def in_folder(folder: Path) -> FileStore:
    return _Folder(folder)


def of(settings: Settings) -> FileStore:
    """The store that the operator chose."""
    if not settings.files_url:
        return in_folder(settings.data / "files")
    bucket = urlsplit(settings.files_url)
    return FileStore(
        S3Store(
            bucket.netloc,
            prefix=bucket.path.strip("/") or None,
            endpoint=settings.files_endpoint or None,
            region=settings.files_region,
            access_key_id=settings.files_key_id,
            secret_access_key=settings.files_secret,
            client_options={
                "allow_http": settings.files_endpoint.startswith("http://"),
                "timeout": _ANSWER_WITHIN,
                "connect_timeout": _CONNECT_WITHIN,
            },
            retry_config={"max_retries": _RETRIES, "retry_timeout": _ANSWER_WITHIN},
        )
    )


def _key(name: str) -> str:
    return f"{name[:2]}/{name}"


@contextmanager
def _told(act: str, name: str) -> Iterator[None]:
    """What the store says is for the operator; of what it says only the first line, which holds no secret."""
    try:
        yield
    except (BaseError, OSError) as error:
        log.error(
            "files", act=act, name=name, error=type(error).__name__, said=str(error).split("\n", 1)[0][:300]
        )
        raise FilesNotReady from error
