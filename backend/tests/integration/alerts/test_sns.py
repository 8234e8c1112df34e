"""Alarms through SNS: nothing is fetched for strangers, a topic is confirmed once it is kept."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from secondstory.alerts.sns import SenderUnreachable
from tests.factories import Caller
from tests.fixtures.alerts.certificates import make_certificate, make_key
from tests.fixtures.alerts.corpus import case
from tests.fixtures.alerts.sns import signed_by_sns
from tests.integration.alerts.senders import Sender, add_sender, items

KEY = make_key()
CONFIRMATION = json.loads(case("aws-sns-cloudwatch/01-subscription-confirmation.json").message.body)
ALARM = json.loads(case("aws-sns-cloudwatch/04-alarm-with-arn.json").message.body)


@dataclass
class Amazon:
    """What is at the addresses that messages name."""

    away: bool = False
    visited: list[str] = field(default_factory=list)

    async def certificate(self, url: str, now: datetime) -> str:
        del now
        await self.confirm(url)
        return make_certificate("sns.amazonaws.com", KEY).decode()

    async def confirm(self, url: str) -> bool:
        if self.away:
            raise SenderUnreachable
        self.visited.append(url)
        return True


@pytest.fixture
def amazon(app: FastAPI) -> Amazon:
    app.state.sns = Amazon()
    found: Amazon = app.state.sns
    return found


@pytest.fixture
async def topic(admin: Caller, anonymous: httpx.AsyncClient) -> Sender:
    return await add_sender(admin, anonymous, "aws_sns_cloudwatch")


async def post(topic: Sender, envelope: dict[str, Any]) -> httpx.Response:
    return await topic.post(envelope, **{"Content-Type": "text/plain; charset=UTF-8"})


async def test_an_alarm_opens_an_incident(admin: Caller, topic: Sender, amazon: Amazon) -> None:
    answer = await post(topic, signed_by_sns(ALARM, KEY))
    assert (answer.status_code, len(answer.json()["incidents"])) == (202, 1)
    assert amazon.visited == [ALARM["SigningCertURL"]]
    (alert,) = await items(admin, "/alerts", source_id=topic.id)
    assert alert["state"] == "open"


async def test_a_topic_is_confirmed_once_it_proved_itself(topic: Sender, amazon: Amazon) -> None:
    answer = await post(topic, CONFIRMATION)
    assert (answer.status_code, amazon.visited) == (401, [CONFIRMATION["SigningCertURL"]])
    answer = await post(topic, signed_by_sns(CONFIRMATION, KEY))
    assert answer.status_code == 202
    assert amazon.visited[-1] == CONFIRMATION["SubscribeURL"]


@pytest.mark.parametrize("name", ["SigningCertURL", "SubscribeURL"])
async def test_other_hosts_are_not_visited(topic: Sender, amazon: Amazon, name: str) -> None:
    envelope = signed_by_sns(CONFIRMATION | {name: "https://sns.example.net/x.pem"}, KEY)
    answer = await post(topic, envelope)
    assert answer.status_code == (401 if name == "SigningCertURL" else 202)
    assert "https://sns.example.net/x.pem" not in amazon.visited


async def test_nothing_is_fetched_for_strangers(
    anonymous: httpx.AsyncClient, topic: Sender, amazon: Amazon
) -> None:
    answer = await anonymous.post(topic.address[:-5] + "wrong", json=signed_by_sns(ALARM, KEY))
    assert (answer.status_code, amazon.visited) == (404, [])


async def test_what_cannot_be_checked_now_is_asked_for_again(
    admin: Caller, topic: Sender, amazon: Amazon
) -> None:
    amazon.away = True
    answer = await post(topic, signed_by_sns(ALARM, KEY))
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert await items(admin, "/alerts", source_id=topic.id) == []


async def test_grafana_may_put(admin: Caller, anonymous: httpx.AsyncClient) -> None:
    grafana = await add_sender(admin, anonymous, "grafana")
    body = case("grafana/01-firing.json").message.body
    answer = await anonymous.put(grafana.address, content=body)
    assert (answer.status_code, len(answer.json()["incidents"])) == (202, 1)
