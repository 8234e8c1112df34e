"""The alerts of one group: which firing each of them is, and what it tells.

See `groups` for what is read of the whole, and for the source of the rules.
"""

from collections.abc import Sequence

from pydantic import JsonValue

from secondstory.alerts.formats.values import (
    MAX_TITLE,
    details,
    first,
    instant,
    paragraph,
    text,
    within,
)
from secondstory.alerts.signals import Fact, Member, digest

MAX_FACTS = 20

# Annotations that are written as a line about what is wrong.
SUMMARIES = ("summary", "title", "message")
# Labels with the name of the rule; Rancher has its own.
RULES = ("alertname", "alert_name")
# What templates call the message itself.
NAMES = ("title", "alert_name", "alertname")


def status_of(alert: JsonValue) -> str:
    """Return the word for the state of an alert, or of a group."""
    return (text(alert, "status") or "").lower()


def fires(alert: JsonValue) -> bool:
    """Say whether an alert goes on; one that does not say so has not ended."""
    return status_of(alert) != "resolved"


def name_of_labels(alert: JsonValue) -> str:
    """Return what names an alert without a fingerprint: that is made from the labels too."""
    return digest(*sorted(map(str, details(alert, "labels").items())))


def member(alert: JsonValue) -> Member:
    """Return which firing of which alert this is."""
    return Member(
        fingerprint=text(alert, "fingerprint", limit=32) or name_of_labels(alert),
        since=instant(alert, "startsAt"),
        firing=fires(alert),
    )


def facts(body: JsonValue, alerts: Sequence[JsonValue]) -> tuple[Fact, ...]:
    """Return one fact for each of the first alerts, and how many more there are."""
    told = [_fact(alert) for alert in alerts[:MAX_FACTS]]
    truncated = within(body, "truncatedAlerts")
    more = len(alerts) - len(told) + (truncated if isinstance(truncated, int) else 0)
    if more > 0:
        mark = digest("more", str(more))
        told.append(Fact(mark=mark, text=f"{more} more alerts are in this group"))
    return tuple(told)


def _fact(alert: JsonValue) -> Fact:
    of = member(alert)
    named = [text(alert, "labels", name, limit=MAX_TITLE) for name in RULES]
    named += [text(alert, name, limit=MAX_TITLE) for name in NAMES]
    name = first(named) or "Alert"
    instance = text(alert, "labels", "instance")
    where = f" on {instance}" if instance else ""
    if not of.firing:
        ended_at = instant(alert, "endsAt")
        return Fact(mark=of.closed_mark, text=f"{name} resolved{where}", occurred_at=ended_at)
    summary = first(text(alert, "annotations", name, limit=MAX_TITLE) for name in SUMMARIES)
    description = paragraph(alert, "annotations", "description")
    line = f"{name} fired{where}" + (f": {summary}" if summary else "")
    return Fact(
        mark=of.opened_mark,
        text=line + (f"\n\n{description}" if description else ""),
        occurred_at=of.since,
    )
