"""What the page and scripts learn about the senders there are."""

from pydantic import ConfigDict

from secondstory.alerts.formats.contract import Signing, SourceKind
from secondstory.platform.fields import ResponseBody


class SenderRead(ResponseBody):
    """A kind of sender, and how to set one up.

    All texts are Markdown. In `steps` and `snippet`, `{address}` stands for the whole address of a
    source and `{secret}` for its secret.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "alertmanager",
                    "label": "Prometheus Alertmanager",
                    "signing": "never",
                    "proof": "the key in the address",
                    "identifier": "`groupKey` for the group",
                    "lifecycle": "firing opens and updates, resolved ends",
                    "severities": "the label `severity`",
                    "steps": "Add the receiver to `alertmanager.yml` and reload Alertmanager.",
                    "snippet": "receivers:\n  - name: second-story\n    webhook_configs:\n"
                    "      - url: '{address}'\n",
                    "language": "yaml",
                }
            ]
        }
    )

    kind: SourceKind
    label: str
    signing: Signing
    proof: str
    identifier: str
    lifecycle: str
    severities: str
    steps: str
    snippet: str | None
    language: str
