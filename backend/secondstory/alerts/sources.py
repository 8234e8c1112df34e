"""Writing alert sources: their keys, secrets and settings."""

import secrets
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from secondstory.alerts.formats.contract import Signing, SourceKind
from secondstory.alerts.models import AlertSource
from secondstory.alerts.registry import FORMATS
from secondstory.alerts.rules import UNCHANGED
from secondstory.alerts.source_queries import previous_until, read_source
from secondstory.alerts.source_schemas import (
    SourceCreate,
    SourcePatch,
    SourceRead,
    SourceWithSecret,
)
from secondstory.changes.service import appeared, difference, record, vanished
from secondstory.identity.principal import Principal
from secondstory.identity.tokens import hash_secret
from secondstory.platform import clock
from secondstory.platform.etags import check_if_match
from secondstory.platform.problems import Invalid, NotFound

ENTITY = "alert_source"
# Members of a patch that are not settings.
_DEEDS = {"secret", "rotate_secret", "end_previous"}


async def add_source(
    session: AsyncSession, principal: Principal, new: SourceCreate
) -> SourceWithSecret:
    """Add a source with a key, and a signing secret where its sender signs.

    Raises `Invalid` for a signing secret of a sender that does not sign.
    """
    _check_secret(new.kind, new.secret)
    key = _new_key(new.kind)
    source = AlertSource(
        kind=new.kind,
        name=new.name,
        key=key,
        key_hash=hash_secret(key),
        secret=new.secret or (_new_secret() if FORMATS[new.kind].signed else None),
        default_severity=new.default_severity,
        mapping=new.mapping.model_dump(mode="json") if new.mapping else None,
        # Null while nobody changed them: the way of a storm does not have to read them then.
        rules=new.rules.model_dump(mode="json") if new.rules != UNCHANGED else None,
        severity_map=new.model_dump(mode="json")["severity_map"],
        created_at=clock.now(),
    )
    session.add(source)
    await session.flush()  # read back by SQL below
    await record(
        session,
        principal,
        "created",
        ENTITY,
        source.id,
        incident_id=None,
        fields=appeared(name=source.name, kind=source.kind),
    )
    made = await read_source(session, principal, source.id)
    return SourceWithSecret(**made.model_dump(), secret=_shown_secret(source))


async def change_source(
    session: AsyncSession,
    principal: Principal,
    source_id: UUID,
    patch: SourcePatch,
    if_match: str | None,
) -> SourceWithSecret:
    """Change a source. Raises `NotFound`, `PreconditionFailed`, `Invalid`.

    A secret is answered only when this made or took one.
    """
    source = await _lock_source(session, source_id)
    before = await read_source(session, principal, source_id)
    check_if_match(if_match, before)
    _check_secret(source.kind, patch.secret)
    if "mapping" in patch.model_fields_set and source.kind is not SourceKind.GENERIC:
        raise Invalid.at("/mapping", "Only sources of kind generic take a mapping.")
    values = patch.model_dump(mode="json", exclude_unset=True, exclude=_DEEDS)
    for name, value in values.items():
        setattr(source, name, value)
    rotates = patch.rotate_secret or patch.secret is not None
    if rotates:
        _rotate(source, patch.secret)
    elif "secret" in patch.model_fields_set:
        _end_signing(source)
    if patch.end_previous:
        source.previous_key_hash = source.previous_secret = None
    await session.flush()  # read back by SQL below
    after = await read_source(session, principal, source_id)
    await _record_change(session, principal, before, after, rotated=rotates)
    secret = _shown_secret(source) if rotates else None
    return SourceWithSecret(**after.model_dump(), secret=secret)


async def remove_source(
    session: AsyncSession, principal: Principal, source_id: UUID, if_match: str | None
) -> None:
    """Take a source away, its keys and secrets with it; what it delivered stays.

    Raises `NotFound`, `PreconditionFailed`.
    """
    source = await _lock_source(session, source_id)
    check_if_match(if_match, await read_source(session, principal, source_id))
    source.key = source.key_hash = source.previous_key_hash = None
    source.secret = source.previous_secret = None
    source.removed_at = clock.now()
    await record(
        session,
        principal,
        "deleted",
        ENTITY,
        source.id,
        incident_id=None,
        fields=vanished(name=source.name, kind=source.kind),
    )


def _rotate(source: AlertSource, given: str | None) -> None:
    """Exchange what proves the sender; the one before holds on for a while."""
    if previous_until(source) is None:
        # Or a key that is over would hold again for as long as a secret is exchanged.
        source.previous_key_hash = source.previous_secret = None
    # A sender that may sign does so from the moment on that its source has a secret.
    if FORMATS[source.kind].signed or given or source.secret:
        source.previous_secret, source.secret = source.secret, given or _new_secret()
    else:
        key = _new_key(source.kind)
        source.previous_key_hash, source.key_hash = source.key_hash, hash_secret(key)
        source.key = key
    source.rotated_at = clock.now()


def _end_signing(source: AlertSource) -> None:
    """Go by the address alone again. Raises `Invalid` for a sender that does not leave a choice."""
    if FORMATS[source.kind].signing is not Signing.OPTIONAL:
        raise Invalid.at("/secret", "Only senders that may sign can do without a secret.")
    source.secret = source.previous_secret = None


async def _record_change(
    session: AsyncSession,
    principal: Principal,
    before: SourceRead,
    after: SourceRead,
    *,
    rotated: bool,
) -> None:
    moved = difference(before, after)
    # The address holds the key; deliveries move on by themselves.
    fields = {name: moved[name] for name in moved.keys() - {"address", "last_delivery_at"}}
    if rotated:
        fields["secret"] = {"before": "…", "after": "a new one"}
    if fields:
        await record(
            session, principal, "updated", ENTITY, after.id, incident_id=None, fields=fields
        )


async def _lock_source(session: AsyncSession, source_id: UUID) -> AlertSource:
    source = await session.scalar(
        select(AlertSource)
        .where(col(AlertSource.id) == source_id, col(AlertSource.removed_at).is_(None))
        # Beside the deliveries that refer to it: in a storm there is always one.
        .with_for_update(key_share=True)
    )
    if source is None:
        raise NotFound
    return source


def _check_secret(kind: SourceKind, secret: str | None) -> None:
    if secret is not None and FORMATS[kind].signing not in {Signing.ALWAYS, Signing.OPTIONAL}:
        raise Invalid.at("/secret", f"{FORMATS[kind].label} does not sign what it sends.")


def _shown_secret(source: AlertSource) -> str | None:
    """Return what an administrator has to carry to the sender beside the address."""
    return source.key if source.kind is SourceKind.PAGERDUTY_EVENTS_V2 else source.secret


def _new_key(kind: SourceKind) -> str:
    # PagerDuty's routing keys have 32 letters and digits, and senders check that.
    if kind is SourceKind.PAGERDUTY_EVENTS_V2:
        return secrets.token_hex(16)
    return secrets.token_urlsafe(24)


def _new_secret() -> str:
    # Hexadecimal is also valid base64, which senders of Standard Webhooks take a secret for.
    return secrets.token_hex(32)
