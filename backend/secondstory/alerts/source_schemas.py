"""What alert sources take and answer."""

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.mapping import Expression, PayloadMapping
from secondstory.alerts.rules import EXAMPLE, Rules, RulesRead, SeverityMap
from secondstory.alerts.signals import AlertState
from secondstory.incidents.models import Severity
from secondstory.platform.fields import Label, RequestBody, ResponseBody

_ID = "0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e"
_AT = "2020-12-23T14:02:00Z"
_MAPPING: dict[str, Any] = {
    "each": "checks",
    "title": "check.name",
    "dedup_key": "check.id",
    "severity": "check.level",
    "state": "status",
    "time": "at",
    "link": "check.url",
    "service": "check.group",
    "severity_values": {"blocker": "sev1"},
    "state_values": {"broken": "open", "fine": "resolved"},
}
_SOURCE: dict[str, Any] = {
    "id": _ID,
    "kind": "generic",
    "name": "Uptime checks",
    "address": "/api/v1/ingest/generic/nGm2…",
    "active": True,
    "default_severity": "sev3",
    "mapping": _MAPPING,
    "rules": EXAMPLE,
    "severity_map": {"blocker": "sev1", "5": "sev4"},
    "signed": False,
    "previous_until": _AT,
    "created_at": _AT,
    "last_delivery_at": _AT,
}

# As long as what a sender may have made; printable, so that it fits into a form.
SigningSecret = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{16,200}$")]


class SourceCreate(RequestBody):
    """Add a sender. The answer has the address to give to it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"kind": "alertmanager", "name": "Production Prometheus"}]}
    )

    kind: SourceKind
    name: Label
    secret: Annotated[
        SigningSecret | None,
        Field(description="The sender's signing secret, if it made one; ours is made otherwise"),
    ] = None
    default_severity: Annotated[
        Severity, Field(description="For messages that give none, or a word we do not know")
    ] = Severity.SEV3
    mapping: Annotated[
        PayloadMapping | None, Field(description="Where things stand; for kind `generic` only")
    ] = None
    rules: Rules = Rules()
    severity_map: SeverityMap = Field(default_factory=dict)

    @model_validator(mode="after")
    def _mapping_fits_kind(self) -> Self:
        if self.mapping is not None and self.kind is not SourceKind.GENERIC:
            msg = "only sources of kind generic take a mapping"
            raise ValueError(msg)
        return self


class SourcePatch(RequestBody):
    """Change a sender's settings; what is left out stays."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"active": False},
                {"rotate_secret": True},
                {"end_previous": True},
                {"rules": EXAMPLE, "severity_map": {"blocker": "sev1"}},
            ]
        }
    )

    name: Label | None = None
    active: Annotated[
        bool | None, Field(description="A paused source keeps deliveries and does nothing else")
    ] = None
    default_severity: Severity | None = None
    mapping: PayloadMapping | None = None
    rules: Annotated[
        Rules | None,
        Field(description="Given as a whole: what is left out has its default, null resets all"),
    ] = None
    severity_map: SeverityMap | None = None
    secret: Annotated[
        SigningSecret | None,
        Field(
            description="A signing secret that the sender made; null: where signing is optional, "
            "signatures are not checked any more"
        ),
    ] = None
    rotate_secret: Annotated[
        bool,
        Field(
            description="Make a new signing secret, or a new key where the sender does not sign. "
            "The one before holds for 48 hours more."
        ),
    ] = False
    end_previous: Annotated[
        bool, Field(description="Accept the secret or key before the present one no longer")
    ] = False

    @model_validator(mode="after")
    def _some_can_be_emptied(self) -> Self:
        for name in self.model_fields_set - {"mapping", "rules", "secret"}:
            if getattr(self, name) is None:
                msg = f"{name} cannot be null"
                raise ValueError(msg)
        if "secret" in self.model_fields_set and self.rotate_secret:
            msg = "give a secret or have one made, not both"
            raise ValueError(msg)
        return self


class PayloadMappingRead(ResponseBody):
    """Where things stand in the payloads of a source."""

    model_config = ConfigDict(json_schema_extra={"examples": [_MAPPING]})

    each: Expression | None
    title: Expression
    dedup_key: Expression | None
    severity: Expression | None
    state: Expression | None
    time: Expression | None
    link: Expression | None
    service: Expression | None
    severity_values: dict[str, Severity]
    state_values: dict[str, AlertState]


class SourceRead(ResponseBody):
    """A sender. Its address holds a key, which only administrators get to see."""

    model_config = ConfigDict(json_schema_extra={"examples": [_SOURCE]})

    id: UUID
    kind: SourceKind
    name: str
    address: str
    active: bool
    default_severity: Severity
    mapping: PayloadMappingRead | None
    rules: RulesRead
    severity_map: dict[str, Severity]
    signed: bool
    previous_until: Annotated[
        datetime | None,
        Field(description="How long the secret or key before the present one is accepted too"),
    ]
    created_at: datetime
    last_delivery_at: datetime | None


class SourceWithSecret(SourceRead):
    """The answer that shows a new secret, once: the signing secret, or the routing key."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**_SOURCE, "secret": "f3b1c7…"}]})

    secret: str | None
