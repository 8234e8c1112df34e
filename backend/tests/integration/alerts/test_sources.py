"""Setting up, changing and taking away alert sources."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from secondstory.alerts.models import AlertSource
from secondstory.alerts.source_queries import ROTATION
from secondstory.platform import clock
from secondstory.platform.database import Database
from tests.factories import Caller
from tests.integration.alerts.senders import Sender, add_sender, items

TRIGGER = "pagerduty-v3/01-incident-triggered.json"
UNCHANGED = {
    "open_at_or_above": None, "only_services": [], "only_labels": {}, "note_only": False,
    "attach_within_minutes": None, "on_resolve": "add_event",
}  # fmt: skip
FIRING = "alertmanager/01-firing-one.json"


async def test_a_source_has_every_member(admin: Caller) -> None:
    made = await admin.client.post("/alert-sources", json={"kind": "alertmanager", "name": " P "})
    source = made.json()
    assert made.headers["location"] == f"/api/v1/alert-sources/{source['id']}"
    key = source["address"].removeprefix("/api/v1/ingest/alertmanager/")
    assert len(key) == 32
    shown = {
        "id": source["id"], "kind": "alertmanager", "name": "P", "address": source["address"],
        "active": True, "default_severity": "sev3", "mapping": None, "signed": False,
        "rules": UNCHANGED, "severity_map": {}, "previous_until": None,
        "created_at": source["created_at"], "last_delivery_at": None,
    }  # fmt: skip
    assert source == {**shown, "secret": None}
    found = await admin.client.get(f"/alert-sources/{source['id']}")
    assert found.json() == shown
    assert await items(admin, "/alert-sources") == [shown]


async def test_members_see_sources_without_keys_and_viewers_none(
    admin: Caller, member: Caller, viewer: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "generic")
    (shown,) = await items(member, "/alert-sources")
    assert shown["address"] == "/api/v1/ingest/generic/…"
    path = f"/alert-sources/{sender.id}"
    assert (await viewer.client.get("/alert-sources")).status_code == 403
    assert (await viewer.client.get(f"{path}/deliveries")).status_code == 403
    new = {"kind": "generic", "name": "Mine"}
    for caller in (member, viewer):
        assert (await caller.client.post("/alert-sources", json=new)).status_code == 403
        assert (await caller.client.patch(path, json={"active": False})).status_code == 403
        assert (await caller.client.delete(path)).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "smoke_signals", "name": "x"},
        {"kind": "alertmanager", "name": ""},
        {"kind": "alertmanager", "name": "x", "extra": 1},
        {"kind": "alertmanager", "name": "x", "mapping": {"title": "a"}},
        {"kind": "alertmanager", "name": "x", "secret": "long enough to be one"},
        {"kind": "alertmanager", "name": "x", "secret": "long-enough-to-be-one"},
        {"kind": "generic", "name": "x", "mapping": {"title": "a["}},
        {"kind": "generic", "name": "x", "mapping": {"title": "f(a)"}},
        {"kind": "generic", "name": "x", "mapping": {"dedup_key": "a"}},
        {"kind": "pagerduty_v3", "name": "x", "secret": "short"},
    ],
)
async def test_settings_that_cannot_work_are_refused(body: dict[str, Any], admin: Caller) -> None:
    answer = await admin.client.post("/alert-sources", json=body)
    assert answer.status_code == 422, answer.text


async def test_settings_change_and_are_recorded_without_secrets(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "generic")
    path = f"/alert-sources/{sender.id}"
    tag = (await admin.client.get(path)).headers["etag"]
    patch = {"name": "New", "mapping": {"title": "t"}, "default_severity": "sev1"}
    changed = await admin.client.patch(path, json=patch, headers={"If-Match": tag})
    assert changed.status_code == 200
    source = changed.json()
    assert (source["name"], source["mapping"]["title"], source["secret"]) == ("New", "t", None)
    stale = await admin.client.patch(path, json=patch, headers={"If-Match": tag})
    assert stale.status_code == 412
    emptied = await admin.client.patch(path, json={"mapping": None})
    assert emptied.json()["mapping"] is None
    assert (await admin.client.patch(path, json={})).json() == emptied.json()
    for wrong in ({"name": None}, {"active": None}, {"unknown": 1}):
        assert (await admin.client.patch(path, json=wrong)).status_code == 422
    rotated = await admin.client.patch(path, json={"rotate_secret": True})
    feed = (await admin.client.get("/changes", params={"after": 0})).text
    assert '"name":{"before":"Our generic","after":"New"}' in feed.replace(": ", ":")
    for address in (sender.address, rotated.json()["address"]):
        assert address.rpartition("/")[2] not in feed


async def test_other_kinds_take_no_mapping_and_no_secret(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "alertmanager")
    path = f"/alert-sources/{sender.id}"
    for patch in ({"mapping": {"title": "a"}}, {"mapping": None}, {"secret": "x" * 20}):
        assert (await admin.client.patch(path, json=patch)).status_code == 422
    both = {"secret": "x" * 20, "rotate_secret": True}
    assert (await admin.client.patch(path, json=both)).status_code == 422


async def rotate(admin: Caller, sender: Sender, **patch: Any) -> Sender:
    changed = await admin.client.patch(f"/alert-sources/{sender.id}", json=patch)
    assert changed.status_code == 200, changed.text
    source = changed.json()
    return Sender(sender.http, sender.id, sender.kind, source["address"], source["secret"])


async def end_rotation(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(update(AlertSource).values(rotated_at=clock.now() - ROTATION))
        await session.execute(
            update(AlertSource).values(rotated_at=AlertSource.rotated_at - timedelta(seconds=1))
        )


async def test_two_signing_secrets_hold_while_one_is_exchanged(
    admin: Caller, anonymous: httpx.AsyncClient, database: Database
) -> None:
    old = await add_sender(admin, anonymous, "pagerduty_v3")
    new = await rotate(admin, old, rotate_secret=True)
    assert new.secret not in {None, old.secret}
    assert new.address == old.address
    assert (await old.post_file(TRIGGER)).status_code == 202
    assert (await new.post_file(TRIGGER)).status_code == 202
    await end_rotation(database)
    assert (await old.post_file(TRIGGER)).status_code == 401
    assert (await new.post_file(TRIGGER)).status_code == 202
    given = await rotate(admin, new, secret="made-by-pagerduty-itself")
    assert given.secret == "made-by-pagerduty-itself"
    assert (await given.post_file(TRIGGER)).status_code == 202


async def test_a_sender_that_may_sign_has_to_once_there_is_a_secret(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "grafana")
    path = f"/alert-sources/{sender.id}"
    assert (await admin.client.get(path)).json()["signed"] is False
    assert (await sender.post({})).status_code == 202
    given = await admin.client.patch(path, json={"secret": "made-by-an-administrator"})
    assert given.json()["signed"] is True
    assert (await anonymous.post(sender.address, json={})).status_code == 401


async def test_signing_that_is_optional_ends_with_all_its_secrets(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    sender = await add_sender(admin, anonymous, "grafana", secret="made-by-an-administrator")
    await rotate(admin, sender, rotate_secret=True)
    ended = await admin.client.patch(f"/alert-sources/{sender.id}", json={"secret": None})
    assert (ended.json()["signed"], ended.json()["previous_until"]) == (False, None)
    assert (await anonymous.post(sender.address, json={})).status_code == 202
    for kind in ("pagerduty_v3", "alertmanager"):
        other = await add_sender(admin, anonymous, kind)
        refused = await admin.client.patch(f"/alert-sources/{other.id}", json={"secret": None})
        assert refused.json()["errors"][0]["pointer"] == "/secret"


async def test_an_address_that_is_over_does_not_come_back_with_a_secret(
    admin: Caller, anonymous: httpx.AsyncClient, database: Database
) -> None:
    old = await add_sender(admin, anonymous, "grafana")
    await rotate(admin, old, rotate_secret=True)
    await end_rotation(database)
    assert (await old.post({})).status_code == 404
    await rotate(admin, old, secret="made-by-an-administrator")
    assert (await old.post({})).status_code == 404


async def test_what_was_exchanged_can_be_ended_at_once(
    admin: Caller, anonymous: httpx.AsyncClient
) -> None:
    for kind, file, refused in [("pagerduty_v3", TRIGGER, 401), ("alertmanager", FIRING, 404)]:
        old = await add_sender(admin, anonymous, kind)
        path = f"/alert-sources/{old.id}"
        assert (await admin.client.get(path)).json()["previous_until"] is None
        new = await rotate(admin, old, rotate_secret=True)
        assert (await admin.client.get(path)).json()["previous_until"] is not None
        ended = await admin.client.patch(path, json={"end_previous": True})
        assert (ended.json()["previous_until"], ended.json()["secret"]) == (None, None)
        assert (await old.post_file(file)).status_code == refused
        assert (await new.post_file(file)).status_code == 202


@pytest.mark.parametrize("kind", ["alertmanager", "pagerduty_events_v2"])
async def test_two_keys_hold_while_one_is_exchanged(
    kind: str, admin: Caller, anonymous: httpx.AsyncClient, database: Database
) -> None:
    file = FIRING if kind == "alertmanager" else "pagerduty-events-v2/08-grafana-trigger.json"
    old = await add_sender(admin, anonymous, kind)
    new = await rotate(admin, old, rotate_secret=True)
    assert (new.address, new.secret) != (old.address, old.secret)
    assert (await old.post_file(file)).status_code == 202
    assert (await new.post_file(file)).status_code == 202
    await end_rotation(database)
    assert (await old.post_file(file)).status_code == 404
    assert (await new.post_file(file)).status_code == 202


async def test_a_removed_source_leaves_no_key_behind(
    admin: Caller, anonymous: httpx.AsyncClient, database: Database
) -> None:
    sender = await add_sender(admin, anonymous, "pagerduty_v3")
    path = f"/alert-sources/{sender.id}"
    assert (await admin.client.delete(path)).status_code == 204
    assert (await admin.client.get(path)).status_code == 404
    assert (await admin.client.patch(path, json={"name": "x"})).status_code == 404
    assert (await admin.client.delete(path)).status_code == 404
    assert (await admin.client.post(f"{path}/preview", json={"body": ""})).status_code == 404
    assert await items(admin, "/alert-sources") == []
    async with database.reading() as session:
        source = await session.get(AlertSource, sender.id)
    assert source is not None
    assert (source.key, source.key_hash, source.secret) == (None, None, None)


async def test_making_a_source_twice_with_one_key_makes_one(admin: Caller) -> None:
    new = {"kind": "generic", "name": "Once"}
    made = [
        await admin.client.post("/alert-sources", json=new, headers={"Idempotency-Key": "k"})
        for _ in range(2)
    ]
    assert made[0].json() == made[1].json()
    assert len(await items(admin, "/alert-sources")) == 1


async def test_the_last_delivery_is_shown(admin: Caller, anonymous: httpx.AsyncClient) -> None:
    sender = await add_sender(admin, anonymous, "alertmanager")
    await sender.post(b"anything")
    (source,) = await items(admin, "/alert-sources")
    (delivery,) = await items(admin, f"/alert-sources/{sender.id}/deliveries")
    assert source["last_delivery_at"] == delivery["received_at"]
