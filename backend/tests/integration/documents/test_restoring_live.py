"""An older text that is brought back shows in open editors, and leaves what others type alone."""

from typing import Any

from tests.factories import Caller
from tests.factories.records import patched, posted
from tests.integration.documents.conftest import Connect


async def test_who_is_typing_offline_keeps_their_words(
    member: Caller, admin: Caller, incident: dict[str, Any], connect: Connect
) -> None:
    path = f"/incidents/{incident['id']}"
    await patched(member, path, summary="The queue was full.")
    reader = await connect(admin, incident["key"])
    writer = await connect(member, incident["key"])
    await writer.reads("summary", "The queue was full.")
    await writer.call("cut")
    await writer.insert("summary", " We looked.")

    await posted(admin, f"{path}/history/restorations", passage="summary", seq=1)
    await reader.reads("summary", "The ded went down.")
    await writer.call("join")

    for client in (reader, writer):
        state = await client.until(lambda state: "looked" in state["texts"]["summary"])
        assert state["texts"]["summary"] == "The ded went down. We looked."
    versions = (await admin.client.get(f"{path}/history?passage=summary")).json()["items"]
    names = [[writer["name"] for writer in version["writers"]] for version in versions]
    assert names == [["Grace"], ["Ada"], ["Grace"], ["Grace"]]
