"""Who sees which incident, and who may change it."""

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlmodel import col

from secondstory.changes.models import Change
from secondstory.identity.models import Scope
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
    if principal.user_id is None:
        return false()
    joined = select(col(Participant.id)).where(
        col(Participant.incident_id) == Incident.id,
        col(Participant.user_id) == principal.user_id,
    )
    wrote = and_(col(Incident.author_kind) == "user", col(Incident.author_id) == principal.user_id)
    return or_(joined.exists(), wrote)
