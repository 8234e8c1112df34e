"""The built page, served on the API's own origin."""

from pathlib import Path

import httpx
import pytest

from secondstory.settings import Settings


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    folder = tmp_path / "page"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text('<script nonce="__CSP_NONCE__"></script>')
    (folder / "assets" / "app-1a2b.js").write_text("plain")
    (folder / "assets" / "app-1a2b.js.br").write_bytes(b"packed")
    (tmp_path / "secret.txt").write_text("not for the web")
    return settings.model_copy(update={"web_dir": folder})


async def test_any_address_of_the_page_gets_it_with_a_nonce_of_its_own(
    anonymous: httpx.AsyncClient,
) -> None:
    first, second = [await anonymous.get(path) for path in ("/", "/i/INC-1")]
    assert first.status_code == second.status_code == 200
    nonce = first.text.split('"')[1]
    assert nonce != "__CSP_NONCE__"
    assert nonce not in second.text
    assert f"'nonce-{nonce}'" in first.headers["content-security-policy"]
    assert "unsafe-inline" not in first.headers["content-security-policy"]


async def test_assets_are_kept_for_ever_and_packed(anonymous: httpx.AsyncClient) -> None:
    plain = await anonymous.get("/assets/app-1a2b.js", headers={"Accept-Encoding": "identity"})
    assert plain.text == "plain"
    assert "immutable" in plain.headers["cache-control"]
    async with anonymous.stream(
        "GET", "/assets/app-1a2b.js", headers={"Accept-Encoding": "br"}
    ) as packed:
        assert packed.headers["content-encoding"] == "br"
        assert packed.headers["content-type"] == plain.headers["content-type"]
        assert b"".join([chunk async for chunk in packed.aiter_raw()]) == b"packed"


@pytest.mark.parametrize("path", ["/assets/missing.js", "/api/v1/nothing", "/api/v1/"])
async def test_what_is_not_there_is_a_problem(anonymous: httpx.AsyncClient, path: str) -> None:
    answer = await anonymous.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/%2e%2e/%2e%2e/secret.txt"]
)
async def test_nothing_outside_the_folder_is_served(
    anonymous: httpx.AsyncClient, path: str
) -> None:
    answer = await anonymous.get(path)
    assert "not for the web" not in answer.text
