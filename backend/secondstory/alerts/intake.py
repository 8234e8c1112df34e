"""Taking a message in: kept raw, tied to its alert, told in its incident, in one transaction."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from secondstory.alerts.decisions import outcome_of, paused, unread
from secondstory.alerts.deliveries import (
    Delivery,
    Touched,
    facts_before,
    store_delivery,
    store_signal,
    touched_before,
)
from secondstory.alerts.following import follow, worsen
from secondstory.alerts.formats.contract import Message, SignatureMismatch
from secondstory.alerts.joining import hold_joinable
from secondstory.alerts.known import Newcomer
from secondstory.alerts.life import Course, Step, advance, advance_again, begin
from secondstory.alerts.marks import QUIET, untold
from secondstory.alerts.opening import Way, find_way, is_due, way_back, why_open
from secondstory.alerts.portrait import improvements, life_of, service_label
from secondstory.alerts.reading import in_order, signals_of, with_key
from secondstory.alerts.registry import FORMATS
from secondstory.alerts.rows import Known, begin_anew, know_alert, uncount
from secondstory.alerts.rules import rules_from
from secondstory.alerts.signals import AlertState, Fact, Signal
from secondstory.alerts.source_queries import settings_of
from secondstory.alerts.speaker import Speaker
from secondstory.alerts.standing import Standing
from secondstory.alerts.telling import open_for_alert, tell
from secondstory.changes.service import Entry, appeared
from secondstory.platform.problems import Unauthenticated


class WrongSignature(Unauthenticated):
    code, title = "wrong_signature", "The message is not signed with a secret of this source"


class Receipt(NamedTuple):
    """What a message belongs to, and the dedup keys it came with or was given."""

    touched: Sequence[Touched]
    dedup_keys: Sequence[str]

    @property
    def newcomers(self) -> list[Newcomer]:
        """Return the alerts to which it gave an incident."""
        return [found.newcomer for found in self.touched if found.newcomer]


async def receive(
    session: AsyncSession,
    source: Speaker,
    message: Message,
    received_at: datetime,
    certificate: str | None = None,
) -> Receipt:
    """Take in one message of a source. Raises `WrongSignature`, and nothing for its content.

    `certificate` is what was fetched for it (PEM), where the sender signs with a key of its own.
    """
    settings = replace(settings_of(source, received_at), certificate=certificate)
    try:
        FORMATS[source.kind].verify(message, settings)
    except SignatureMismatch:
        raise WrongSignature from None
    signals = [with_key(signal) for signal in signals_of(source, message, received_at, settings)]
    keys = [signal.dedup_key for signal in signals if signal.dedup_key]
    message_id = _message_id(message, signals)
    delivery = await store_delivery(session, source, message, message_id, received_at)
    if delivery is None:
        touched = await touched_before(session, source, message_id or "")
        # The key that was made up for it then, not the one made up now.
        return Receipt(touched, [found.dedup_key for found in touched] or keys)
    if not signals:
        await store_signal(delivery, 0, None, unread(source))
    taken = [await take(delivery, *numbered) for numbered in in_order(signals)]
    touched = [found for found in taken if found is not None]
    return Receipt(touched, keys)


def _message_id(message: Message, signals: Sequence[Signal]) -> str | None:
    """Return what names the message: the sender's own id, or what a script gave for it.

    A script's name counts for the same body only: another one under it is news, and must be kept.
    """
    offered = next((signal.message_id for signal in signals if signal.message_id), None)
    key = message.headers.get("idempotency-key")
    if offered or not key:
        return offered
    digest = hashlib.sha256(key.strip('"').encode() + b"\n" + message.body).hexdigest()
    return f"key:{digest}"


async def take(delivery: Delivery, position: int, signal: Signal) -> Touched | None:
    """Apply a signal to its alert, and keep what was done."""
    if not delivery.source.active:
        await store_signal(delivery, position, signal, paused())
        return None
    known = await know_alert(delivery, signal)
    if known is None:
        await store_signal(delivery, position, signal, outcome_of(signal, None, None, None))
        return None
    if delivery.before is not None and known.alert.id in delivery.before.alerts:
        await uncount(delivery, known.alert)
    return await _apply(delivery, position, signal, known)


async def _apply(delivery: Delivery, position: int, signal: Signal, known: Known) -> Touched:
    step = _step(delivery, signal, known)
    before = known.alert if known.seen_at is not None else None
    joins = before is not None and step.course is Course.JOIN
    alert, state = known.alert, known.alert.state if joins else None
    counted = delivery.before is not None and alert.id in delivery.before.alerts
    changes = improvements(alert, delivery.source, signal, step, corrects=counted) if joins else {}
    if before is not None and not joins:
        alert = await begin_anew(delivery, known, signal, step)
    for name, value in changes.items():
        setattr(alert, name, value)
    way = await _way(delivery, alert, signal, step, before)
    outcome = outcome_of(signal, step, before, way)
    number, news = known.incident_number if joins else None, _news(state, alert)
    enters = way is not None and way.enters
    if way is not None and enters:
        earlier = await facts_before(delivery, alert) if joins else []
        number = await _enter(delivery, way, alert, [*earlier, *signal.facts], news)
    else:
        if AlertState.RESOLVED in {state, alert.state} and alert.state is not state:
            await follow(delivery, alert)
        await tell(delivery, alert, step.facts, news)
    changed = alert if changes or enters else None
    signal = replace(signal, event=step.event)
    await store_signal(delivery, position, signal, outcome, alert.id, changed)
    newcomer = None
    if enters and alert.incident_id is not None:
        service = service_label(alert.service)
        newcomer = Newcomer(alert.source_id, alert.dedup_key, service, alert.incident_id)
    return Touched(alert.id, alert.dedup_key, alert.state, alert.incident_id, number, newcomer)


async def _way(
    delivery: Delivery, alert: Standing, signal: Signal, step: Step, before: Standing | None
) -> Way | None:
    if not is_due(alert, signal, step):
        return None
    if delivery.before is not None and delivery.before.incident is not None:
        return way_back(delivery.before.incident)
    rules, reason = rules_from(delivery.source.rules), why_open(step, before)
    return await find_way(rules, alert, reason, partial(hold_joinable, delivery.driver))


async def _enter(
    delivery: Delivery, way: Way, alert: Standing, facts: Sequence[Fact], news: list[Entry]
) -> int:
    """Open an incident for an alert, or let it join one; return its number."""
    told = untold(list({fact.mark: fact for fact in facts}.values()), ())
    if way.joins is None:
        incident = await open_for_alert(delivery, alert, told, news)
        alert.incident_id, number = incident.id, incident.number
        if alert.state is AlertState.RESOLVED:
            await follow(delivery, alert)
        return number
    alert.incident_id = way.joins.id
    if way.joins.is_full:
        alert.marks = [*alert.marks, QUIET]
    if alert.severity < way.joins.severity:
        await worsen(delivery, alert)
    await tell(delivery, alert, told, news)
    return way.joins.number


def _step(delivery: Delivery, signal: Signal, known: Known) -> Step:
    if known.seen_at is None:
        return begin(signal, delivery.received_at)
    if delivery.before is not None:
        return advance_again(life_of(known.alert, known.seen_at), signal, delivery.received_at)
    return advance(life_of(known.alert, known.seen_at), signal, delivery.received_at)


def _news(before: AlertState | None, alert: Standing) -> list[Entry]:
    """Return the change of an alert that is new, or in another state than before."""
    if before is None:
        fields = appeared(title=alert.title, state=alert.state)
        return [Entry("created", "alert", alert.id, fields)]
    if before is alert.state:
        return []
    fields = {"state": {"before": before, "after": alert.state}}
    return [Entry("updated", "alert", alert.id, fields)]
