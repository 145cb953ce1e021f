"""A real server on a real database, and a real Chromium in front of it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scripts import chromium
from tests import databases

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Site:
    """A running server; `demo` is where the demo cooperative is loaded."""

    url: str
    data: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def serve(stack: ExitStack, data: Path, *options: str, database_url: str = "") -> Site:
    """Start `python -m trace serve` as an operator would, and stop it when the stack closes."""
    port = free_port()
    environment = {**os.environ, "TRACE_DATABASE_URL": database_url}
    log = stack.enter_context((data.parent / f"{data.name}.log").open("w"))
    server = subprocess.Popen(
        [sys.executable, "-m", "trace", "serve", "--port", str(port), "--data", str(data), *options],
        env=environment,
        stdout=log,
        stderr=log,
    )
    stack.callback(server.wait, 20)
    stack.callback(server.terminate)
    url = f"http://127.0.0.1:{port}"
    _wait_for(url, server)
    return Site(url, data)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise AssertionError(f"the server stopped with {server.returncode}")
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not come up")


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An empty server of each kind."""
    with ExitStack() as stack:
        url = "" if request.param == "sqlite" else stack.enter_context(databases.postgresql_url())
        yield serve(stack, tmp_path_factory.mktemp("site") / "data", database_url=url)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server with the demo cooperative, as `scripts/serve --demo` starts it."""
    with ExitStack() as stack:
        yield serve(stack, tmp_path_factory.mktemp("demo") / "data", "--demo")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.ensure(), headless=True)
        yield started
        started.close()


@pytest.fixture
def device(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Makes devices: each a browser of its own, a phone unless said otherwise."""
    opened: list[BrowserContext] = []

    def new(size: dict[str, int] = PHONE, **options: object) -> Page:
        context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(30_000)
        opened.append(context)
        return context.new_page()

    yield new
    for context in opened:
        context.close()
