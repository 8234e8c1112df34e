"""Who sees alerts and sources, and who may change sources."""

from sqlalchemy import ColumnElement, or_
from sqlmodel import col

from secondstory.identity.models import Scope
from secondstory.identity.principal import Principal
from secondstory.incidents import policy
from secondstory.incidents.models import Incident


def alert_visible_to(principal: Principal) -> ColumnElement[bool]:
    """Return the clause for alerts this caller may know of, in a query that outer-joins Incident.

    An alert is as visible as its incident; one without an incident is nobody's secret.
    """
    return or_(col(Incident.id).is_(None), policy.visible_to(principal))


def sees_keys(principal: Principal) -> bool:
    """Tell whether the caller gets the key in a source's address: it lets anyone send alerts."""
    return principal.may(Scope.ADMIN)
