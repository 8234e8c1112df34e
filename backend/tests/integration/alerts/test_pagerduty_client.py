"""PagerDuty's own Python client sends its events here, told nothing but the address."""

import asyncio
import ipaddress
import ssl
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from fastapi import FastAPI
from pagerduty import EventsApiV2Client, HttpError

from secondstory.platform import clock
from tests.factories import Caller
from tests.integration.alerts.running import serving
from tests.integration.alerts.senders import add_sender, items


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """The client speaks nothing but HTTPS: a certificate for this machine, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(hours=1))
        .not_valid_after(clock.now() + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "server.pem"
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(pem))
    return path


def client_of(url: str, routing_key: str, certificate: Path) -> EventsApiV2Client:
    trusted = ssl.create_default_context(cafile=certificate)
    return EventsApiV2Client(routing_key, base_url=url, verify=trusted)


async def test_the_published_client_triggers_acknowledges_resolves_and_tells_of_changes(
    app: FastAPI, admin: Caller, anonymous: httpx.AsyncClient, certificate: Path
) -> None:
    sender = await add_sender(admin, anonymous, "pagerduty_events_v2")
    assert sender.secret is not None

    def send(url: str) -> str:
        details: dict[str, Any] = {"rate": "12 %"}
        with client_of(url, str(sender.secret), certificate) as client:
            return tell(client, details)

    def tell(client: EventsApiV2Client, details: dict[str, Any]) -> str:
        key: str = client.trigger(
            "Checkout answers with errors", "checkout-1", severity="critical",
            custom_details=details, links=[{"href": "https://graphs.example.org/d/1"}],
        )  # fmt: skip
        assert client.acknowledge(key) == key
        assert client.resolve(key) == key
        client.submit("Deployed 1.2.3", source="ci", timestamp="2026-11-23T08:00:00Z")
        return key

    async with serving(app, certificate) as url:
        key = await asyncio.to_thread(send, url)
    (alert,) = await items(admin, "/alerts", dedup_key=key)
    assert (alert["title"], alert["state"], alert["severity"], alert["deliveries"]) == (
        "Checkout answers with errors", "resolved", "sev1", 3,
    )  # fmt: skip
    assert alert["links"] == ["https://graphs.example.org/d/1"]
    assert len(await items(admin, f"/incidents/{alert['incident_key']}/events")) == 3
    (change, *_) = await items(admin, f"/alert-sources/{sender.id}/deliveries")
    assert change["signals"][0]["title"] == "Deployed 1.2.3"
    assert str(sender.secret) not in change["body"]


async def test_the_published_client_understands_a_refusal(
    app: FastAPI, admin: Caller, anonymous: httpx.AsyncClient, certificate: Path
) -> None:
    sender = await add_sender(admin, anonymous, "pagerduty_events_v2")

    def send(url: str, routing_key: str) -> None:
        with client_of(url, routing_key, certificate) as client:
            client.trigger("Down", "x", severity="odd")

    async with serving(app, certificate) as url:
        with pytest.raises(HttpError, match="400"):
            await asyncio.to_thread(send, url, str(sender.secret))
    assert await items(admin, f"/alert-sources/{sender.id}/deliveries") == []
