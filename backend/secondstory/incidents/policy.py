"""Who sees which incident, and who may change it."""

from sqlalchemy import ColumnElement, and_, or_, select, true
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
    return or_(
        col(Incident.visibility) == Visibility.EVERYONE,
        _takes_part(principal),
    )


def change_visible_to(principal: Principal) -> ColumnElement[bool]:
    """Return the clause for changes this caller may read: those of the incidents they see."""
    if principal.may(Scope.ADMIN):
        return true()
    return col(Change.incident_id).in_(select(col(Incident.id)).where(visible_to(principal)))


def can_edit(principal: Principal) -> bool:
    """Tell whether a caller who sees an incident may also write in it."""
    return principal.may(Scope.INCIDENTS_WRITE)


def _takes_part(principal: Principal) -> ColumnElement[bool]:
    opened = _opened_by(principal.kind, col(Incident.author_id) == principal.id)
    if principal.user_id is None:
        return opened
    joined = select(col(Participant.id)).where(
        col(Participant.incident_id) == Incident.id,
        col(Participant.user_id) == principal.user_id,
    )
    tokens = select(col(Token.id)).where(col(Token.owner_id) == principal.user_id)
    return or_(
        joined.exists(),
        opened,
        # A person and their tokens are one: what either opened, both see.
        _opened_by("user", col(Incident.author_id) == principal.user_id),
        _opened_by("token", col(Incident.author_id).in_(tokens)),
    )


def _opened_by(kind: str, who: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(col(Incident.author_kind) == kind, who)
