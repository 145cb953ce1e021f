"""What docker-compose.yml promises: every service confined, the database out of reach, no secret written down."""

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest
import yaml  # type: ignore[import-untyped]

from scripts.prepare import ROOT
from trace import __main__ as program
from trace.settings import PREFIX, Settings

COMPOSE: Final = ROOT / "docker-compose.yml"
WITH_TLS: Final = ROOT / "docs" / "deploy" / "tls.yml"
EXAMPLE: Final = ROOT / "docs" / "deploy" / "example.env"


def parsed(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return found


SERVICES: Final[dict[str, dict[str, Any]]] = parsed(COMPOSE)["services"]
NETWORKS: Final[dict[str, dict[str, Any] | None]] = parsed(COMPOSE)["networks"]
each_service = pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)


@each_service
def test_a_service_can_do_no_more_than_it_must(service: dict[str, Any]) -> None:
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"])
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service.keys() & {"privileged", "cap_add", "network_mode", "pid", "devices"}
    assert not any("docker.sock" in str(volume) for volume in service.get("volumes", []))


@each_service
def test_a_service_that_stays_tells_its_health_and_has_a_limit(service: dict[str, Any]) -> None:
    if service["restart"] == "no":
        return
    assert service["restart"] == "unless-stopped"
    assert (
        "healthcheck" in service
        or "HEALTHCHECK" in (ROOT / service["build"]["context"] / "Dockerfile").read_text()
    )
    assert service["deploy"]["resources"]["limits"]["memory"]
    assert service["logging"]["options"]["max-size"]


@each_service
def test_images_of_others_are_pinned_by_tag(service: dict[str, Any]) -> None:
    assert "build" in service or re.search(r":\d+(\.\d+)*-[a-z]+$", service["image"])


def test_only_the_proxy_is_reached_from_outside_and_by_default_only_from_this_machine() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["proxy"]["ports"])
    open_networks = {name for name, network in NETWORKS.items() if not (network or {}).get("internal")}
    assert [name for name, service in SERVICES.items() if open_networks & set(service["networks"])] == [
        "proxy"
    ]
    assert not set(SERVICES["proxy"]["networks"]) & set(SERVICES["database"]["networks"])


def test_the_application_believes_the_proxys_network_and_nobody_else_is_on_it() -> None:
    front = NETWORKS["front"] or {}
    assert SERVICES["app"]["environment"]["TRACE_TRUSTED_PROXIES"] == front["ipam"]["config"][0]["subnet"]
    assert {name for name, service in SERVICES.items() if "front" in service["networks"]} == {"app", "proxy"}


@pytest.mark.parametrize("file", [COMPOSE, WITH_TLS, EXAMPLE], ids=lambda file: file.name)
def test_no_secret_is_written_down(file: Path) -> None:
    text = file.read_text("utf-8")
    assert not re.search(r"://[^/\s@]*:[^/\s@{]*@", text), "a password inside an address"
    for name, value in re.findall(
        r"^\s*(\w*(?:PASSWORD|SECRET|TOKEN)\w*)\s*[:=]\s*(.*)$", text, re.MULTILINE
    ):
        assert name.endswith("_FILE")
        assert value.startswith("/run/secrets/")


@pytest.mark.parametrize("file", [COMPOSE, WITH_TLS], ids=lambda file: file.name)
def test_secrets_come_from_one_folder_that_nobody_commits(file: Path) -> None:
    assert all(secret["file"].startswith("./data/") for secret in parsed(file)["secrets"].values())
    assert "/data/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


@pytest.mark.parametrize("file", [COMPOSE, WITH_TLS], ids=lambda file: file.name)
def test_every_file_it_mounts_is_there_and_cannot_be_written(file: Path) -> None:
    mounted = [
        volume
        for service in parsed(file)["services"].values()
        for volume in service.get("volumes", [])
        if volume.startswith("./")
    ]
    assert mounted
    assert all((ROOT / volume.split(":")[0]).is_file() for volume in mounted)
    assert all(volume.endswith(":ro") for volume in mounted)


def test_every_setting_it_gives_is_one() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    given = {name for service in SERVICES.values() for name in service.get("environment", {})}
    assert {name for name in given if name.startswith(PREFIX)} <= known
    assert {"TRACE_PUBLIC_URL", "TRACE_DATABASE_URL", "TRACE_DATABASE_PASSWORD_FILE"} <= given


def test_the_programs_commands_are_ones_it_understands() -> None:
    understood = {
        name: program._parser().parse_args(SERVICES[name]["command"]) for name in ("app", "migrate")
    }
    assert (understood["app"].port, understood["app"].data) == (8000, Path("/data"))
    assert understood["app"].run is not understood["migrate"].run
    assert "data:/data" in SERVICES["app"]["volumes"]


def test_the_application_waits_for_the_migration_and_the_migration_for_the_database() -> None:
    assert SERVICES["app"]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert SERVICES["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}


def test_the_example_of_an_environment_names_what_the_file_asks_for() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE.read_text("utf-8")))
    shown = set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE.read_text("utf-8"), re.MULTILINE))
    assert shown == asked | {"COMPOSE_FILE"}


def test_the_databases_check_asks_by_the_way_that_opens_last() -> None:
    assert "--host=127.0.0.1" in json.dumps(SERVICES["database"]["healthcheck"]["test"])
