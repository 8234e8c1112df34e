"""The report over HTTP: formats, headers, and all that stands in the incident."""

from secondstory.demo.service import load_example
from secondstory.identity.principal import SYSTEM
from secondstory.platform.database import Database
from secondstory.reports.style import CONTENT_POLICY
from tests.factories import Caller
from tests.factories.records import (
    add_event,
    add_takeaway,
    agree_on,
    ask_why,
    fetched,
    open_incident,
    patched,
    posted,
)


async def test_markdown_unless_told_otherwise(member: Caller) -> None:
    incident = await open_incident(member, "Checkout was down", slug="checkout")
    answer = await member.client.get(f"/incidents/{incident['key']}/report")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    name = f"{incident['key']}-{incident['channel_name']}.md"
    assert answer.headers["content-disposition"] == f'inline; filename="{name}"'
    assert answer.text.startswith(f"# {incident['key']}: Checkout was down\n")
    assert "No actions; here is what we learned." in answer.text
    same = await member.client.get(f"/incidents/{incident['id']}/report?format=md")
    assert same.content == answer.content


async def test_a_page_that_can_do_nothing(member: Caller) -> None:
    incident = await open_incident(member, "Checkout <b>was</b> down", summary="<script>x")
    answer = await member.client.get(f"/incidents/{incident['id']}/report?format=html")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"] == CONTENT_POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].endswith('.html"')
    assert "<h1>Checkout &lt;b&gt;was&lt;/b&gt; down</h1>" in answer.text
    assert "&lt;script&gt;x" in answer.text


async def test_json_holds_everything_as_its_own_routes_do(member: Caller, viewer: Caller) -> None:
    incident = await open_incident(member)
    path = f"/incidents/{incident['id']}"
    event = await add_event(member, incident)
    why = await ask_why(member, incident, "Why?", evidence=[event["id"]])
    learning = await add_takeaway(member, incident, "Learned.")
    advice = await add_takeaway(member, incident, "Do.", kind="recommendation")
    idea = await add_takeaway(member, incident, "Later.", parked=True)
    action = await agree_on(member, incident, "Rename")
    roles = {"user_id": str(viewer.id), "roles": ["facilitator"]}
    person = await posted(member, f"{path}/participants", **roles)
    assert await fetched(member, f"{path}/report", format="json") == {
        "incident": await fetched(member, path),
        "participants": [person],
        "events": [event],
        "whys": [why],
        "learnings": [learning],
        "recommendations": [advice],
        "parked": [idea],
        "actions": [action],
    }


async def test_what_did_not_change_is_not_sent_again(member: Caller) -> None:
    incident = await open_incident(member)
    path = f"/incidents/{incident['id']}/report"
    for form in ("md", "html", "json"):
        query = {"format": form}
        etag = (await member.client.get(path, params=query)).headers["etag"]
        known = {"If-None-Match": etag}
        answer = await member.client.get(path, params=query, headers=known)
        assert (answer.status_code, answer.content) == (304, b"")
        await patched(member, f"/incidents/{incident['id']}", summary=f"Seen as {form}.")
        answer = await member.client.get(path, params=query, headers=known)
        assert answer.status_code == 200
        assert f"Seen as {form}." in answer.text


async def test_formats_there_are_not(member: Caller) -> None:
    incident = await open_incident(member)
    for form in ("docx", "", "MD"):
        answer = await member.client.get(f"/incidents/{incident['id']}/report?format={form}")
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "query:format"
    assert (await member.client.get("/incidents/INC-0/report")).status_code == 404


async def test_more_than_a_page_of_everything(member: Caller) -> None:
    incident = await open_incident(member)
    for n in range(105):
        await add_event(member, incident, f"Moment {n}.")
    answer = await member.client.get(f"/incidents/{incident['id']}/report")
    assert all(f"Moment {n}." in answer.text for n in range(105))


async def test_every_text_of_the_example_is_told(database: Database, viewer: Caller) -> None:
    async with database.transaction() as session:
        incident = await load_example(session, SYSTEM)
    path = f"/incidents/{incident.id}/report"
    whole = await fetched(viewer, path, format="json")
    markdown = " ".join((await viewer.client.get(path)).text.split())
    texts = [event["text"] for event in whole["events"]]
    for why in whole["whys"]:
        texts += [why["question"], why["answer"], why["expectation"], why["assumption"]]
    for takeaways in (whole["learnings"], whole["recommendations"], whole["parked"]):
        texts += [takeaway["text"] for takeaway in takeaways]
    texts += [action["title"] for action in whole["actions"]]
    assert len(texts) > 70
    for text in texts:
        assert " ".join(text.split()) in markdown
