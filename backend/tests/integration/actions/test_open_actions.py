"""An incident always knows how many of its actions are open."""

import asyncio

import pytest

from secondstory.actions.queries import find_action, read_action
from secondstory.actions.schemas import ActionPatch
from secondstory.actions.service import change_action
from secondstory.platform.database import Database
from secondstory.platform.problems import NotFound
from tests.factories import Caller
from tests.factories.records import agree_on, fetched, open_incident, patched


async def open_actions(caller: Caller, incident: dict[str, object]) -> object:
    return (await fetched(caller, f"/incidents/{incident['id']}"))["open_actions"]


async def test_the_count_follows_every_write(member: Caller) -> None:
    incident = await open_incident(member)
    one = await agree_on(member, incident, "One")
    two = await agree_on(member, incident, "Two", status="in_progress")
    await agree_on(member, incident, "Done before", status="done")
    assert await open_actions(member, incident) == 2
    for status, expected in (("in_progress", 2), ("done", 1), ("dropped", 1), ("open", 2)):
        await patched(member, f"/actions/{one['id']}", status=status)
        assert await open_actions(member, incident) == expected, status
    assert (await member.client.delete(f"/actions/{two['id']}")).status_code == 204
    assert await open_actions(member, incident) == 1


async def test_an_incident_moves_when_its_count_does(member: Caller) -> None:
    incident = await open_incident(member)
    action = await agree_on(member, incident, "One")
    after = await fetched(member, f"/incidents/{incident['id']}")
    assert after["updated_at"] > incident["updated_at"]
    await patched(member, f"/actions/{action['id']}", title="Renamed")
    assert await fetched(member, f"/incidents/{incident['id']}") == after


async def test_the_count_is_right_after_many_writes_at_once(member: Caller, admin: Caller) -> None:
    incident = await open_incident(member)
    actions = await asyncio.gather(
        *(agree_on(caller, incident, f"Number {n}") for n in range(5) for caller in (member, admin))
    )
    assert len({each["key"] for each in actions}) == 10
    assert await open_actions(member, incident) == 10
    writes = [
        *(
            member.client.patch(f"/actions/{each['id']}", json={"status": "done"})
            for each in actions[:4]
        ),
        *(admin.client.delete(f"/actions/{each['id']}") for each in actions[3:6]),
        *(agree_on(member, incident, f"Late {n}") for n in range(2)),
    ]
    await asyncio.gather(*writes)
    assert await open_actions(member, incident) == 10 - 6 + 2


async def test_removing_the_same_action_twice_at_once(member: Caller, admin: Caller) -> None:
    incident = await open_incident(member)
    action = await agree_on(member, incident, "One")
    path = f"/actions/{action['id']}"
    answers = await asyncio.gather(
        member.client.delete(path),
        admin.client.delete(path),
        admin.client.patch(path, json={"title": "New"}),
    )
    assert sorted(answer.status_code for answer in answers[:2]) == [204, 404]
    assert answers[2].status_code in {200, 404}
    assert await open_actions(member, incident) == 0
    changes = (await fetched(member, f"/incidents/{incident['id']}/changes"))["items"]
    assert [each["action"] for each in changes].count("deleted") == 1


async def test_an_action_removed_since_it_was_found(member: Caller, database: Database) -> None:
    incident = await open_incident(member)
    action = await agree_on(member, incident, "One")
    async with database.transaction() as session:
        found = await find_action(session, action["key"], member.principal)
        assert (await member.client.delete(f"/actions/{action['id']}")).status_code == 204
        with pytest.raises(NotFound):
            await change_action(session, member.principal, found, ActionPatch(title="New"), None)
        with pytest.raises(NotFound):
            await read_action(session, found.id)
    assert await open_actions(member, incident) == 0
