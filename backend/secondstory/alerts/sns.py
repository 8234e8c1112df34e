"""Fetching what messages of Amazon SNS point to: certificates, and the confirmation of a topic."""

import asyncio
import ipaddress
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509.oid import NameOID

from secondstory.platform.problems import Unavailable

_PATIENCE = timedelta(seconds=5)
_LATER = {"Retry-After": "30"}
_MAX_BYTES = 64 * 1024
_MAX_KEPT = 50
_KEPT_FOR = timedelta(days=1)
# What is no certificate is asked for again after a while, and not with each message of a storm.
_REFUSED_FOR = timedelta(minutes=1)
_SHORTEST_KEY = 2048
# Some regions sign with a name of their own, such as `sns-signing.me-south-1.amazonaws.com`.
_SUBJECT = re.compile(
    r"sns(?:-signing)?(?:[.-][a-z]{2}[a-z0-9-]{1,30})?\.amazonaws\.com(?:\.cn)?", re.ASCII
)
# All public IPv6 addresses; and those by which networks without IPv4 reach that.
_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

Resolve = Callable[[str], Awaitable[str]]


class SenderUnreachable(Unavailable):
    code, title = "sender_unreachable", "What the message points to cannot be reached right now"


class _Refused(Exception):
    """The host is at no public address, or its answer is none that we take."""


class _Kept(NamedTuple):
    certificate: str | None
    until: datetime


class SnsClient:
    """Visits hosts of SNS, which whoever gives it an address has checked the address for.

    A name is looked up once, and the connection goes to the public address that was found: a name
    that changes its mind in between leads nowhere. Redirects and proxies are not followed.
    """

    def __init__(
        self, resolve: Resolve | None = None, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._resolve = resolve or public_address
        self._transport = transport
        self._kept: dict[str, _Kept] = {}
        self._turn = asyncio.Lock()

    async def certificate(self, url: str, now: datetime) -> str | None:
        """Return the certificate at `url` as PEM, None if what is there is none of SNS.

        Raises `SenderUnreachable`, so that SNS sends the message again.
        """
        kept = self._still_kept(url, now)
        if kept is None:
            # One at a time: a storm of messages asks for the same certificate.
            async with self._turn:
                kept = self._still_kept(url, now) or await self._fetch_certificate(url, now)
                self._keep(url, kept)
        return kept.certificate

    async def confirm(self, url: str) -> bool:
        """Visit `url`, so that a topic delivers here. Raises `SenderUnreachable`."""
        try:
            await self._get(url)
        except _Refused:
            return False
        return True

    def _still_kept(self, url: str, now: datetime) -> _Kept | None:
        kept = self._kept.get(url)
        return kept if kept is not None and now < kept.until else None

    def _keep(self, url: str, kept: _Kept) -> None:
        self._kept.pop(url, None)
        self._kept[url] = kept
        while len(self._kept) > _MAX_KEPT:
            self._kept.pop(next(iter(self._kept)))

    async def _fetch_certificate(self, url: str, now: datetime) -> _Kept:
        try:
            found = await self._get(url)
            return _Kept(found.decode(), min(now + _KEPT_FOR, valid_until(found, now)))
        except (_Refused, ValueError):
            return _Kept(None, now + _REFUSED_FOR)

    async def _get(self, url: str) -> bytes:
        try:
            async with asyncio.timeout(_PATIENCE.total_seconds()):
                return await self._read(httpx.URL(url))
        except httpx.InvalidURL as error:
            raise _Refused from error
        except (TimeoutError, OSError, httpx.HTTPError) as error:
            raise SenderUnreachable(headers=_LATER) from error

    async def _read(self, url: httpx.URL) -> bytes:
        address = await self._resolve(url.host)
        client = httpx.AsyncClient(
            transport=self._transport, follow_redirects=False, trust_env=False
        )
        async with (
            client,
            client.stream(
                "GET",
                url.copy_with(host=address),
                headers={"Host": url.host, "Accept-Encoding": "identity"},
                extensions={"sni_hostname": url.host},
            ) as answer,
        ):
            if answer.is_server_error:
                raise SenderUnreachable(headers=_LATER)
            if answer.status_code != httpx.codes.OK:
                raise _Refused
            found = b""
            async for part in answer.aiter_raw():
                found += part
                if len(found) > _MAX_BYTES:
                    raise _Refused
            return found


async def public_address(host: str) -> str:
    """Return an address of `host`; one that has private addresses too is not visited."""
    found = await asyncio.get_running_loop().getaddrinfo(host, 443)
    addresses = [ipaddress.ip_address(str(address[0])) for *_, address in found]
    if not addresses or not all(map(_is_public, addresses)):
        raise _Refused
    return str(addresses[0])


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        inner = _inside(address)
        if inner is None:
            return address in _UNICAST and address.is_global
        address = inner
    return address.is_global and not address.is_multicast


def _inside(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that gateways take an IPv6 address to, if it stands for one."""
    if address in _NAT64:
        return ipaddress.IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour


def valid_until(pem: bytes, now: datetime) -> datetime:
    """Return when a certificate of SNS ends. Raises `ValueError` if it is none, or not valid now.

    Who issued it is not followed up: the host that served it proved itself when we connected.
    """
    certificate = x509.load_pem_x509_certificate(pem)
    names = [
        str(name.value) for name in certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    ]
    key = certificate.public_key()
    named = any(_SUBJECT.fullmatch(name) for name in names)
    strong = isinstance(key, RSAPublicKey) and key.key_size >= _SHORTEST_KEY
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not (named and strong and begins <= now < ends):
        msg = "not a certificate of SNS"
        raise ValueError(msg)
    return ends.astimezone(UTC)
