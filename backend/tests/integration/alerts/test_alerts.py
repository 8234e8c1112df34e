"""Reading alerts and their messages."""

import httpx

from tests.factories import Caller
from tests.fixtures.alerts.corpus import case
from tests.integration.alerts.senders import add_sender, items

MAPPING = {"title": "t", "state": "s", "severity": "sev"}


async def test_alerts_are_listed_newest_first_by_pages(
    admin: Caller, viewer: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "generic", mapping=MAPPING)
    for number in range(5):
        await sender.post({"t": f"Alert {number}", "s": "down"})
    titles, path = [], "/alerts?limit=2"
    while path:
        answer = await viewer.client.get(path)
        page = answer.json()
        titles += [alert["title"] for alert in page["items"]]
        path = page["next_cursor"] and f"/alerts?limit=2&cursor={page['next_cursor']}"
        assert ('rel="next"' in answer.headers.get("link", "")) is bool(path)
    assert titles == [f"Alert {number}" for number in range(4, -1, -1)]


async def test_filters(admin: Caller, anonymous: httpx.AsyncClient) -> None:
    one = await add_sender(admin, anonymous, "generic", mapping=MAPPING)
    two = await add_sender(admin, anonymous, "generic", mapping=MAPPING)
    await one.post({"t": "same", "s": "down"})
    await two.post({"t": "same", "s": "down"})
    await two.post({"t": "x" * 800, "s": "down"})
    await two.post({"t": "x" * 800, "s": "ok"})
    assert len(await items(admin, "/alerts", source_id=two.id)) == 2
    assert len(await items(admin, "/alerts", dedup_key="same")) == 2
    for unknown in ("Same", "sam", "same2", "", " "):
        assert await items(admin, "/alerts", dedup_key=unknown) == []
    assert len(await items(admin, "/alerts", state="resolved")) == 1
    (found,) = await items(admin, "/alerts", dedup_key="same", source_id=one.id)
    for ref in (found["incident_id"], found["incident_key"]):
        assert await items(admin, "/alerts", incident=ref) == [found]
    assert (await admin.client.get("/alerts?incident=nothing")).status_code == 404
    assert (await admin.client.get("/alerts?state=odd")).status_code == 422


async def test_one_alert_and_its_etag(
    admin: Caller, viewer: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "generic", mapping=MAPPING)
    alert_id = (await sender.post({"t": "Slow", "sev": "P2"})).json()["alerts"][0]["id"]
    answer = await viewer.client.get(f"/alerts/{alert_id}")
    alert = answer.json()
    assert (alert["title"], alert["severity"], alert["severity_raw"]) == ("Slow", "sev2", "P2")
    headers = {"If-None-Match": answer.headers["etag"]}
    assert (await viewer.client.get(f"/alerts/{alert_id}", headers=headers)).status_code == 304
    assert (await viewer.client.get(f"/alerts/{sender.id}")).status_code == 404


async def test_alerts_are_as_visible_as_their_incident(
    admin: Caller, viewer: Caller, member: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "generic", mapping=MAPPING)
    await sender.post({"t": "Secret"})
    (alert,) = await items(viewer, "/alerts")
    path = f"/incidents/{alert['incident_id']}"
    assert (await admin.client.patch(path, json={"visibility": "restricted"})).status_code == 200
    for caller in (viewer, member):
        assert await items(caller, "/alerts") == []
        assert (await caller.client.get(f"/alerts/{alert['id']}")).status_code == 404
    deliveries = f"/alerts/{alert['id']}/deliveries"
    assert (await member.client.get(deliveries)).status_code == 404
    assert len(await items(admin, deliveries)) == 1
    assert len(await items(member, f"/alert-sources/{sender.id}/deliveries")) == 0


async def test_a_message_about_a_hidden_incident_is_not_shown_with_another_alert(
    admin: Caller, member: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "generic", mapping=MAPPING | {"each": "[]"})
    opened = (await sender.post([{"t": "Secret"}, {"t": "Open"}])).json()
    (secret,) = (alert for alert in opened["alerts"] if alert["dedup_key"] == "Secret")
    (alert,) = (alert for alert in opened["alerts"] if alert["dedup_key"] == "Open")
    (hidden,) = await items(admin, "/alerts", dedup_key=secret["dedup_key"])
    path = f"/incidents/{hidden['incident_id']}"
    assert (await admin.client.patch(path, json={"visibility": "restricted"})).status_code == 200
    deliveries = f"/alerts/{alert['id']}/deliveries"
    assert (await member.client.get(deliveries)).json()["items"] == []
    assert len(await items(admin, deliveries)) == 1


async def test_each_message_leads_to_the_incident_of_its_own_time(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "generic", mapping=MAPPING)
    first = await sender.post({"t": "Slow", "s": "down"})
    await sender.post({"t": "Slow", "s": "ok"})
    second = await sender.post({"t": "Slow", "s": "down"})
    keys = [answer.json()["incidents"][0]["key"] for answer in (first, second)]
    shown = await items(admin, f"/alert-sources/{sender.id}/deliveries")
    assert [found["outcome"][0]["incident_key"] for found in shown[::-1]] == [
        keys[0],
        keys[0],
        keys[1],
    ]


async def test_messages_are_shown_as_they_came_without_secrets(
    admin: Caller, viewer: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "alertmanager")
    body = case("alertmanager/01-firing-one.json").message.body
    answer = await sender.post(
        body, **{"Authorization": "Basic hush", "X-Api-Key": "hush", "User-Agent": "Alertmanager"}
    )
    path = f"/alerts/{answer.json()['alerts'][0]['id']}/deliveries"
    (delivery,) = await items(admin, path)
    assert delivery["body"] == body.decode()
    assert delivery["headers"]["user-agent"] == "Alertmanager"
    assert "hush" not in str(delivery)
    assert delivery["signals"][0]["event"] == "trigger"
    assert delivery["outcome"] == [
        {
            "decision": "open_incident",
            "reason": "The first trigger of this alert.",
            "incident_key": answer.json()["incidents"][0]["key"],
        }
    ]
    assert (await viewer.client.get(path)).status_code == 403
