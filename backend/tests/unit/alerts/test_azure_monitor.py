"""Azure Monitor: severities that count from 0, alerts that never end, and older shapes."""

from typing import Any

import pytest

from secondstory.alerts.formats.contract import SourceKind
from secondstory.alerts.signals import Signal
from tests.unit.alerts.reading import read_all, read_one

KIND = SourceKind.AZURE_MONITOR
SEARCH = "https://portal.azure.com/#blade/search"


def common(context: dict[str, Any] | None = None, **essentials: Any) -> Signal:
    essentials = {
        "alertId": "/alerts/1",
        "alertRule": "Rule",
        "monitorCondition": "Fired",
        "firedDateTime": "2026-11-23T08:00:00.1234567Z",
        **essentials,
    }
    return read_one(
        KIND,
        {
            "schemaId": "azureMonitorCommonAlertSchema",
            "data": {"essentials": essentials, "alertContext": context},
        },
    )


@pytest.mark.parametrize(
    ("raw", "severity"),
    [("Sev0", "sev1"), ("Sev1", "sev2"), ("Sev2", "sev3"), ("Sev3", "sev4"), ("Sev4", "sev5"),
     ("0", "sev1"), ("4", "sev5"), ("Error", "sev2"), (None, None)],
)  # fmt: skip
def test_severities_count_from_zero(raw: str | None, severity: str | None) -> None:
    assert common(severity=raw).severity == severity


def test_links_are_those_people_open() -> None:
    signal = common(
        {
            "condition": {
                "allOf": [{"linkToSearchResultsUI": SEARCH, "linkToSearchResultsAPI": "https://x/"}]
            }
        },
        investigationLink="https://portal.azure.com/#investigate",
    )
    assert signal.links == ("https://portal.azure.com/#investigate", SEARCH)


def test_without_configuration_item_the_target_names_the_service() -> None:
    signal = common(configurationItems=[], alertTargetIDs=["/subscriptions/1/vaults/keys"])
    assert signal.service == "keys"


def test_a_budget_has_no_condition_and_fires() -> None:
    signal = common(monitorCondition=None, alertRule=None, description="Spend is above budget")
    assert (signal.event, signal.title) == ("trigger", "Spend is above budget")


def test_the_test_of_a_budget_is_full_of_nulls() -> None:
    nulls: dict[str, Any] = dict.fromkeys(
        ("alertId", "alertRule", "severity", "signalType", "monitorCondition", "originAlertId")
    )
    fired = common(**nulls, description="A budget")
    assert fired.event == "trigger"
    assert fired.dedup_key == common(**nulls, description="A budget").dedup_key
    assert common(**nulls, description="A budget", firedDateTime=None).event == "other"


def test_an_unknown_condition_changes_no_state() -> None:
    signal = common(monitorCondition="Paused")
    assert (signal.event, signal.state) == ("update", None)


def test_an_activity_log_event_of_the_older_shape() -> None:
    signal = read_one(
        KIND,
        {
            "schemaId": "Microsoft.Insights/activityLogs",
            "data": {
                "status": "Activated",
                "context": {
                    "activityLog": {
                        "eventDataId": "8195a56a",
                        "correlationId": "6ac88262",
                        "eventTimestamp": "2017-03-29T15:43:08.0019532+00:00",
                        "level": "Error",
                        "operationName": "Microsoft.Compute/virtualMachines/write",
                        "resourceId": "/subscriptions/1/virtualMachines/web01",
                        "properties": {},
                    }
                },
            },
        },
    )
    assert (signal.event, signal.dedup_key, signal.service) == ("trigger", "8195a56a", "web01")
    assert (signal.severity_raw, signal.severity) == ("Error", "sev2")
    assert signal.title == "Microsoft.Compute/virtualMachines/write"


def test_a_log_search_of_the_older_shape() -> None:
    body = {
        "schemaId": "Microsoft.Insights/LogAlert",
        "data": {
            "SubscriptionId": "s1",
            "AlertRuleName": "AcmeRule",
            "SearchIntervalEndtimeUtc": "2018-03-26T09:10:40Z",
            "LinkToSearchResults": SEARCH,
            "Description": "log alert rule",
            "Severity": "Warning",
            "AffectedConfigurationItems": ["web01"],
        },
    }
    signal = read_one(KIND, body)
    assert (signal.title, signal.service, signal.severity) == ("AcmeRule", "web01", "sev3")
    assert signal.links == (SEARCH,)
    assert signal.dedup_key == read_one(KIND, body).dedup_key


def test_what_is_none_of_its_shapes_is_no_alert() -> None:
    assert read_all(KIND, {"data": {"context": {}}}) == ()
    assert read_all(KIND, {"schemaId": "AIP Budget Notification", "data": {}}) == ()
