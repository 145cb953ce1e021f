"""What the reverse proxy's configuration promises, read as text: it is run by hand with a real one."""

import re
from typing import Final

import pytest
import uvicorn

from scripts.prepare import ROOT
from tests.deploy.test_compose import SERVICES
from trace.kit.guards import BODY_LIMIT_MB
from trace.kit.logs import safe_path

FOLDER: Final = ROOT / "docs" / "deploy"
ENTRANCES: Final = sorted(FOLDER.glob("entrance-*.conf"))


def without_comments(text: str) -> str:
    return re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)


CONFIGURATION: Final = without_comments((FOLDER / "nginx.conf").read_text("utf-8"))


def told(directive: str) -> list[str]:
    """What follows each directive of that name, in order."""
    return re.findall(rf"^\s*{re.escape(directive)}\s+([^;{{][^;]*);", CONFIGURATION, re.MULTILINE)


def test_it_hands_on_to_the_application_where_that_listens() -> None:
    name, port = told("server")[0].split()[0].split(":")
    command = SERVICES[name]["command"]
    assert command[command.index("--port") + 1] == port
    assert told("proxy_pass") == ["http://trace"], "without a path, so that the request's own stays as it is"


def test_it_lets_pass_what_the_application_refuses_in_words() -> None:
    assert int(told("client_max_body_size")[0].removesuffix("m")) > BODY_LIMIT_MB


def test_it_gives_up_idle_connections_before_the_application_does() -> None:
    idle = told("keepalive_timeout")[-1]
    assert int(idle.removesuffix("s")) < uvicorn.Config("none:none").timeout_keep_alive


def test_it_says_itself_who_asks_and_believes_no_such_word() -> None:
    headers = dict(header.split(maxsplit=1) for header in told("proxy_set_header"))
    assert headers == {
        "Connection": '""',
        "Host": "$http_host",
        "X-Forwarded-For": "$remote_addr",
        "X-Forwarded-Proto": "$reached_by",
        "X-Request-ID": "$request_id",
    }


def test_it_keeps_nothing_so_that_a_recall_shows_at_once() -> None:
    assert "proxy_cache" not in CONFIGURATION


def test_its_log_knows_nobody() -> None:
    written = set(re.findall(r"\$(\w+)", told("log_format")[0]))
    assert written == {
        *("time_iso8601", "request_id", "request_method", "path_without_token"),
        *("status", "body_bytes_sent", "request_time", "upstream_response_time"),
    }
    assert told("access_log") == ["/dev/stdout seen if=$worth_a_line"]
    assert told("error_log") == ["stderr alert"]


@pytest.mark.parametrize(
    "path", ["/join/3f9aTOKEN", "/reset/3f9aTOKEN", "/join/3f9aTOKEN/more", "/b/ABCDEFGH", "/app/joined/2"]
)
def test_it_hides_the_tokens_that_the_application_hides(path: str) -> None:
    found = re.search(r'"~\*(\^[^"]+)"\s+"\$\{door\}…";', CONFIGURATION)
    assert found
    seen = re.match(found[1].replace("?<", "?P<"), path, re.IGNORECASE)
    assert (f"{seen['door']}…" if seen else path) == re.sub("…/.*", "…", safe_path(path))


@pytest.mark.parametrize("entrance", ENTRANCES, ids=lambda file: file.stem)
def test_each_entrance_says_how_it_was_reached(entrance: str) -> None:
    assert "set $reached_by http" in without_comments((FOLDER / entrance).read_text("utf-8"))


def test_only_the_entrance_of_this_machine_believes_what_stands_before_it() -> None:
    believing = [file.name for file in ENTRANCES if "set_real_ip_from" in file.read_text("utf-8")]
    assert believing == ["entrance-plain.conf"]
