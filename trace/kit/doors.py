"""What a route asks for: a transaction, the time, the file store."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from trace.kit.database import Database
from trace.kit.files import FileStore
from trace.kit.translation import Locale, locale_of
from trace.settings import Settings


def open_transaction(request: Request) -> Iterator[Session]:
    database: Database = request.app.state.database
    with database.write() as session:
        yield session


def open_reading(request: Request) -> Iterator[Session]:
    database: Database = request.app.state.database
    with database.read() as session:
        yield session


def _now(request: Request) -> datetime:
    moment: datetime = request.app.state.clock()
    return moment


def _files(request: Request) -> FileStore:
    store: FileStore = request.app.state.files
    return store


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


# scope="function": the commit happens before the answer leaves. The default scope commits after it,
# and a crash in between would lose what the client was told is stored.
Db = Annotated[Session, Depends(open_transaction, scope="function")]
Reads = Annotated[Session, Depends(open_reading, scope="function")]
Now = Annotated[datetime, Depends(_now)]
Files = Annotated[FileStore, Depends(_files)]
Language = Annotated[Locale, Depends(locale_of)]
Config = Annotated[Settings, Depends(_settings)]
