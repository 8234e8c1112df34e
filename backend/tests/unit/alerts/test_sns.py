"""Certificates come from SNS alone, are kept, and nothing else is visited."""

import asyncio
import ipaddress
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from secondstory.alerts import sns
from secondstory.alerts.sns import SenderUnreachable, SnsClient, public_address, valid_until
from tests.fixtures.alerts.certificates import NOW, make_certificate, make_key

KEY = make_key()
GENUINE = make_certificate("sns.amazonaws.com", KEY)
URL = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem"
CONFIRM = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=1"

Answer = Callable[[httpx.Request], httpx.Response]


class Host:
    """A host that answers as it is told, and remembers what it was asked."""

    def __init__(self, answer: Answer) -> None:
        self.asked: list[httpx.Request] = []
        self._answer = answer
        self.client = SnsClient(self.address, httpx.MockTransport(self._take))

    async def address(self, _host: str) -> str:
        return "203.0.113.7"

    def _take(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return self._answer(request)


def answering(status: int = 200, content: bytes = GENUINE) -> Host:
    return Host(lambda _request: httpx.Response(status, stream=httpx.ByteStream(content)))


async def test_the_address_that_was_looked_up_is_visited_under_its_name() -> None:
    host = answering()
    assert await host.client.certificate(URL, NOW) == GENUINE.decode()
    (request,) = host.asked
    assert request.url.host == "203.0.113.7"
    assert request.headers["host"] == "sns.eu-west-1.amazonaws.com"
    assert request.extensions["sni_hostname"] == "sns.eu-west-1.amazonaws.com"


async def test_a_certificate_is_kept_while_it_is_valid() -> None:
    host = answering()
    together = [host.client.certificate(URL, NOW) for _ in range(5)]
    assert await asyncio.gather(*together) == [GENUINE.decode()] * 5
    assert len(host.asked) == 1
    assert await host.client.certificate(URL, NOW + timedelta(days=1)) is None
    assert len(host.asked) == 2


async def test_few_certificates_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sns, "_MAX_KEPT", 2)
    host = answering()
    for number in (1, 2, 3, 3, 1):
        await host.client.certificate(f"{URL}{number}", NOW)
    assert len(host.asked) == 4


@pytest.mark.parametrize(
    ("status", "content"),
    [
        (404, GENUINE),
        (302, GENUINE),
        (200, b""),
        (200, b"\xff"),
        (200, b"x" * 100_000),
        (200, make_certificate("sns.amazonaws.com.example.net", KEY)),
        (200, make_certificate("example.com", KEY)),
    ],
    # Certificates are others each time: no names for tests that two processes have to agree on.
    ids=["404", "302", "empty", "not text", "long", "longer name", "other name"],
)
async def test_what_is_no_certificate_of_sns_is_none_for_a_while(
    status: int, content: bytes
) -> None:
    host = answering(status, content)
    assert await host.client.certificate(URL, NOW) is None
    assert await host.client.certificate(URL, NOW) is None
    assert len(host.asked) == 1
    await host.client.certificate(URL, NOW + timedelta(minutes=2))
    assert len(host.asked) == 2


def _lost(request: httpx.Request) -> httpx.Response:
    message = "nobody is there"
    raise httpx.ConnectError(message, request=request)


@pytest.mark.parametrize("host", [answering(500), Host(_lost)], ids=["broken", "away"])
async def test_what_cannot_be_reached_is_asked_for_again(host: Host) -> None:
    for _ in range(2):
        with pytest.raises(SenderUnreachable):
            await host.client.certificate(URL, NOW)
    assert len(host.asked) == 2
    with pytest.raises(SenderUnreachable):
        await host.client.confirm(CONFIRM)


async def test_a_host_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def sleep(_request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(60)
        return httpx.Response(200)

    monkeypatch.setattr(sns, "_PATIENCE", timedelta(seconds=0.02))
    host = answering()
    client = SnsClient(host.address, httpx.MockTransport(sleep))
    with pytest.raises(SenderUnreachable):
        await client.certificate(URL, NOW)


async def test_a_topic_is_confirmed_by_visiting_its_address() -> None:
    host = answering()
    assert await host.client.confirm(CONFIRM)
    assert host.asked[0].url.query == b"Action=ConfirmSubscription&Token=1"
    assert not await answering(403).client.confirm(CONFIRM)
    assert not await answering(301).client.confirm(CONFIRM)


@pytest.mark.parametrize(
    "addresses",
    [
        [],
        ["127.0.0.1"],
        ["10.1.2.3"],
        ["169.254.169.254"],
        ["::1"],
        ["fd00::1"],
        ["::ffff:10.0.0.1"],
        ["::127.0.0.1"],
        ["2002:7f00:1::"],
        ["64:ff9b::a9fe:a9fe"],
        ["64:ff9b:1::a00:1"],
        ["fec0::1"],
        ["ff0e::1"],
        ["224.0.0.1"],
        ["54.1.2.3", "192.168.1.1"],
    ],
)
async def test_private_addresses_are_not_visited(
    addresses: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _answer_lookups(monkeypatch, addresses)
    host = answering()
    client = SnsClient(public_address, httpx.MockTransport(host._take))
    assert await client.certificate(URL, NOW) is None
    assert not await client.confirm(CONFIRM)
    assert host.asked == []


async def test_a_public_address_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    _answer_lookups(monkeypatch, ["54.1.2.3", "2600:1f00::1"])
    assert await public_address("sns.eu-west-1.amazonaws.com") == "54.1.2.3"
    # As a network without IPv4 finds it.
    _answer_lookups(monkeypatch, ["64:ff9b::3601:203"])
    assert await public_address("sns.eu-west-1.amazonaws.com") == "64:ff9b::3601:203"


def _answer_lookups(monkeypatch: pytest.MonkeyPatch, addresses: list[str]) -> None:
    async def getaddrinfo(_host: str, _port: int) -> list[object]:
        families = [ipaddress.ip_address(address).version for address in addresses]
        return [
            (family, 1, 6, "", (address, 443))
            for family, address in zip(families, addresses, strict=True)
        ]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo)


@pytest.mark.parametrize(
    "name",
    [
        "sns.amazonaws.com",
        "sns.eu-west-1.amazonaws.com",
        "sns-us-gov-west-1.amazonaws.com",
        "sns-signing.me-south-1.amazonaws.com",
        "sns-cn-north-1.amazonaws.com.cn",
    ],
)
def test_names_that_sns_signs_with(name: str) -> None:
    assert valid_until(make_certificate(name, KEY), NOW) == NOW + timedelta(days=1)


@pytest.mark.parametrize(
    "pem",
    [
        make_certificate("sns.amazonaws.com", KEY, ends=NOW - timedelta(hours=1)),
        make_certificate("sns.amazonaws.com", KEY, begins=NOW + timedelta(hours=1)),
        make_certificate("sns.amazonaws.com", make_key(1024)),
        make_certificate("sns.amazonaws.com", ec.generate_private_key(ec.SECP256R1())),
        make_certificate("s3.amazonaws.com", KEY),
    ],
    ids=["over", "not yet", "short key", "other key", "other service"],
)
def test_certificates_that_prove_nothing(pem: bytes) -> None:
    with pytest.raises(ValueError, match="not a certificate of SNS"):
        valid_until(pem, NOW)
