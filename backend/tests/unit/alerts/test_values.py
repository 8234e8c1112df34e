"""Reading single values out of foreign JSON."""

from datetime import UTC, datetime
from typing import Any

import pytest

from secondstory.alerts.formats import values
from secondstory.alerts.severities import severity_of, worst
from secondstory.incidents.models import Severity

AT = datetime(2026, 11, 23, 8, 49, 57, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-11-23T08:49:57Z", AT),
        ("2026-11-23t08:49:57z", AT),
        ("2026-11-23T11:49:57+0300", AT),
        ("2026-11-23 09:49:57.000000000+01:00", AT),
        (1795423797, AT),
        ("1795423797", AT),
        (1795423797.0, AT),
        (1795423797000, AT),
        (1795423797000000, AT),
        (1795423797000000000, AT),
        ("2026-11-23T08:49:57", None),
        ("2026-11-23", None),
        ("0001-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("2026-13-99T99:99:99Z", None),
        ("soon", None),
        (True, None),
        (12, None),
        (None, None),
        ([], None),
    ],
)
def test_a_time_is_one_with_a_zone_and_within_reach(
    written: Any, expected: datetime | None
) -> None:
    assert values.instant(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("  a\r\nb\tc ", "a b c"),
        ("two  spaces", "two  spaces"),
        ("nul\x00 and half\ud800", "nul\ufffd and half\ufffd"),
        (7, "7"),
        (False, "false"),
        ("", None),
        (" \n", None),
        ([], None),
        ({}, None),
    ],
)
def test_a_text_is_one_clean_line(written: Any, expected: str | None) -> None:
    assert values.text(written) == expected


def test_long_identities_stay_different() -> None:
    one, other = values.identity("k" * 900 + "1"), values.identity("k" * 900 + "2")
    assert one is not None
    assert one != other
    assert len(one) == values.MAX_KEY
    assert values.identity("k" * 500) == "k" * 500


def test_links_keep_web_addresses_once() -> None:
    offered = ["https://a.test/?q=1#x", "javascript:alert(1)", "https://a.test/?q=1#x", None, 3]
    offered += [
        "HTTP://b.test",
        "https://",
        "https://c.test/{app}",
        "https://d.test/ e",
        "//e.test",
    ]
    assert values.links(offered) == ("https://a.test/?q=1#x", "HTTP://b.test")
    assert values.links(["https://a.test/" + "x" * 2000]) == ()


def test_addresses_in_a_sentence_end_before_its_marks() -> None:
    sentence = 'See (https://a.test/?b=c), <http://b.test/d>. "https://" or https://c.test/e!?'
    assert values.addresses(sentence) == [
        "https://a.test/?b=c",
        "http://b.test/d",
        "https://c.test/e",
    ]


def test_the_first_that_is_not_empty_counts() -> None:
    assert values.first(["", None, "a", "b"]) == "a"
    assert values.first(["", None]) is None


def test_json_of_any_number_and_encoding() -> None:
    assert values.parse_json(b"\xef\xbb\xbf[1]") == [1]
    assert values.parse_json(b'["\xff"]') == ["\ufffd"]
    assert values.parse_json(b"[NaN, -Infinity]") == [None, None]
    assert values.parse_json(b"[" + b"9" * 5000 + b"]") == ["9" * 5000]
    assert values.parse_json(b"[" * 100_000) is None


@pytest.mark.parametrize(
    ("word", "severity"),
    [
        ("critical", "sev1"),
        ("P1", "sev1"),
        ("P0", "sev1"),
        ("SEV0", "sev1"),
        ("0", None),
        ("Sev-2", "sev2"),
        ("severity 3", "sev3"),
        ("4", "sev4"),
        ("Warning ", "sev3"),
        ("info", "sev5"),
        ("P9", None),
        ("homemade", None),
        (None, None),
    ],
)
def test_words_for_severity(word: str | None, severity: str | None) -> None:
    assert severity_of(word) == severity


def test_words_of_a_source_come_first() -> None:
    assert severity_of("CRITICAL", {"critical": Severity.SEV4}) is Severity.SEV4


def test_the_worst_word_wins() -> None:
    assert worst(["info", None, "homemade", "error"]) == "error"
    assert worst(["homemade"]) == "homemade"
    assert worst([]) is None


def test_the_address_of_a_source_is_no_link() -> None:
    own = "https://story.example.com/api/v1/ingest/zabbix/k3y"
    assert values.links([own, f"{own}/tr_events.php", "https://a.example.com/"]) == (
        "https://a.example.com/",
    )
