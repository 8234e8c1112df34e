"""What can be checked of the deployment files without a container engine."""

import json
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, object]]:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    found: dict[str, dict[str, object]] = compose["services"]
    return found


def test_compose_file_fits_the_compose_specification() -> None:
    schema = files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    Draft7Validator(json.loads(schema.read_text())).validate(compose)


def test_only_caddy_has_open_ports(services: dict[str, dict[str, object]]) -> None:
    assert [name for name, service in services.items() if "ports" in service] == ["caddy"]


def test_the_files_that_compose_names_exist(services: dict[str, dict[str, object]]) -> None:
    build = services["api"]["build"]
    assert isinstance(build, dict)
    assert (ROOT / build["dockerfile"]).is_file()
    assert (ROOT / "deploy" / "Caddyfile").is_file()


def test_what_the_image_copies_exists_and_is_let_into_the_build() -> None:
    lines = (ROOT / "deploy" / "Dockerfile").read_text().splitlines()
    copies = [line.split()[1:-1] for line in lines if line.startswith("COPY ")]
    sources = {source for copy in copies if "--from" not in copy[0] for source in copy}
    let_in = [
        line.removeprefix("!")
        for line in (ROOT / "deploy" / "Dockerfile.dockerignore").read_text().splitlines()
        if line.startswith("!")
    ]
    for source in sources:
        assert (ROOT / source).exists(), source
        assert any(
            Path(source).match(pattern) or Path(source).is_relative_to(pattern)
            for pattern in let_in
        ), source


def test_the_image_runs_as_nobody_in_particular() -> None:
    last = (ROOT / "deploy" / "Dockerfile").read_text().rpartition("\nFROM ")[2]
    assert "\nUSER 10001\n" in last
