"""What a message points to: fetched before it is believed, visited once it is stored."""

from secondstory.alerts.formats.contract import Message, SignatureMismatch, Signing
from secondstory.alerts.intake import WrongSignature
from secondstory.alerts.registry import FORMATS
from secondstory.alerts.sns import SnsClient
from secondstory.alerts.source_queries import find_source
from secondstory.platform import clock
from secondstory.platform.database import Database

_BY_NAME = {kind.value: format_ for kind, format_ in FORMATS.items()}


async def fetch_certificate(
    database: Database, client: SnsClient, kind: str, key: str, message: Message
) -> str | None:
    """Return the certificate that a message names, where its sender signs with one.

    Nothing is fetched for strangers, nor while a database connection is held. Raises `NotFound`,
    `WrongSignature` for an address that the sender's rule does not allow, `SenderUnreachable`.
    """
    format_ = _BY_NAME.get(kind)
    if format_ is None or format_.signing is not Signing.CERTIFICATE:
        return None
    async with database.reading() as session:
        await find_source(session, kind, key)
    try:
        url = format_.certificate_url(message)
    except SignatureMismatch:
        raise WrongSignature from None
    return None if url is None else await client.certificate(url, clock.now())


async def confirm(client: SnsClient, kind: str, message: Message) -> None:
    """Visit what a stored, verified message asks to be visited, so that its topic delivers here.

    Raises `SenderUnreachable`: the sender comes again, and so do we.
    """
    url = _BY_NAME[kind].confirm_url(message)
    if url is not None:
        await client.confirm(url)
