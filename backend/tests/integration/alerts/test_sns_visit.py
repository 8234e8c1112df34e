"""A real TLS server: it has to prove the name that was asked for, whatever its address."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from typing_extensions import override

from secondstory.alerts.sns import SenderUnreachable, SnsClient
from tests.fixtures.alerts.certificates import make_certificate, make_key

# TLS looks at the real clock.
NOW = datetime.now(UTC)
VALID = {"begins": NOW - timedelta(days=1), "ends": NOW + timedelta(days=1)}
HOST = "sns.eu-west-1.amazonaws.com"
URL = f"https://{HOST}/SimpleNotificationService-1.pem"


class OnPort(httpx.AsyncHTTPTransport):
    """The usual transport, to the port of the test's server."""

    def __init__(self, port: int, trusted: Path) -> None:
        super().__init__(verify=ssl.create_default_context(cafile=trusted))
        self._port = port

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(port=self._port)
        return await super().handle_async_request(request)


@asynccontextmanager
async def serving(name: str, body: bytes, folder: Path) -> AsyncIterator[SnsClient]:
    """Serve `body` under a certificate for `name`, and return a client that trusts it."""
    key = make_key()
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "key.pem").write_bytes(pem)
    (folder / "certificate.pem").write_bytes(make_certificate(name, key, **VALID))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()

    async def loopback(_host: str) -> str:
        return "127.0.0.1"

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    async with server:
        yield SnsClient(loopback, OnPort(port, folder / "certificate.pem"))


async def test_the_host_proves_its_name(tmp_path: Path) -> None:
    signing = make_certificate("sns.amazonaws.com", make_key(), **VALID)
    async with serving(HOST, signing, tmp_path) as client:
        assert await client.certificate(URL, NOW) == signing.decode()


async def test_another_host_at_that_address_is_not_believed(tmp_path: Path) -> None:
    signing = make_certificate("sns.amazonaws.com", make_key(), **VALID)
    async with serving("sns.example.net", signing, tmp_path) as client:
        with pytest.raises(SenderUnreachable):
            await client.certificate(URL, NOW)
