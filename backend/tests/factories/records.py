"""Makes records over the API, the way anybody would."""

from typing import Any

from tests.factories import Caller

Body = dict[str, Any]


async def posted(caller: Caller, path: str, **given: Any) -> Body:
    """Post, and return what was made."""
    answer = await caller.client.post(path, json=given)
    assert answer.status_code == 201, answer.text
    made: Body = answer.json()
    return made


async def fetched(caller: Caller, path: str, **query: Any) -> Body:
    """Get, and return what was answered."""
    answer = await caller.client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    body: Body = answer.json()
    return body


async def patched(caller: Caller, path: str, **given: Any) -> Body:
    """Patch, and return what it is now."""
    answer = await caller.client.patch(path, json=given)
    assert answer.status_code == 200, answer.text
    body: Body = answer.json()
    return body


async def open_incident(caller: Caller, title: str = "Checkout was down", **given: Any) -> Body:
    """Open an incident."""
    return await posted(caller, "/incidents", title=title, **given)


async def add_event(caller: Caller, incident: Body, text: str = "We looked.", **given: Any) -> Body:
    """Add an event, an action unless told otherwise."""
    path = f"/incidents/{incident['id']}/events"
    return await posted(caller, path, **{"kind": "action", "text": text, **given})


async def ask_why(caller: Caller, incident: Body, question: str, **given: Any) -> Body:
    """Ask a why."""
    return await posted(caller, f"/incidents/{incident['id']}/whys", question=question, **given)


async def add_takeaway(caller: Caller, incident: Body, text: str, **given: Any) -> Body:
    """Add a takeaway, a learning unless told otherwise."""
    path = f"/incidents/{incident['id']}/takeaways"
    return await posted(caller, path, **{"kind": "learning", "text": text, **given})


async def agree_on(caller: Caller, incident: Body, title: str, **given: Any) -> Body:
    """Agree on an action."""
    return await posted(caller, f"/incidents/{incident['id']}/actions", title=title, **given)
