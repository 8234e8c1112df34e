"""The report as one self-contained HTML page."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from itertools import groupby
from typing import Final
from uuid import UUID

from secondstory.actions.schemas import ActionRead
from secondstory.incidents.schemas import ParticipantRead
from secondstory.reports import words
from secondstory.reports.outline import Branch, outline
from secondstory.reports.passages import to_html
from secondstory.reports.schemas import ReportRead
from secondstory.reports.style import CSS
from secondstory.takeaways.schemas import TakeawayRead
from secondstory.timeline.schemas import EventRead

# Browsers give up on deeper trees; the numbers still tell.
_DEEPEST: Final = 8


def to_page(report: ReportRead) -> str:
    """Return the whole postmortem in the agenda's order."""
    incident = report.incident
    title = f"{incident.key}: {escape(incident.title)}"
    blocks = [
        "<!doctype html>",
        f'<html lang="en"><head><meta charset="utf-8"><title>{title}</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{CSS}</style></head><body><main>",
        f'<header><p class="key">{incident.key}</p><h1>{escape(incident.title)}</h1>',
        _facts(report),
        '</header><section id="recap"><h2>A. Recap</h2>',
        to_html(incident.summary) or _note(words.NO_SUMMARY),
        "<h3>Timeline</h3>",
        *_timeline(report.events),
        '</section><section id="discussion"><h2>B. Discussion</h2>',
        *_discussion(report),
        '</section><section id="takeaways"><h2>C. Takeaways</h2><h3>What we learned</h3>',
        _takeaways(report.learnings) or _note(words.NO_LEARNINGS),
        _titled("What we recommend", _takeaways(report.recommendations)),
        _titled("Parked for later", _takeaways(report.parked)),
        "<h3>Actions</h3>",
        _actions(report) or f"<p>{words.NO_ACTIONS}</p>",
        "</section></main></body></html>",
    ]
    return "\n".join(block for block in blocks if block) + "\n"


def _facts(report: ReportRead) -> str:
    facts = words.facts(report.incident)
    if report.participants:
        facts.append(("People", "; ".join(_person(person) for person in report.participants)))
    rows = (f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in facts)
    return f'<dl class="facts">{"".join(rows)}</dl>'


def _person(person: ParticipantRead) -> str:
    return f"{person.name} ({', '.join(words.ROLE[role] for role in person.roles)})"


def _timeline(events: Sequence[EventRead]) -> Iterable[str]:
    if not events:
        yield _note(words.NO_EVENTS)
        return
    yield _note("Times are UTC.")
    for day, of_day in groupby(events, key=_day):
        yield f'<h4>{words.day(day)}</h4><ol class="timeline">'
        yield from (_event(event) for event in of_day)
        yield "</ol>"


def _day(event: EventRead) -> date:
    return event.occurred_at.date()


def _event(event: EventRead) -> str:
    marks = [words.EVENT_KIND[event.kind], *words.event_marks(event)]
    links = ", ".join(_link(url) for url in event.evidence)
    pivot = ' class="pivot"' if event.pivot else ""
    evidence = f'<p class="marks">Evidence: {links}</p>' if links else ""
    return (
        f'<li id="event-{event.id}"><time datetime="{event.occurred_at.isoformat()}">'
        f"{event.occurred_at:%H:%M}</time><div{pivot}>"
        f'<p class="head marks">{escape(" · ".join(marks))}</p>'
        f"{to_html(event.text)}{evidence}</div></li>"
    )


def _discussion(report: ReportRead) -> Iterable[str]:
    branches = outline(report.whys)
    if not branches:
        yield _note(words.NO_WHYS)
        return
    known = words.references(report)
    level = -1
    for branch in branches:
        depth = min(branch.depth, _DEEPEST)
        if depth > level:
            yield '<ol class="whys">'
        else:
            yield "</li>" + "</ol></li>" * (level - depth)
        level = depth
        yield _branch(branch, known)
    yield "</li></ol>" * (level + 1)


def _branch(branch: Branch, known: dict[UUID, tuple[str, str]]) -> str:
    """Return an item of the outline, left open for the whys below it."""
    why = branch.why
    question = f'<p class="question">{escape(why.question)}</p>'
    if branch.told:
        anchor = f'<a href="#why-{branch.number}">told above</a>'
        return f'<li value="{branch.number}">{question}<p class="marks">{anchor}</p>'
    events = [_reference(event, *known[event]) for event in why.evidence if event in known]
    return "".join(
        [
            f'<li value="{branch.number}" id="why-{branch.number}">{question}',
            to_html(why.answer) or ("" if why.causes else _note(words.NO_ANSWER)),
            _named("We expected", to_html(why.expectation)),
            _named("We assumed", to_html(why.assumption)),
            _named("How we know", f"<ul>{''.join(events)}</ul>" if events else ""),
        ]
    )


def _named(name: str, block: str) -> str:
    return f'<p class="name">{name}</p>{block}' if block else ""


def _reference(event: UUID, when: str, said: str) -> str:
    return f'<li><a href="#event-{event}">{when}</a> {escape(said)}</li>'


def _takeaways(takeaways: Sequence[TakeawayRead]) -> str:
    texts = [to_html(takeaway.text) for takeaway in takeaways]
    items = "".join(f"<li>{text}</li>" for text in texts if text)
    return f"<ul>{items}</ul>" if items else ""


def _actions(report: ReportRead) -> str:
    origins = words.origins(report)
    items = "".join(_action(action, origins) for action in report.actions)
    return f'<ul class="actions">{items}</ul>' if items else ""


def _action(action: ActionRead, origins: dict[UUID, str]) -> str:
    lines = [
        f'<p class="title">{action.key} {escape(action.title)}</p>',
        f'<p class="marks">{escape(" · ".join(words.action_marks(action)))}</p>',
    ]
    if action.origin is not None and origins.get(action.origin.id):
        origin = escape(origins[action.origin.id])
        lines.append(f'<p class="marks">Came out of: {origin}</p>')
    if action.evidence is not None:
        lines.append(f'<p class="marks">What shows it: {_link(action.evidence)}</p>')
    if action.tracker_url is not None:
        lines.append(f'<p class="marks">Tracked at {_link(action.tracker_url)}</p>')
    return f"<li>{''.join(lines)}</li>"


def _titled(title: str, block: str) -> str:
    return f"<h3>{title}</h3>{block}" if block else ""


def _note(text: str) -> str:
    return f'<p class="note">{text}</p>'


def _link(text: str) -> str:
    shown = escape(text)
    return f'<a href="{shown}">{shown}</a>' if words.is_web_link(text) else shown
