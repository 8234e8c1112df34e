"""One world for all tests here; what runs in it is started and killed by the tests."""

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chaos.world import World, running_world


@pytest.fixture(scope="session")
async def world() -> AsyncIterator[World]:
    with tempfile.TemporaryDirectory(prefix="secondstory-chaos-") as folder:
        async with running_world(Path(folder)) as world:
            yield world
