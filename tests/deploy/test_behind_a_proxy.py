"""Behind a proxy that is trusted the client is who the proxy says; otherwise it is who connects."""

import os
import re
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from trace.accounts.secrets import keyed, server_key

CLIENT, PROXY = "203.0.113.7", "127.0.0.1"


@contextmanager
def serving(data: Path, trusted: str) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind((PROXY, 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "trace", "serve", "--port", str(port), "--data", str(data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "TRACE_TRUSTED_PROXIES": trusted},
    )
    with server:
        assert server.stdout
        assert re.match("Listening", server.stdout.readline())
        yield f"http://{PROXY}:{port}"
        server.terminate()


def guess_a_password(address: str) -> None:
    """Fail to sign in, as seen by the application behind a proxy."""
    said = urllib.parse.urlencode({"phone": "0912345678", "password": "none of theirs"}).encode()
    headers = {"Sec-Fetch-Site": "same-origin", "X-Forwarded-For": CLIENT, "X-Forwarded-Proto": "https"}
    with pytest.raises(urllib.error.HTTPError, match="409") as refused:
        urllib.request.urlopen(urllib.request.Request(f"{address}/sign-in", said, headers), timeout=20)
    refused.value.close()


@pytest.mark.parametrize(
    ("trusted", "believed"),
    [("10.206.84.0/28, 127.0.0.0/28", CLIENT), ("10.206.84.0/28", PROXY)],
)
def test_guesses_are_counted_for_whom_a_trusted_proxy_names(
    tmp_path: Path, trusted: str, believed: str
) -> None:
    with serving(tmp_path, trusted) as address:
        guess_a_password(address)
        with sqlite3.connect(tmp_path / "trace.db") as database:
            counted = {subject for (subject,) in database.execute("SELECT subject FROM attempt")}
        database.close()
    key = server_key(tmp_path)
    assert {who for who in (CLIENT, PROXY) if keyed(key, "address", who) in counted} == {believed}
