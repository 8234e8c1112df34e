"""Checkly: all alert types, other templates, and the template to paste."""

import json
from typing import Any

import pytest

from secondstory.alerts.formats.checkly import FORMAT
from secondstory.alerts.formats.contract import SourceKind
from tests.fixtures.alerts.corpus import case
from tests.unit.alerts.reading import read_one

KIND = SourceKind.CHECKLY
FAILURE = json.loads(case("checkly/01-failure.json").message.body)


@pytest.mark.parametrize(
    ("word", "event"),
    [
        ("ALERT_FAILURE", "trigger"),
        ("ALERT_FAILURE_REMAIN", "trigger"),
        ("ALERT_FAILURE_DEGRADED", "trigger"),
        ("ALERT_DEGRADED", "trigger"),
        ("ALERT_DEGRADED_REMAIN", "trigger"),
        ("ALERT_DEGRADED_FAILURE", "trigger"),
        ("ALERT_RECOVERY", "resolve"),
        ("ALERT_DEGRADED_RECOVERY", "resolve"),
        ("NO_ALERT", "other"),
    ],
)
def test_an_alert_ends_by_its_recoveries_alone(word: str, event: str) -> None:
    assert read_one(KIND, FAILURE | {"alert_type": word}).event == event


def test_a_certificate_neither_keeps_its_check_open_nor_hides_it() -> None:
    signal = read_one(KIND, FAILURE | {"alert_type": "ALERT_SSL"})
    assert (signal.event, signal.dedup_key) == ("trigger", f"{FAILURE['check_id']}/ssl")


def test_names_of_members_may_be_those_of_the_variables() -> None:
    named = {"CHECK_NAME": "Shop", "CHECK_ID": "c1", "ALERT_TYPE": "ALERT_FAILURE"}
    signal = read_one(KIND, named | {"RESULT_LINK": "https://app.checklyhq.com/1"})
    assert (signal.event, signal.dedup_key, signal.title) == ("trigger", "c1", "Shop")


@pytest.mark.parametrize(
    ("body", "event"),
    [
        ({"title": "Shop has failed", "alert_type": "ALERT_FAILURE"}, "trigger"),
        ({"message": "Check Shop has failed is ALERT_FAILURE"}, "trigger"),
        ({"title": 'Check "Shop" is degraded'}, "trigger"),
        ({"title": "Shop has failed", "alert_type": ""}, "trigger"),
        ({"title": "Shop has recovered", "message": "ALERT_RECOVERY <br>(3ms)"}, "resolve"),
    ],
)
def test_a_template_without_check_id_is_tied_by_the_check_in_its_title(
    body: dict[str, str], event: str
) -> None:
    signal = read_one(KIND, body)
    assert (signal.event, signal.dedup_key) == (event, "Shop")


def test_a_template_that_names_no_check_is_kept_and_opens_nothing() -> None:
    signal = read_one(KIND, {"title": "Look at the shop", "alert_type": "ALERT_FAILURE"})
    assert (signal.event, signal.title) == ("other", "Look at the shop")


CHECK = "927a2982-1007-4b81-b383-eae8bf717e61"
RESULT = f"https://app.checklyhq.com/checks/{CHECK}/check-sessions/1"


@pytest.mark.parametrize(
    "body",
    [
        {"checkId": CHECK, "alertType": "ALERT_FAILURE", "resultLink": RESULT},
        {
            "event": "Shop has failed",
            "link": RESULT,
            "check_id": CHECK,
            "alert_type": "ALERT_FAILURE",
        },
        {
            "title": "Shop has failed",
            "deduplication_key": CHECK,
            "metadata": {"alertType": "ALERT_FAILURE", "resultLink": RESULT},
            "status": "firing",
        },
        {"alert": {"type": "ALERT_FAILURE", "result_link": RESULT, "check": {"name": "Shop"}}},
        {"message": "Shop has failed", "description": f"ALERT_FAILURE: Shop <br>{RESULT}"},
        {"title": "Shop has failed", "message": f"ALERT_FAILURE <br>(3ms) <br>{RESULT}"},
        {"message": "Shop has failed", "link": RESULT},
    ],
)
def test_templates_of_others_open_the_same_alert(body: dict[str, Any]) -> None:
    signal = read_one(KIND, body)
    assert (signal.event, signal.state, signal.dedup_key) == ("trigger", "open", CHECK)
    assert signal.links == (RESULT,)


@pytest.mark.parametrize(
    ("title", "event", "key"),
    [
        ("Shop has recovered", "resolve", CHECK),
        ("Shop has degraded", "trigger", CHECK),
        ("The SSL certificate for shop.test will expire in 14 days", "trigger", f"{CHECK}/ssl"),
        ("Hello", "other", None),
    ],
)
def test_a_template_of_only_a_title_and_a_link_says_the_rest_in_them(
    title: str, event: str, key: str | None
) -> None:
    signal = read_one(KIND, {"message": title, "link": RESULT})
    assert (signal.event, signal.dedup_key, signal.title) == (event, key, title)


def test_a_template_with_the_name_alone_is_tied_by_it() -> None:
    named = {"check_name": "Shop", "alert_type": "ALERT_RECOVERY"}
    signal = read_one(KIND, named)
    assert (signal.event, signal.dedup_key, signal.service) == ("resolve", "Shop", "Shop")


def test_an_address_in_an_error_is_no_link() -> None:
    signal = read_one(KIND, FAILURE | {"check_error_message": "goto: https://shop.test/ failed"})
    assert signal.links == (FAILURE["link"],)


def test_a_template_may_have_a_priority() -> None:
    signal = read_one(KIND, FAILURE | {"priority": "P2"})
    assert (signal.severity_raw, signal.severity) == ("P2", "sev2")


def test_the_template_to_paste_has_what_is_read() -> None:
    template = json.loads(FORMAT.guide.snippet or "")
    assert template.keys() <= FAILURE.keys()
    assert {"alert_type", "check_id", "check_name", "started_at", "link"} <= template.keys()
    assert all(value.startswith("{{") for value in template.values())
