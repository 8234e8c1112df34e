"""What would become of a message now; nothing is stored."""

from dataclasses import replace
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from secondstory.alerts.decisions import outcome_of, paused, unread
from secondstory.alerts.deliveries import signal_read
from secondstory.alerts.formats.contract import Message, SourceKind
from secondstory.alerts.joining import find_joinable
from secondstory.alerts.life import Course, Step, advance, begin, may_begin
from secondstory.alerts.models import Decision
from secondstory.alerts.opening import Way, find_way, is_due, way_together, why_open
from secondstory.alerts.portrait import first_standing, improvements, life_of, service_label
from secondstory.alerts.queries import current_alert
from secondstory.alerts.reading import in_order, signals_of
from secondstory.alerts.rules import rules_from
from secondstory.alerts.schemas import Outcome, PreviewRead, PreviewRequest, SignalRead
from secondstory.alerts.signals import Signal, SignalEvent
from secondstory.alerts.speaker import Speaker
from secondstory.alerts.standing import Standing
from secondstory.platform import clock
from secondstory.platform.prepared import driver_of
from secondstory.platform.problems import Invalid


async def preview(session: AsyncSession, source: Speaker, asked: PreviewRequest) -> PreviewRead:
    """Return the signals of a message and what each would do, given the alerts of now.

    The signature is not checked: what a person pastes is hardly ever the signed bytes. Raises
    `Invalid` for a mapping where the source takes none.
    """
    if asked.mapping is not None and source.kind is not SourceKind.GENERIC:
        raise Invalid.at("/mapping", "Only sources of kind generic take a mapping.")
    source = _with_settings(source, asked)
    headers = {name.lower(): value for name, value in asked.headers.items()}
    message = Message(headers=headers, body=asked.body.encode())
    rehearsal = _Rehearsal(session, source)
    signals = in_order(signals_of(source, message, clock.now()))
    seen = {number: await rehearsal.play(signal) for number, signal in signals}
    told = [seen[number] for number in sorted(seen)]
    return PreviewRead(
        signals=[signal for signal, _ in told],
        outcome=[outcome for _, outcome in told] or [unread(source)],
    )


def _with_settings(source: Speaker, asked: PreviewRequest) -> Speaker:
    """Return the source as it would be with the settings to try; no session knows of it."""
    names = asked.model_fields_set & {"mapping", "rules", "severity_map"}
    tried = asked.model_dump(mode="json", include=set(names), exclude_none=True)
    return replace(source, **tried)


class _Rehearsal:
    """Signals of one message, each after the ones before it."""

    def __init__(self, session: AsyncSession, source: Speaker) -> None:
        self._session = session
        self._source = source
        self._alerts: dict[str, Standing] = {}
        self._opened: set[str] = set()

    async def play(self, signal: Signal) -> tuple[SignalRead, Outcome]:
        """Return a signal as it would be kept, and what it would do."""
        if not self._source.active:
            return signal_read(signal, self._source), paused()
        key = signal.dedup_key
        alert = self._alerts.get(key or "") or await current_alert(
            self._session, self._source.id, key
        )
        step = _step(signal, alert)
        after = None if step is None else self._after(signal, step, alert)
        way = None
        if step is not None and after is not None:
            way = await self._way(signal, step, alert, after)
            if way is not None and way.enters:
                after.incident_id = after.id  # any will do: the next signal finds that it has one
            if key is not None:
                self._alerts[key] = after
        kept = signal if step is None else replace(signal, event=step.event)
        return signal_read(kept, self._source), outcome_of(signal, step, alert, way)

    def _after(self, signal: Signal, step: Step, alert: Standing | None) -> Standing:
        if alert is None or step.course is Course.BEGIN:
            return first_standing(self._source, signal, step, clock.now())
        changes = improvements(alert, self._source, signal, step)
        return Standing(**(alert.row() | changes))

    async def _way(
        self, signal: Signal, step: Step, before: Standing | None, alert: Standing
    ) -> Way | None:
        if not is_due(alert, signal, step):
            return None
        rules, service = rules_from(self._source.rules), service_label(alert.service)
        find = partial(find_joinable, await driver_of(self._session))
        way = await find_way(rules, alert, why_open(step, before), find)
        if way.outcome.decision is not Decision.OPEN_INCIDENT:
            return way
        if rules.attach_within_minutes is not None and service in self._opened:
            return way_together(alert)
        if service is not None:
            self._opened.add(service)
        return way


def _step(signal: Signal, alert: Standing | None) -> Step | None:
    now = clock.now()
    if signal.event is SignalEvent.OTHER:
        return None
    if alert is not None:
        return advance(life_of(alert, alert.updated_at), signal, now)
    return begin(signal, now) if may_begin(signal) else None
