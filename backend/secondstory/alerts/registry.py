"""All formats, by the kind of source that speaks them."""

from collections.abc import Mapping

from secondstory.alerts.formats import alertmanager, generic, pagerduty_events_v2, pagerduty_v3
from secondstory.alerts.formats.contract import Format, SourceKind

FORMATS: Mapping[SourceKind, Format] = {
    module.FORMAT.kind: module.FORMAT
    for module in (alertmanager, generic, pagerduty_events_v2, pagerduty_v3)
}
