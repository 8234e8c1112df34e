"""The envelope of SNS: which addresses are its own, what is signed, and what it carries."""

import json
from typing import Any

import pytest

from secondstory.alerts.formats.contract import (
    Message,
    SignatureMismatch,
    SourceKind,
    SourceSettings,
)
from secondstory.alerts.registry import FORMATS
from tests.fixtures.alerts.certificates import make_certificate, make_key
from tests.fixtures.alerts.corpus import case
from tests.fixtures.alerts.sns import signed_by_sns

FORMAT = FORMATS[SourceKind.AWS_SNS_CLOUDWATCH]
KEY = make_key()
SETTINGS = SourceSettings(certificate=make_certificate("sns.amazonaws.com", KEY).decode())
HOST = "https://sns.eu-west-1.amazonaws.com"
CONFIRMATION = json.loads(case("aws-sns-cloudwatch/01-subscription-confirmation.json").message.body)
ALARM = json.loads(case("aws-sns-cloudwatch/04-alarm-with-arn.json").message.body)


def signed(envelope: dict[str, Any], version: str = "2") -> Message:
    return message(signed_by_sns(envelope, KEY, version))


def message(envelope: Any) -> Message:
    return Message(headers={}, body=json.dumps(envelope).encode())


def accepts(found: Message, settings: SourceSettings = SETTINGS) -> bool:
    try:
        FORMAT.verify(found, settings)
    except SignatureMismatch:
        return False
    return True


@pytest.mark.parametrize("version", ["1", "2"])
@pytest.mark.parametrize(
    "envelope",
    [
        CONFIRMATION,
        CONFIRMATION | {"Type": "UnsubscribeConfirmation"},
        ALARM,
        ALARM | {"Subject": None},
        ALARM | {"Message": "Überlast\nüberall"},
    ],
    ids=["confirmation", "end", "alarm", "no subject", "text"],
)
def test_what_sns_signs(envelope: dict[str, Any], version: str) -> None:
    genuine = signed(envelope, version)
    assert accepts(genuine)
    assert not accepts(genuine, SourceSettings())
    tampered = json.loads(genuine.body) | {"Message": "All is well"}
    assert not accepts(message(tampered))


@pytest.mark.parametrize(
    "change",
    [
        {"Signature": "EXAMPLE"},
        {"Signature": "=="},
        {"Signature": None},
        {"SignatureVersion": "3"},
        {"SignatureVersion": 1},
        {"Type": "Notice"},
        {"Type": ["Notification"]},
        {"Timestamp": 7},
        {"TopicArn": "\ud800"},
    ],
)
def test_what_is_not_signed_is_refused(change: dict[str, Any]) -> None:
    genuine = json.loads(signed(ALARM).body)
    assert not accepts(message(genuine | change))


@pytest.mark.parametrize("certificate", ["", "no certificate", "-----BEGIN CERTIFICATE-----"])
def test_a_broken_certificate_proves_nothing(certificate: str) -> None:
    assert not accepts(signed(ALARM), SourceSettings(certificate=certificate))


@pytest.mark.parametrize(
    "url",
    [
        f"{HOST}/SimpleNotificationService-1.pem",
        "https://sns.us-gov-west-1.amazonaws.com:443/a.pem",
        "https://sns.cn-north-1.amazonaws.com.cn/a.pem",
    ],
)
def test_certificates_are_on_hosts_of_sns(url: str) -> None:
    assert FORMAT.certificate_url(signed(ALARM | {"SigningCertURL": url})) == url


@pytest.mark.parametrize(
    "url",
    [
        "http://sns.eu-west-1.amazonaws.com/a.pem",
        "https://sns.eu-west-1.amazonaws.com.example.net/a.pem",
        "https://sns.eu-west-1.amazonaws.com:8443/a.pem",
        "https://sns.eu-west-1.amazonaws.com:x/a.pem",
        "https://sns.eu-west-1.amazonaws.com@example.net/a.pem",
        "https://example.net#@sns.eu-west-1.amazonaws.com/a.pem",
        "https://example.net\\@sns.eu-west-1.amazonaws.com/a.pem",
        "https://s3.eu-west-1.amazonaws.com/bucket/a.pem",
        "https://sns.amazonaws.com/a.pem",
        "https://sns..amazonaws.com/a.pem",
        "https://sns.eu-west-1.evil.amazonaws.com/a.pem",
        "https://sns.eu-west-1.amazonaws.com/a.pem?x=1",
        "https://sns.eu-west-1.amazonaws.com/a.txt",
        "https://sns.eu-west-1.amazonaws.com/\n.pem",
        "https://sns.eu\u2011west-1.amazonaws.com/a.pem",
        "https://[::1]/a.pem",
        "https://[/a.pem",
        "file:///etc/a.pem",
        "",
        None,
        7,
    ],
)
def test_certificates_from_elsewhere_are_not_asked_for(url: Any) -> None:
    with pytest.raises(SignatureMismatch):
        FORMAT.certificate_url(signed(ALARM | {"SigningCertURL": url}))


def test_nothing_is_fetched_for_what_nobody_signed() -> None:
    for envelope in (ALARM, {}, [], ALARM | {"Signature": "QUJD"}):
        with pytest.raises(SignatureMismatch):
            FORMAT.certificate_url(message(envelope))


def test_a_confirmation_leads_back_to_sns() -> None:
    url = CONFIRMATION["SubscribeURL"]
    assert FORMAT.confirm_url(message(CONFIRMATION)) == url
    for change in (
        {"Type": "UnsubscribeConfirmation"},
        {"Type": "Notification"},
        {"SubscribeURL": url.replace("amazonaws.com", "example.com")},
        {"SubscribeURL": url.replace("ConfirmSubscription", "Publish")},
        {"TopicArn": "arn:aws:sns:eu-west-1:123456789012:others"},
        {"SubscribeURL": None},
    ):
        assert FORMAT.confirm_url(message(CONFIRMATION | change)) is None


def test_what_ends_or_confirms_a_subscription_is_not_shown() -> None:
    shown = FORMAT.redact(json.dumps(CONFIRMATION))
    assert CONFIRMATION["Token"] not in shown
    shown = FORMAT.redact(json.dumps(ALARM))
    assert "6590056b" not in shown
    assert json.loads(shown)["Message"] == ALARM["Message"]
