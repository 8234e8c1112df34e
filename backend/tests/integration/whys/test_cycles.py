"""A why is never among its own causes, whatever people do at once."""

import asyncio
import random
from collections.abc import Iterator

from tests.factories import Caller
from tests.factories.records import Body, add_event, ask_why, fetched, open_incident, patched


async def refused(caller: Caller, path: str, causes: list[str]) -> bool:
    answer = await caller.client.patch(path, json={"causes": causes})
    if answer.status_code == 409:
        assert answer.json()["code"] == "why_cycle"
        return True
    assert answer.status_code == 200, answer.text
    return False


async def test_a_why_cannot_be_its_own_cause(member: Caller) -> None:
    incident = await open_incident(member)
    why = await ask_why(member, incident, "Why?")
    assert await refused(member, f"/incidents/{incident['id']}/whys/{why['id']}", [why["id"]])


async def test_a_long_way_round_is_refused_and_changes_nothing(member: Caller) -> None:
    incident = await open_incident(member)
    chain = [await ask_why(member, incident, "Why 0?")]
    for n in range(1, 8):
        chain.append(await ask_why(member, incident, f"Why {n}?", effects=[chain[-1]["id"]]))
    path = f"/incidents/{incident['id']}/whys"
    before = await fetched(member, path)
    body = {"causes": [chain[0]["id"]], "question": "Changed?", "answer": "Changed."}
    answer = await member.client.patch(f"{path}/{chain[-1]['id']}", json=body)
    assert answer.status_code == 409
    assert await fetched(member, path) == before


async def test_a_new_why_cannot_close_a_cycle(member: Caller) -> None:
    incident = await open_incident(member)
    top = await ask_why(member, incident, "Top?")
    below = await ask_why(member, incident, "Below?", effects=[top["id"]])
    for effect, cause in ((below, top), (top, top)):
        body = {"question": "New?", "effects": [effect["id"]], "causes": [cause["id"]]}
        answer = await member.client.post(f"/incidents/{incident['id']}/whys", json=body)
        assert answer.status_code == 409
    between = await ask_why(member, incident, "Between?", effects=[top["id"]], causes=[below["id"]])
    assert between["effects"] == [top["id"]]


async def test_one_why_may_have_many_effects(member: Caller) -> None:
    incident = await open_incident(member)
    bottom = await ask_why(member, incident, "Bottom?")
    left = await ask_why(member, incident, "Left?", causes=[bottom["id"]])
    right = await ask_why(member, incident, "Right?", causes=[bottom["id"]])
    top = await ask_why(member, incident, "Top?", causes=[left["id"], right["id"], bottom["id"]])
    path = f"/incidents/{incident['id']}/whys/{bottom['id']}"
    expected = sorted([left["id"], right["id"], top["id"]])
    assert (await fetched(member, path))["effects"] == expected


async def test_two_people_cannot_close_a_cycle_together(member: Caller, admin: Caller) -> None:
    incident = await open_incident(member)
    path = f"/incidents/{incident['id']}/whys"
    for _ in range(5):
        one = await ask_why(member, incident, "One?")
        two = await ask_why(member, incident, "Two?")
        outcomes = await asyncio.gather(
            refused(member, f"{path}/{one['id']}", [two["id"]]),
            refused(admin, f"{path}/{two['id']}", [one["id"]]),
        )
        assert sorted(outcomes) == [False, True]


async def test_ten_people_make_a_ring_that_stays_open(member: Caller) -> None:
    incident = await open_incident(member)
    ring = [(await ask_why(member, incident, f"Why {n}?"))["id"] for n in range(10)]
    path = f"/incidents/{incident['id']}/whys"
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    outcomes = await asyncio.gather(
        *(refused(member, f"{path}/{effect}", [cause]) for effect, cause in pairs)
    )
    assert sum(outcomes) == 1


async def test_random_edges_never_close_a_cycle(member: Caller) -> None:
    incident = await open_incident(member)
    dice = random.Random(2020)
    whys = [(await ask_why(member, incident, f"Why {n}?"))["id"] for n in range(7)]
    edges: dict[str, list[str]] = {why: [] for why in whys}
    path = f"/incidents/{incident['id']}/whys"
    outcomes = set()
    for _ in range(60):
        why = dice.choice(whys)
        causes = dice.sample(whys, dice.randint(0, 3))
        wanted = edges | {why: causes}
        outcome = await refused(member, f"{path}/{why}", causes)
        assert outcome == any(why in below(wanted, cause) for cause in causes)
        outcomes.add(outcome)
        edges = edges if outcome else wanted
    assert outcomes == {True, False}
    stored = (await fetched(member, path))["items"]
    assert {each["id"]: each["causes"] for each in stored} == edges


def below(edges: dict[str, list[str]], why: str) -> set[str]:
    """Return a why and all that is below it."""

    def walk(at: str, seen: set[str]) -> Iterator[str]:
        if at not in seen:
            seen.add(at)
            yield at
            for cause in edges[at]:
                yield from walk(cause, seen)

    return set(walk(why, set()))


async def test_edges_and_removals_at_once_never_break(member: Caller, admin: Caller) -> None:
    incident = await open_incident(member)
    path = f"/incidents/{incident['id']}"

    async def connect_and_remove(cause: Body, event: Body, why: Body) -> list[int]:
        requests = [
            member.client.patch(f"{path}/whys/{why['id']}", json={"causes": [cause["id"]]}),
            admin.client.delete(f"{path}/whys/{cause['id']}"),
            member.client.patch(f"{path}/whys/{why['id']}", json={"evidence": [event["id"]]}),
            admin.client.delete(f"{path}/events/{event['id']}"),
        ]
        return [answer.status_code for answer in await asyncio.gather(*requests)]

    for _ in range(5):
        cause, why = [await ask_why(member, incident, each) for each in ("Cause?", "Why?")]
        event = await add_event(member, incident)
        linked, removed, rested, taken_off = await connect_and_remove(cause, event, why)
        assert linked in {200, 422}
        assert rested in {200, 422}
        assert (removed, taken_off) == (204, 204)
        now = await patched(member, f"{path}/whys/{why['id']}")
        assert now["causes"] == now["evidence"] == []
