"""The report as Markdown."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Final
from uuid import UUID

from secondstory.actions.schemas import ActionRead
from secondstory.incidents.schemas import ParticipantRead
from secondstory.reports import words
from secondstory.reports.outline import Branch, outline
from secondstory.reports.passages import contained, indented, inline, is_one_paragraph
from secondstory.reports.schemas import ReportRead
from secondstory.takeaways.schemas import TakeawayRead
from secondstory.timeline.schemas import EventRead

# From here on the outline moves no further to the right; the numbers still tell.
_DEEPEST: Final = 8
_ITEM: Final = 2
_LINK_ESCAPES = str.maketrans({" ": "%20", "<": "%3C", ">": "%3E"})


def to_markdown(report: ReportRead) -> str:
    """Return the whole postmortem in the agenda's order."""
    incident = report.incident
    blocks = [
        f"# {incident.key}: {inline(incident.title)}",
        _facts(report),
        "## A. Recap",
        contained(incident.summary) if incident.summary.strip() else f"*{words.NO_SUMMARY}*",
        "### Timeline",
        *_timeline(report.events),
        "## B. Discussion",
        *_discussion(report),
        "## C. Takeaways",
        "### What we learned",
        *(_takeaways(report.learnings) or [f"*{words.NO_LEARNINGS}*"]),
        *_titled("### What we recommend", _takeaways(report.recommendations)),
        *_titled("### Parked for later", _takeaways(report.parked)),
        "### Actions",
        *(_actions(report) or [words.NO_ACTIONS]),
    ]
    return "\n\n".join(blocks) + "\n"


def _facts(report: ReportRead) -> str:
    lines = [f"- **{name}:** {inline(value)}" for name, value in words.facts(report.incident)]
    if report.participants:
        lines.append("- **People:**")
        lines += [f"  - {_person(person)}" for person in report.participants]
    return "\n".join(lines)


def _person(person: ParticipantRead) -> str:
    return f"{inline(person.name)}: {', '.join(words.ROLE[role] for role in person.roles)}"


def _timeline(events: Sequence[EventRead]) -> Iterable[str]:
    if not events:
        yield f"*{words.NO_EVENTS}*"
        return
    yield "Times are UTC."
    for day, of_day in groupby(events, key=_day):
        yield f"#### {words.day(day)}"
        yield from (_event(event) for event in of_day)


def _day(event: EventRead) -> date:
    return event.occurred_at.date()


def _event(event: EventRead) -> str:
    kind = words.EVENT_KIND[event.kind]
    marks = "".join(f" · {inline(mark)}" for mark in words.event_marks(event))
    blocks = [f"- **{event.occurred_at:%H:%M} {kind}**{marks}"]
    if event.text.strip():
        blocks.append(indented(contained(event.text), _ITEM))
    if event.evidence:
        links = ", ".join(_link(url) for url in event.evidence)
        blocks.append(indented(f"Evidence: {links}", _ITEM))
    return "\n\n".join(blocks)


def _discussion(report: ReportRead) -> Sequence[str]:
    known = words.references(report)
    return [_branch(branch, known) for branch in outline(report.whys)] or [f"*{words.NO_WHYS}*"]


def _branch(branch: Branch, known: dict[UUID, tuple[str, str]]) -> str:
    why = branch.why
    indent = _ITEM * min(branch.depth, _DEEPEST)
    head = f"- **{branch.number}. {inline(why.question)}**"
    if branch.told:
        return indented(f"{head} (told above)", indent)
    blocks = [head]
    if why.answer.strip() or not why.causes:
        answer = contained(why.answer) if why.answer.strip() else f"*{words.NO_ANSWER}*"
        blocks.append(indented(answer, _ITEM))
    blocks += [
        indented(_named(name, text), _ITEM)
        for name, text in (("We expected", why.expectation), ("We assumed", why.assumption))
        if text.strip()
    ]
    events = [known[event] for event in why.evidence if event in known]
    if events:
        # Stars keep this list apart from the deeper whys below it.
        lines = "\n".join(f"* {when} {inline(said)}" for when, said in events)
        blocks.append(indented(f"**How we know:**\n\n{lines}", _ITEM))
    return indented("\n\n".join(blocks), indent)


def _named(name: str, text: str) -> str:
    space = " " if is_one_paragraph(text) else "\n\n"
    return f"**{name}:**{space}{contained(text)}"


def _takeaways(takeaways: Sequence[TakeawayRead]) -> list[str]:
    return [
        f"- {indented(contained(takeaway.text), _ITEM)[_ITEM:]}"
        for takeaway in takeaways
        if takeaway.text.strip()
    ]


def _actions(report: ReportRead) -> list[str]:
    origins = words.origins(report)
    return [_action(action, origins) for action in report.actions]


def _action(action: ActionRead, origins: dict[UUID, str]) -> str:
    marks = " · ".join(inline(mark) for mark in words.action_marks(action))
    blocks = [f"- **{action.key} {inline(action.title)}**", indented(marks, _ITEM)]
    if action.origin is not None and origins.get(action.origin.id):
        blocks.append(indented(f"Came out of: {inline(origins[action.origin.id])}", _ITEM))
    if action.evidence is not None:
        blocks.append(indented(f"What shows it: {_link(action.evidence)}", _ITEM))
    if action.tracker_url is not None:
        blocks.append(indented(f"Tracked at {_link(action.tracker_url)}", _ITEM))
    return "\n\n".join(blocks)


def _titled(title: str, blocks: list[str]) -> list[str]:
    return [title, *blocks] if blocks else []


def _link(text: str) -> str:
    return f"<{text.translate(_LINK_ESCAPES)}>" if words.is_web_link(text) else inline(text)
