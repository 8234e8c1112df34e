"""Prometheus Alertmanager webhooks, versions 3 and 4: one message per group of alerts.

Source of the rules: prometheus/alertmanager, notify/webhook/webhook.go and template/template.go.
"""

from collections.abc import Sequence

from pydantic import JsonValue

from secondstory.alerts.formats.contract import (
    Format,
    Guide,
    Message,
    SourceKind,
    SourceSettings,
)
from secondstory.alerts.formats.groups import read_group
from secondstory.alerts.formats.values import contents, links, parse_json, within
from secondstory.alerts.signals import Signal


def read(message: Message, _settings: SourceSettings) -> tuple[Signal, ...]:
    """Return the signal of one group notification."""
    return read_group(parse_json(message.body), _links)


def _links(body: JsonValue, alerts: Sequence[JsonValue]) -> tuple[str, ...]:
    pages = (page for alert in alerts for page in contents(alert, "annotations"))
    graphs = (within(alert, "generatorURL") for alert in alerts)
    return links([*pages, within(body, "externalURL"), *graphs])


GUIDE = Guide(
    proof="the key in the address",
    identifier="`groupKey` for the group; `fingerprint` and `startsAt` for each alert in it",
    lifecycle="firing opens and updates, resolved ends; there is no acknowledgement",
    severities="the label `severity`; where alerts of a group differ, the worst",
    steps="""\
Add the receiver to `alertmanager.yml`, point a route to it, and reload Alertmanager. Labels
`severity` and `service` on the alerting rules become severity and service here.
""",
    snippet="""\
route:
  receiver: second-story
  group_by: [alertname, service]
receivers:
  - name: second-story
    webhook_configs:
      - url: '{address}'
        send_resolved: true
""",
    language="yaml",
)

FORMAT = Format(
    kind=SourceKind.ALERTMANAGER, label="Prometheus Alertmanager", guide=GUIDE, read=read
)
