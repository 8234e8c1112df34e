"""What lives under an incident, so that one test can hold for all of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.factories import Caller
from tests.factories.records import Body, posted


@dataclass(frozen=True)
class Resource:
    """One kind of thing: where it lives, how to make one, how to change it."""

    name: str
    # Given a person that takes no part yet.
    body: Callable[[Caller], Body]
    patch: Body
    null: str | None = None

    def collection(self, incident: Body) -> str:
        """Return where its things are listed and made."""
        return f"/incidents/{incident['id']}/{self.name}s"

    def item(self, incident: Body, made: Body) -> str:
        """Return where one of them is."""
        within = self.collection(incident) if self.name != "action" else "/actions"
        return f"{within}/{made['id']}"

    async def make(self, caller: Caller, incident: Body, person: Caller) -> Body:
        """Make one."""
        return await posted(caller, self.collection(incident), **self.body(person))


def fixed(**body: Any) -> Callable[[Caller], Body]:
    """Return a body that needs nobody."""
    return lambda _person: body


RESOURCES = [
    Resource("event", fixed(kind="effect", text="It was down."), {"pivot": True}, "kind"),
    Resource("why", fixed(question="Why?", answer="So."), {"question": "How?"}, "question"),
    Resource("takeaway", fixed(kind="learning", text="Learned."), {"parked": True}, "parked"),
    Resource("action", fixed(title="Rename"), {"status": "done"}, "title"),
    Resource(
        "participant",
        lambda person: {"user_id": str(person.id), "roles": ["responder"]},
        {"roles": ["note_taker", "commander"]},
        "roles",
    ),
]
