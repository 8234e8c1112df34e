"""Waiting for what nobody announces: other processes, rows, work in the background."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable

_PAUSE_SECONDS = 0.02


async def until(fulfilled: Callable[[], object | Awaitable[object]], seconds: float = 20) -> None:
    """Ask again and again until the answer is true. Raises `TimeoutError` if it never is."""
    async with asyncio.timeout(seconds):
        while True:
            answer = fulfilled()
            if inspect.isawaitable(answer):
                answer = await answer
            if answer:
                return
            await asyncio.sleep(_PAUSE_SECONDS)
