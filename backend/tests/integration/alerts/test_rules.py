"""From alert to incident by the rules of a source, each with a reason a person understands."""

from typing import Any

import httpx
import pytest

from tests.factories import Caller
from tests.integration.alerts.senders import Sender, add_sender, items

MAPPING = {
    "title": "t", "dedup_key": "k", "severity": "p", "state": "s", "service": "svc", "time": "at",
}  # fmt: skip
DOWN = {"t": "Checkout is down", "k": "1", "p": "P3", "s": "firing", "svc": "checkout"}


async def sender_with(
    admin: Caller, http: httpx.AsyncClient, rules: dict[str, Any], **settings: Any
) -> Sender:
    return await add_sender(admin, http, "generic", mapping=MAPPING, rules=rules, **settings)


async def last_outcome(admin: Caller, sender: Sender) -> tuple[str, str]:
    (delivery, *_) = await items(admin, f"/alert-sources/{sender.id}/deliveries")
    (outcome,) = delivery["outcome"]
    return outcome["decision"], outcome["reason"]


async def test_rules_and_words_are_settings_of_a_source(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await sender_with(admin, anonymous, {"note_only": True})
    path = f"/alert-sources/{sender.id}"
    rules = {"open_at_or_above": "sev2", "only_labels": {"team": ["a", "b*"]}}
    changed = await admin.client.patch(path, json={"rules": rules, "severity_map": {"P9": "sev1"}})
    assert changed.status_code == 200, changed.text
    assert changed.json()["rules"] == {
        "open_at_or_above": "sev2", "only_services": [], "only_labels": {"team": ["a", "b*"]},
        "attach_within_minutes": None, "note_only": False, "on_resolve": "add_event",
    }  # fmt: skip
    assert changed.json()["severity_map"] == {"P9": "sev1"}
    back = await admin.client.patch(path, json={"rules": None, "severity_map": {}})
    assert back.json()["rules"]["open_at_or_above"] is None
    assert back.json()["severity_map"] == {}
    changes = (await admin.client.get("/changes?after=0")).json()["items"]
    assert {"rules", "severity_map"} <= {
        name for change in changes if change["entity_id"] == sender.id for name in change["fields"]
    }


@pytest.mark.parametrize(
    "patch",
    [
        {"rules": {"open_at_or_above": "sev9"}},
        {"rules": {"attach_within_minutes": 0}},
        {"rules": {"attach_within_minutes": 1441}},
        {"rules": {"only_labels": {"team": []}}},
        {"rules": {"on_resolve": "close_everything"}},
        {"rules": {"nonsense": 1}},
        {"severity_map": {"P1": "bad"}},
        {"severity_map": None},
        {"severity_map": {str(number): "sev1" for number in range(101)}},
    ],
)
async def test_rules_that_mean_nothing_are_422(
    patch: dict[str, Any], admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await sender_with(admin, anonymous, {})
    answer = await admin.client.patch(f"/alert-sources/{sender.id}", json=patch)
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("rules", "body", "why"),
    [
        ({"note_only": True}, DOWN, "This source only notes its alerts"),
        ({"open_at_or_above": "sev2"}, DOWN, "sev3 is below sev2, where this source begins"),
        (
            {"only_services": ["pay*"], "only_labels": {"team": ["a"]}}, DOWN,
            "only for alerts of pay* or with team a; this one is of checkout",
        ),
        ({"only_services": ["pay"]}, {**DOWN, "svc": None}, "this one names no service"),
    ],
)  # fmt: skip
async def test_what_the_rules_keep_back_is_listed(
    rules: dict[str, Any],
    body: dict[str, Any],
    why: str,
    admin: Caller,
    anonymous: httpx.AsyncClient,
) -> None:
    sender = await sender_with(admin, anonymous, rules)
    answer = await sender.post(body)
    assert (answer.status_code, answer.json()["incidents"]) == (202, [])
    decision, reason = await last_outcome(admin, sender)
    assert decision == "record"
    assert reason.endswith(": the alert is listed, and no incident is opened.")
    assert why in reason
    (alert,) = await items(admin, "/alerts")
    assert (alert["state"], alert["incident_id"]) == ("open", None)


async def test_services_and_labels_that_fit(admin: Caller, anonymous: httpx.AsyncClient) -> None:
    sender = await sender_with(
        admin, anonymous, {"open_at_or_above": "sev3", "only_services": ["CHECK*"]}
    )
    assert (await sender.post(DOWN)).json()["incidents"]
    rules = {"only_services": ["none"], "only_labels": {"team": ["Payments"]}}
    group = await add_sender(admin, anonymous, "alertmanager", rules=rules)
    answer = await group.post_file("alertmanager/01-firing-one.json")
    assert len(answer.json()["incidents"]) == 1


async def test_an_alert_that_becomes_worse_opens_then_with_all_that_was_said(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await sender_with(admin, anonymous, {"open_at_or_above": "sev2"})
    await sender.post(DOWN)
    await sender.post({**DOWN, "t": "Checkout is slow", "p": "P4"})
    opened = await sender.post({**DOWN, "p": "P1"})
    assert len(opened.json()["incidents"]) == 1
    _, reason = await last_outcome(admin, sender)
    assert reason == "The rules let this alert open an incident now, which they did not before."
    await sender.post({**DOWN, "p": "P1"})
    (incident,) = await items(admin, "/incidents")
    assert incident["severity"] == "sev1"
    events = await items(admin, f"/incidents/{incident['key']}/events")
    assert {event["text"] for event in events} == {
        "Alert fired: Checkout is down", "Alert fired: Checkout is slow",
    }  # fmt: skip


async def test_alerts_of_one_service_join_one_incident(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await sender_with(admin, anonymous, {"attach_within_minutes": 10})
    first = await sender.post(DOWN)
    second = await sender.post({**DOWN, "k": "2", "p": "P1", "t": "Checkout has no database"})
    assert second.json()["incidents"] == first.json()["incidents"]
    decision, reason = await last_outcome(admin, sender)
    key = first.json()["incidents"][0]["key"]
    assert decision == "attach"
    assert reason == (
        f"{key} of checkout is not resolved and had an alert in the last 10 minutes: this one "
        "joins it instead of opening another."
    )
    other = await sender.post({**DOWN, "k": "3", "svc": "search"})
    assert other.json()["incidents"] != first.json()["incidents"]
    incident = (await admin.client.get(f"/incidents/{key}")).json()
    assert incident["severity"] == "sev1"  # as bad as the worst of its alerts
    assert len(await items(admin, "/alerts", incident=key)) == 2
    assert len(await items(admin, f"/incidents/{key}/events")) == 2


async def test_an_alert_joins_what_a_person_opened_but_nothing_hidden_old_or_over(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await sender_with(admin, anonymous, {"attach_within_minutes": 5})
    for members in ({"visibility": "restricted"}, {"status": "resolved"}, {"kind": "drill"}):
        new = {"title": "Checkout", "services": ["web", "checkout"], **members}
        await admin.client.post("/incidents", json=new)
    by_hand = {"title": "Checkout again", "services": ["web", "checkout"]}
    made = (await admin.client.post("/incidents", json=by_hand)).json()
    assert (await sender.post(DOWN)).json()["incidents"][0]["id"] == made["id"]
    await admin.client.patch(f"/incidents/{made['id']}", json={"status": "resolved"})
    opened = (await sender.post({**DOWN, "k": "2"})).json()["incidents"][0]
    assert opened["id"] != made["id"]


async def test_a_long_storm_is_listed_and_not_told_line_by_line(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await sender_with(admin, anonymous, {"attach_within_minutes": 10})
    for number in range(53):
        await sender.post({**DOWN, "k": str(number)})
    (incident,) = await items(admin, "/incidents")
    events = await items(admin, f"/incidents/{incident['key']}/events", limit="100")
    assert len(events) == 50
    assert "only listed" in (await last_outcome(admin, sender))[1]
    await sender.post({**DOWN, "k": "52", "s": "ok"})
    decision, reason = await last_outcome(admin, sender)
    assert (decision, reason) == (
        "record", "The alert is one of many of its incident and is only listed.",
    )  # fmt: skip
    assert len(await items(admin, "/alerts", incident=incident["key"], limit="100")) == 53


async def test_an_incident_is_over_with_the_last_of_its_alerts(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    rules = {"attach_within_minutes": 10, "on_resolve": "resolve_incident"}
    sender = await sender_with(admin, anonymous, rules)
    for key in ("1", "2"):
        await sender.post({**DOWN, "k": key, "at": "2026-11-23T08:00:00Z"})

    async def status() -> tuple[str, str | None]:
        (incident,) = await items(admin, "/incidents")
        return incident["status"], incident["resolved_at"]

    await sender.post({**DOWN, "k": "1", "s": "ok", "at": "2026-11-23T08:10:00Z"})
    assert await status() == ("open", None)
    await sender.post({**DOWN, "k": "2", "s": "ok", "at": "2026-11-23T08:20:00Z"})
    assert await status() == ("resolved", "2026-11-23T08:20:00Z")


async def test_a_clock_that_runs_ahead_leaves_an_incident_that_people_can_end(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await sender_with(admin, anonymous, {"on_resolve": "resolve_incident"})
    await sender.post({**DOWN, "at": "2150-01-01T08:00:00Z"})
    (delivery,) = await items(admin, f"/alert-sources/{sender.id}/deliveries")
    (incident,) = await items(admin, "/incidents")
    assert incident["started_at"] == incident["detected_at"] == delivery["received_at"]
    path = f"/incidents/{incident['key']}"
    for status in ("resolved", "open"):
        answer = await admin.client.patch(path, json={"status": status})
        assert answer.status_code == 200, answer.text
    await sender.post({**DOWN, "s": "ok", "at": "2150-01-01T09:00:00Z"})
    (incident,) = await items(admin, "/incidents")
    assert incident["status"] == "resolved"
    assert incident["resolved_at"] < "2150"


async def test_an_end_that_came_first_resolves_as_well(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await sender_with(admin, anonymous, {"on_resolve": "resolve_incident"})
    await sender.post({**DOWN, "s": "ok", "at": "2026-11-23T08:10:00Z"})
    await sender.post({**DOWN, "at": "2026-11-23T08:00:00Z"})
    (incident,) = await items(admin, "/incidents")
    assert (incident["status"], incident["started_at"]) == ("resolved", "2026-11-23T08:00:00Z")


async def test_a_group_that_comes_back_opens_its_incident_again(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(
        admin, anonymous, "alertmanager", rules={"on_resolve": "resolve_incident"}
    )

    def group(state: str, name: str, begin: str, end: str = "0001-01-01T00:00:00Z") -> Any:
        alert = {"status": state, "labels": {"alertname": name}, "fingerprint": name}
        alert |= {"startsAt": f"2026-11-23T{begin}Z", "endsAt": end}
        return {"groupKey": "g", "status": state, "alerts": [alert]}

    await sender.post(group("firing", "a", "08:00:00"))
    await sender.post(group("resolved", "a", "08:00:00", "2026-11-23T08:30:00Z"))
    (incident,) = await items(admin, "/incidents")
    assert incident["status"] == "resolved"
    await sender.post(group("firing", "b", "08:10:00"))  # was silenced until now
    (incident,) = await items(admin, "/incidents")
    assert (incident["status"], incident["resolved_at"]) == ("open", None)


async def test_the_words_of_a_source_count_before_the_usual_ones(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await sender_with(admin, anonymous, {}, severity_map={"p3": "sev1", "Odd": "sev5"})
    for key, word in (("1", "P3"), ("2", "odd"), ("3", "P2")):
        await sender.post({**DOWN, "k": key, "p": word})
    severities = {alert["dedup_key"]: alert["severity"] for alert in await items(admin, "/alerts")}
    assert severities == {"1": "sev1", "2": "sev5", "3": "sev2"}
