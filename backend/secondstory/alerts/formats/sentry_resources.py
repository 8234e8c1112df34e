"""What Sentry's webhooks are about, each kind of thing read into the same few words.

For the source of the rules see `sentry`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from secondstory.alerts.formats.values import (
    MAX_TITLE,
    first,
    identity,
    items,
    paragraph,
    text,
    within,
)
from secondstory.alerts.signals import AlertState, SignalEvent

# What else happens to an issue (assigned, archived) is news and changes nothing.
_ISSUE_ACTIONS: Mapping[str, tuple[SignalEvent, AlertState]] = {
    "created": (SignalEvent.TRIGGER, AlertState.OPEN),
    "resolved": (SignalEvent.RESOLVE, AlertState.RESOLVED),
    "unresolved": (SignalEvent.UPDATE, AlertState.OPEN),
    "regression": (SignalEvent.UPDATE, AlertState.OPEN),
    "escalating": (SignalEvent.UPDATE, AlertState.OPEN),
}
_METRIC_ACTIONS: Mapping[str, tuple[SignalEvent, AlertState]] = {
    "critical": (SignalEvent.TRIGGER, AlertState.OPEN),
    "warning": (SignalEvent.TRIGGER, AlertState.OPEN),
    "resolved": (SignalEvent.RESOLVE, AlertState.RESOLVED),
}
_ISSUE_OF_URL = re.compile(r"/issues/(\d{1,30})(?:/|$)", re.ASCII)
_PROJECT_OF_URL = re.compile(r"/projects/[^/]+/([^/]+)/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One thing as Sentry tells of it; `said` is a line or two about it, `by` who did it."""

    event: SignalEvent
    key: str | None
    title: str | None = None
    raw: str | None = None
    service: str | None = None
    state: AlertState | None = None
    opened: JsonValue = None
    pages: tuple[JsonValue, ...] = ()
    said: str | None = None
    by: str | None = None


def read_metric_alert(body: JsonValue) -> Resource:
    """Return a metric alert: `metric_alert` is the firing, `alert_rule` in it what is watched."""
    action = text(body, "action") or ""
    data, alert = within(body, "data"), within(body, "data", "metric_alert")
    event, state = _METRIC_ACTIONS.get(action, (SignalEvent.UPDATE, None))
    headline = text(data, "description_title", limit=MAX_TITLE)
    title = text(alert, "alert_rule", "name", limit=MAX_TITLE) or headline
    raw = action if event is SignalEvent.TRIGGER else None
    return Resource(
        event=event,
        key=identity(alert, "id"),
        title=title,
        raw=raw,
        service=first(map(text, _projects(alert))),
        state=state,
        opened=within(alert, "date_started") or within(alert, "date_detected"),
        pages=(within(data, "web_url"),),
        said=paragraph(data, "description_text"),
    )


def _projects(alert: JsonValue) -> list[JsonValue]:
    return items(alert, "projects") + items(alert, "alert_rule", "projects")


def read_issue(body: JsonValue) -> Resource:
    """Return an issue that was created, resolved, or changed otherwise.

    An activity alert is always `triggered`: its activity says what happened, such as
    `status_resolved_in_release`.
    """
    issue, activity = within(body, "data", "issue"), text(body, "data", "activity", "type")
    action = activity or text(body, "action") or ""
    word = action.removeprefix("status_").partition("_")[0]
    event, state = _ISSUE_ACTIONS.get(word, (SignalEvent.UPDATE, None))
    project = within(issue, "project")
    told_of = text(issue, "culprit") if event is SignalEvent.TRIGGER else None
    news = f"Activity: {activity.replace('_', ' ')}" if activity else f"The issue is {action}"
    return Resource(
        event=event,
        key=identity(issue, "id"),
        title=_title(issue),
        raw=text(issue, "level"),
        service=text(project, "slug") or text(project, "name"),
        state=state,
        opened=within(issue, "firstSeen"),
        pages=(
            within(issue, "web_url"),
            within(issue, "permalink"),
            within(body, "data", "alert", "web_url"),
        ),
        said=news if event is SignalEvent.UPDATE and action else told_of,
        by=text(body, "actor", "name"),
    )


def read_comment(body: JsonValue) -> Resource:
    """Return what somebody wrote about an issue."""
    data = within(body, "data")
    return Resource(
        event=SignalEvent.UPDATE,
        key=identity(data, "issue_id"),
        service=text(data, "project_slug"),
        said=paragraph(data, "comment"),
    )


def read_analysis(body: JsonValue) -> Resource:
    """Return how far Seer got with an issue: its cause, a solution, pull requests."""
    action, data = text(body, "action") or "", within(body, "data")
    found = within(data, "root_cause") or within(data, "solution")
    step = f"Seer: {action.removeprefix('seer.').replace('_', ' ')}"
    description = paragraph(found, "description")
    return Resource(
        event=SignalEvent.UPDATE,
        key=identity(data, "group_id"),
        pages=tuple(
            within(made, "pull_request", "pr_url") for made in items(data, "pull_requests")
        ),
        said=f"{step}\n\n{description}" if description else step,
    )


def read_event(body: JsonValue) -> Resource:
    """Return one occurrence of an issue; the issue is what all occurrences have in common."""
    data = within(body, "data")
    event, rule = within(data, "event") or within(data, "error"), within(data, "triggered_rule")
    url = text(event, "issue_url", limit=MAX_TITLE) or ""
    issue, project = _ISSUE_OF_URL.search(url), text(event, "url", limit=MAX_TITLE) or ""
    slug = _PROJECT_OF_URL.search(project)
    return Resource(
        event=SignalEvent.TRIGGER,
        key=identity(event, "issue_id") or (issue[1] if issue else identity(event, "event_id")),
        title=_title(event),
        raw=text(event, "level") or _tag(event, "level") or text(event, "occurrence", "level"),
        service=text(slug[1]) if slug else text(event, "project"),
        state=AlertState.OPEN,
        opened=within(event, "datetime") or within(event, "timestamp"),
        pages=(within(event, "web_url"),),
        said=f"Alert rule: {named}" if (named := text(rule)) else text(event, "culprit"),
    )


def read_plugin(body: JsonValue) -> Resource:
    """Return an event that the older per-project plugin sent."""
    event = within(body, "event")
    return Resource(
        event=SignalEvent.TRIGGER,
        key=identity(body, "id"),
        title=_title(event) or text(body, "message", limit=MAX_TITLE),
        raw=text(body, "level"),
        service=text(body, "project_slug") or text(body, "project"),
        state=AlertState.OPEN,
        opened=within(event, "timestamp") or within(event, "received"),
        pages=(within(body, "url"),),
        said=text(body, "culprit"),
    )


def _tag(event: JsonValue, name: str) -> str | None:
    pairs = (tag for tag in items(event, "tags") if isinstance(tag, list) and tag[:1] == [name])
    return first(text(value) for pair in pairs for value in pair[1:])


def _title(thing: JsonValue) -> str | None:
    """Return what Sentry calls an issue or event, else what it was made of.

    What a monitor found (cron, uptime, metric) has its title in `occurrence`.
    """
    metadata = within(thing, "metadata")
    titles = (within(thing, "occurrence", "issueTitle"), within(thing, "title"))
    title = first(text(title, limit=MAX_TITLE) for title in (*titles, within(metadata, "title")))
    parts = filter(None, (text(metadata, "type"), text(metadata, "value")))
    return title or ": ".join(parts)[:MAX_TITLE] or text(thing, "message", limit=MAX_TITLE)
