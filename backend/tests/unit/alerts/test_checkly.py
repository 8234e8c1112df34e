"""Checkly: all alert types, other templates, and the template to paste."""

import json

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
        ("", "other"),
    ],
)
def test_types_of_alerts(word: str, event: str) -> None:
    assert read_one(KIND, FAILURE | {"alert_type": word}).event == event


def test_a_certificate_neither_keeps_its_check_open_nor_hides_it() -> None:
    signal = read_one(KIND, FAILURE | {"alert_type": "ALERT_SSL"})
    assert (signal.event, signal.dedup_key) == ("trigger", f"{FAILURE['check_id']}/ssl")


def test_names_of_members_may_be_those_of_the_variables() -> None:
    named = {"CHECK_NAME": "Shop", "CHECK_ID": "c1", "ALERT_TYPE": "ALERT_FAILURE"}
    signal = read_one(KIND, named | {"RESULT_LINK": "https://app.checklyhq.com/1"})
    assert (signal.event, signal.dedup_key, signal.title) == ("trigger", "c1", "Shop")


def test_a_template_without_check_id_is_kept_and_opens_nothing() -> None:
    signal = read_one(KIND, {"title": "Shop has failed", "alert_type": "ALERT_FAILURE"})
    assert (signal.event, signal.title) == ("other", "Shop has failed")


def test_the_template_to_paste_has_what_is_read() -> None:
    template = json.loads(FORMAT.guide.snippet or "")
    assert template.keys() <= FAILURE.keys()
    assert {"alert_type", "check_id", "check_name", "started_at", "link"} <= template.keys()
    assert all(value.startswith("{{") for value in template.values())
