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


def test_links_of_the_first_log_alerts_and_of_the_rule_are_kept() -> None:
    own = "https://runbooks.example.org/slow"
    signal = common(
        {
            "LinkToSearchResults": f"{SEARCH}1",
            "LinkToFilteredSearchResultsUI": f"{SEARCH}2",
            "LinkToSearchResultsAPI": "https://api.example.org/",
            "annotations": {"runbook_url": own, "summary": "Slow"},
        }
    )
    assert signal.links == (f"{SEARCH}1", f"{SEARCH}2", own)
    custom = {"data": {"essentials": {"alertId": "1"}, "customProperties": {"runbook": own}}}
    assert read_one(KIND, custom).links == (own,)


def test_service_health_is_about_a_service_of_azure() -> None:
    signal = common(
        {"properties": {"title": "Disks are slow", "service": "Virtual Machines"}},
        alertTargetIDs=["/subscriptions/1"],
        description="Tells of Azure",
    )
    assert (signal.service, signal.title) == ("Virtual Machines", "Rule")
    assert signal.facts[0].text.endswith("Rule\n\nDisks are slow\n\nTells of Azure")


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


def activity(**changes: Any) -> Signal:
    event = {"eventDataId": "8195", "operationName": "write", "properties": {}} | changes
    return read_one(KIND, {"data": {"context": {"activityLog": event}}})


def test_an_activity_that_nothing_names_is_no_alert() -> None:
    activity_log = {"context": {"activityLog": {"operationName": "write"}}}
    assert read_all(KIND, {"data": activity_log}) == ()


def test_all_that_is_said_of_one_service_issue_is_one_alert() -> None:
    issue = {"trackingId": "0NIH-U2O", "title": "Machines in the East", "stage": "Active"}
    first = activity(properties=issue)
    later = activity(eventDataId="9206", properties=issue | {"stage": "Resolved"})
    assert first.dedup_key == later.dedup_key == "0NIH-U2O"
    assert (first.title, later.event) == ("Machines in the East", "trigger")


def test_a_security_alert_names_the_machine_and_what_happened() -> None:
    signal = activity(
        eventSource="Security",
        description="Many logins failed",
        resourceId="/subscriptions/1/alerts/Sec-07f2",
        properties={"compromisedEntity": "web01"},
    )
    assert (signal.title, signal.service) == ("Many logins failed", "web01")


def test_a_recommendation_has_a_name_and_a_page() -> None:
    page = "https://portal.azure.com/#blade/recommendation"
    properties = {"recommendationName": "Enable deletion", "recommendationResourceLink": page}
    signal = activity(properties=properties)
    assert (signal.title, signal.links) == ("Enable deletion", (page,))


def test_a_budget_of_the_older_shape_is_an_alert_each_time() -> None:
    budget = {
        "SubscriptionId": "s1",
        "SubscriptionName": "Production",
        "ResourceGroup": "",
        "BudgetName": "Monthly",
        "SpendingAmount": "100",
        "NotificationThresholdAmount": "0.8",
    }
    body = {"schemaId": "AIP Budget Notification", "data": budget}
    signal = read_one(KIND, body)
    assert (signal.event, signal.title, signal.service) == ("trigger", "Monthly", "Production")
    assert signal.dedup_key == read_one(KIND, body).dedup_key
    more = {"data": budget | {"SpendingAmount": "120"}}
    assert signal.dedup_key != read_one(KIND, more).dedup_key


def test_autoscale_did_what_it_should() -> None:
    context = {"id": "/autoscalesettings/web", "name": "web", "timestamp": "2026-11-23T08:00:00Z"}
    scaled = {"status": "Activated", "operation": "Scale Out", "context": context}
    assert read_one(KIND, scaled).event == "other"


def test_the_test_of_an_action_group_wraps_its_data_twice() -> None:
    metric = {"status": "Activated", "context": {"id": "/metricalerts/web", "name": "web"}}
    wrapped = {"schemaId": "AzureMonitorMetricAlert", "data": {"data": metric}}
    assert read_one(KIND, wrapped).dedup_key == "/metricalerts/web"
    log = {"essentials": {"alertId": "/alerts/1", "alertRule": "Rule"}}
    wrapped = {"schemaId": "Microsoft.Insights/LogAlert", "data": {"data": log}}
    assert read_one(KIND, wrapped).title == "Rule"


def test_metric_alerts_of_2018_begin_their_names_with_capitals() -> None:
    context = {
        "Timestamp": "2018-09-14T14:59:22.7756225Z",
        "Id": "/metricAlerts/cpu",
        "name": "CPU is busy",
        "Severity": "1",
        "ResourceName": "web01",
        "PortalLink": "https://portal.azure.com/#resource/web01",
    }
    data = {"Version": "2.0", "Properties": None, "Status": "Deactivated", "Context": context}
    signal = read_one(KIND, {"schemaId": "AzureMonitorMetricAlert", "data": data})
    assert (signal.event, signal.dedup_key) == ("resolve", "/metricAlerts/cpu")
    assert (signal.title, signal.service, signal.severity) == ("CPU is busy", "web01", "sev2")
    assert signal.links == ("https://portal.azure.com/#resource/web01",)


def test_a_log_search_without_affected_items_is_about_its_workspace() -> None:
    workspace = "/subscriptions/1/workspaces/logs"
    assert read_one(KIND, {"AlertRuleName": "Rule", "ResourceId": workspace}).service == "logs"


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
