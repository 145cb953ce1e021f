"""Every setting of the product, read once from TRACE_* and then frozen."""

import os
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url

PREFIX: Final = "TRACE_"
_TESTS_OWN: Final = ("TRACE_TEST_", "TRACE_CONFORMANCE")


class SettingsError(Exception):
    """The environment asks for something that is not a setting, or gives one a value it cannot take."""


class Settings(BaseSettings):
    """What an operator may decide; docs/operate.md describes each one."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    data: Path = Field(Path("data"), description="Folder for the embedded database, photographs and keys.")
    database_url: str = Field(
        "", description="SQLAlchemy address of the database; empty: SQLite inside the data folder."
    )
    database_password_file: Path | None = Field(
        None, description="File that holds the database's password, so that the address need not."
    )
    files_url: str = Field(
        "",
        pattern=r"^(s3://[a-z0-9][a-z0-9.-]+(/[\w.-]+)*/?)?$",
        description="Bucket for photographs and documents; empty: the folder `files` inside the data folder.",
    )
    files_endpoint: str = Field(
        "",
        pattern=r"^(https?://[^/?#\s]+)?$",
        description="Address of the S3-compatible store; empty: Amazon's own.",
    )
    files_region: str = Field(
        "us-east-1", description="Region of the bucket; many stores have only this one."
    )
    files_key_id: str = Field("", description="Id of the key that may read and write the bucket.")
    files_secret_file: Path | None = Field(
        None, description="File that holds the secret of that key, so that no setting need."
    )
    public_url: str = Field(
        "http://127.0.0.1:8000",
        pattern=r"^https?://[^/?#\s]+$",
        description="Scheme and host that QR codes and links carry, without a path.",
    )
    trusted_proxies: str = Field(
        "",
        description="Addresses of reverse proxies whose X-Forwarded-* headers are believed, comma-separated.",
    )
    threads: int = Field(16, ge=1, le=200, description="Requests worked on at once by one process.")
    log_level: str = Field("info", pattern="^(debug|info|warning|error)$", description="How much is logged.")

    @property
    def database(self) -> str:
        """The whole address, with the password where one is needed: not for logs."""
        if not self.database_url:
            return f"sqlite:///{(self.data / 'trace.db').absolute()}"
        if self.database_password_file is None:
            return self.database_url
        password = _first_line(self.database_password_file, "DATABASE_PASSWORD_FILE")
        return make_url(self.database_url).set(password=password).render_as_string(hide_password=False)

    @property
    def files_secret(self) -> str:
        """The secret of the bucket's key: not for logs."""
        if not self.files_key_id or self.files_secret_file is None:
            raise SettingsError(
                f"{PREFIX}FILES_URL needs {PREFIX}FILES_KEY_ID and {PREFIX}FILES_SECRET_FILE beside it."
            )
        return _first_line(self.files_secret_file, "FILES_SECRET_FILE")

    @property
    def private_address(self) -> bool:
        """Whether the public address leads only to this computer or into its own network."""
        host = urlsplit(self.public_url).hostname or ""
        try:
            return ip_address(host).is_private
        except ValueError:
            return host == "localhost" or host.endswith((".local", ".lan", ".internal"))

    @property
    def secure(self) -> bool:
        """Whether people reach the product over TLS, so that cookies may insist on it."""
        return self.public_url.startswith("https://")


def load(**given: object) -> Settings:
    """Settings from the environment, command-line values first; a misspelt TRACE_ variable is refused."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    strange = sorted(
        name
        for name in os.environ
        if name.startswith(PREFIX) and name not in known and not name.startswith(_TESTS_OWN)
    )
    if strange:
        raise SettingsError(f"Unknown setting {', '.join(strange)}. Known: {', '.join(sorted(known))}.")
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsError(f"{PREFIX}{str(first['loc'][0]).upper()}: {first['msg']}.") from error


def _first_line(file: Path, setting: str) -> str:
    try:
        lines = file.read_text("utf-8").splitlines()
    except OSError as error:
        raise SettingsError(f"{PREFIX}{setting}: {file} cannot be read ({error.strerror}).") from error
    if not lines or not lines[0]:
        raise SettingsError(f"{PREFIX}{setting}: {file} is empty.")
    return lines[0]
