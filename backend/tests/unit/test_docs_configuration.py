"""The README's configuration table is what the settings class says."""

import re
from pathlib import Path

import yaml

from secondstory.settings import Settings

ROOT = Path(__file__).parents[3]
_ROW = re.compile(r"^\| `SECONDSTORY_(\w+)` \| (.+?) \| (.+) \|$", re.MULTILINE)
_NAME = re.compile(r"SECONDSTORY_([A-Z_]+)")
# Read by the compose file itself, never by the program.
_OF_COMPOSE = {"WORKERS"}


def test_readme_has_every_setting_with_its_default_and_meaning() -> None:
    rows = _ROW.findall((ROOT / "README.md").read_text())
    assert rows == [
        (name.upper(), _shown(field.get_default()), field.description)
        for name, field in Settings.model_fields.items()
    ]


def test_deployment_files_name_settings_that_exist() -> None:
    known = {name.upper() for name in Settings.model_fields} | _OF_COMPOSE
    for path in ["docker-compose.yml", *ROOT.glob("deploy/*")]:
        named = set(_NAME.findall((ROOT / path).read_text()))
        assert named <= known, path


def test_compose_has_no_default_for_a_secret() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    secrets = ("PASSWORD", "SECRET", "DATABASE_URL")
    for service in services.values():
        for name, value in service.get("environment", {}).items():
            if name.endswith(secrets) or "SECRET" in name:
                assert value is None or ":?" in value, name


def _shown(default: object) -> str:
    if isinstance(default, Path) and default.is_absolute():
        default = default.relative_to(ROOT)
    return "–" if default in {None, ""} else f"`{default}`"
