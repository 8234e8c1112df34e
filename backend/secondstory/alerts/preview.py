"""What would become of a message now; nothing is stored."""

from sqlalchemy.ext.asyncio import AsyncSession

from secondstory.alerts.decisions import outcome_of, paused, unread
from secondstory.alerts.deliveries import signal_read
from secondstory.alerts.formats.contract import Message
from secondstory.alerts.life import Step, advance, begin, may_begin
from secondstory.alerts.models import AlertSource
from secondstory.alerts.portrait import life_of
from secondstory.alerts.queries import current_alert
from secondstory.alerts.registry import FORMATS
from secondstory.alerts.schemas import Outcome, PreviewRead, PreviewRequest, SignalRead
from secondstory.alerts.signals import Signal, SignalEvent
from secondstory.alerts.source_queries import settings_of
from secondstory.alerts.standing import Standing
from secondstory.platform import clock


async def preview(session: AsyncSession, source: AlertSource, asked: PreviewRequest) -> PreviewRead:
    """Return the signals of a message and what each would do, given the alerts of now.

    The signature is not checked: what a person pastes is hardly ever the signed bytes.
    """
    headers = {name.lower(): value for name, value in asked.headers.items()}
    message = Message(headers=headers, body=asked.body.encode())
    signals = FORMATS[source.kind].read(message, settings_of(source, clock.now()))
    seen = [await _preview_signal(session, source, signal) for signal in signals]
    return PreviewRead(
        signals=[signal for signal, _ in seen],
        outcome=[outcome for _, outcome in seen] or [unread(source)],
    )


async def _preview_signal(
    session: AsyncSession, source: AlertSource, signal: Signal
) -> tuple[SignalRead, Outcome]:
    alert = await current_alert(session, source.id, signal.dedup_key)
    step = _step(signal, alert)
    event = step.event if step else signal.event
    severity = signal.severity
    if severity is None and event in {SignalEvent.TRIGGER, SignalEvent.UPDATE}:
        severity = source.default_severity
    read = signal_read(signal).model_copy(update={"event": event, "severity": severity})
    return read, outcome_of(signal, step, alert) if source.active else paused()


def _step(signal: Signal, alert: Standing | None) -> Step | None:
    now = clock.now()
    if signal.event is SignalEvent.OTHER:
        return None
    if alert is not None:
        return advance(life_of(alert, alert.updated_at), signal, now)
    return begin(signal, now) if may_begin(signal) else None
