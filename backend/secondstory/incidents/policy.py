"""Who sees which incident, and who may change it."""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, Text, Uuid, and_, bindparam, or_, select, true
from sqlmodel import col

from secondstory.changes.models import Change
from secondstory.identity.models import Scope, Token
from secondstory.identity.principal import Principal
from secondstory.incidents.models import Incident, Participant, Visibility


def visible_to(principal: Principal) -> ColumnElement[bool]:
    """Return the clause for incidents this caller may know of; details and lists both use it.

    Restricted incidents show themselves to their participants, their author and administrators.
    """
    if principal.may(Scope.ADMIN):
        return true()
    return _shown(principal.kind, principal.id, principal.user_id)


def change_visible_to(principal: Principal) -> ColumnElement[bool]:
    """Return the clause for changes this caller may read: those of the incidents they see."""
    if principal.may(Scope.ADMIN):
        return true()
    return col(Change.incident_id).in_(select(col(Incident.id)).where(visible_to(principal)))


def can_edit(principal: Principal) -> bool:
    """Tell whether a caller who sees an incident may also write in it."""
    return principal.may(Scope.INCIDENTS_WRITE)


def _shown(kind: Any, caller_id: Any, user_id: Any) -> ColumnElement[bool]:
    everyone = col(Incident.visibility) == Visibility.EVERYONE
    opened = _opened_by(kind, col(Incident.author_id) == caller_id)
    if user_id is None:
        return or_(everyone, opened)
    joined = select(col(Participant.id)).where(
        col(Participant.incident_id) == Incident.id, col(Participant.user_id) == user_id
    )
    tokens = select(col(Token.id)).where(col(Token.owner_id) == user_id)
    return or_(
        everyone,
        joined.exists(),
        opened,
        # A person and their tokens are one: what either opened, both see.
        _opened_by("user", col(Incident.author_id) == user_id),
        _opened_by("token", col(Incident.author_id).in_(tokens)),
    )


def _opened_by(kind: Any, who: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(col(Incident.author_kind) == kind, who)


# `visible_to` for prepared statements: whoever `caller_values` stands for. Null equals nothing, so
# a caller without a person sees by none of the clauses about persons.
VISIBLE_TO_CALLER = or_(
    bindparam("caller_sees_all", type_=Boolean),
    _shown(
        bindparam("caller_kind", type_=Text),
        bindparam("caller_id", type_=Uuid),
        bindparam("caller_user_id", type_=Uuid),
    ),
)


def caller_values(principal: Principal) -> dict[str, Any]:
    """Return what stands for a caller in `VISIBLE_TO_CALLER`."""
    return {
        "caller_sees_all": principal.may(Scope.ADMIN),
        "caller_kind": principal.kind,
        "caller_id": principal.id,
        "caller_user_id": principal.user_id,
    }
