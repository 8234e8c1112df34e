import json
from typing import Any

import pytest
from pycrdt import Awareness, Doc

from secondstory.documents.presence import MAX_STATES_PER_OWNER, Presence, Urgency
from secondstory.documents.states import MAX_STATE_BYTES
from secondstory.documents.wire import MalformedFrame, Reader, write_text, write_uint


def update(*states: tuple[int, int, Any]) -> bytes:
    """Encode states: client, clock, and the state, or text that is used as it is."""
    encoded = b"".join(
        write_uint(client)
        + write_uint(clock)
        + write_text(state if isinstance(state, str) else json.dumps(state))
        for client, clock, state in states
    )
    return write_uint(len(states)) + encoded


def read(data: bytes | None) -> list[tuple[int, int, Any]]:
    if data is None:
        return []
    reader = Reader(data)
    return [(reader.uint(), reader.uint(), json.loads(reader.text())) for _ in range(reader.uint())]


ADA, GRACE = {"name": "Ada"}, {"name": "Grace"}
MOVED = ADA | {"cursor": 4}


def news(presence: Presence) -> list[tuple[int, int, Any]]:
    """What the room is told."""
    return read(presence.take_news()) if presence.has_news else []


def announced(presence: Presence, owner: str, states: bytes) -> list[tuple[int, int, Any]]:
    """Announce, and see what is news."""
    presence.announce(owner, states)
    return news(presence)


def new_presence(milliseconds: int = 0) -> Presence:
    return Presence(lambda: milliseconds)


def test_the_first_word_of_a_socket_gets_a_clock_from_the_time_of_day() -> None:
    # Others would ignore clock 0, and on a reconnect the clock they saw last.
    assert announced(Presence(), "a", update((1, 0, ADA)))[0][1] > 1_600_000_000_000
    presence = new_presence(500)
    assert announced(presence, "a", update((1, 0, ADA))) == [(1, 500, ADA)]
    assert announced(presence, "b", update((2, 700, ADA))) == [(2, 701, ADA)]


def test_newcomers_hear_of_everybody_with_a_later_clock() -> None:
    # They may have been here before, and remember the clocks but not the states.
    presence = new_presence()
    announced(presence, "a", update((1, 4, ADA)))
    assert read(presence.everyone()) == [(1, 6, ADA)]
    assert read(presence.everyone()) == [(1, 7, ADA)]
    assert announced(presence, "a", update((1, 6, MOVED))) == [(1, 8, MOVED)]


def test_y_protocols_takes_what_goes_on() -> None:
    presence = new_presence()
    here = Awareness(Doc(client_id=9))
    for _ in range(2):
        presence.announce("a", update((1, 0, ADA)))
        here.apply_awareness_update(presence.take_news(), "server")
        assert here.states[1] == ADA
        # A connection lost and found again, on this side.
        here.remove_awareness_states([1], "server")
        everyone = presence.everyone()
        assert everyone is not None
        here.apply_awareness_update(everyone, "server")
        assert here.states[1] == ADA
        presence.leave("a")
        here.apply_awareness_update(presence.take_news(), "server")
        assert 1 not in here.states


def test_renewals_go_on_though_nothing_has_changed() -> None:
    # Their sender waits for them, too: it takes silence for a lost connection.
    presence = new_presence()
    announced(presence, "a", update((1, 0, ADA)))
    presence.everyone()
    assert announced(presence, "a", update((1, 1, ADA))) == []
    assert announced(presence, "a", update((1, 2, ADA))) == [(1, 3, ADA)]
    assert announced(presence, "a", update((1, 3, ADA))) == []


def test_only_the_newest_of_each_client_is_told() -> None:
    presence = new_presence()
    presence.announce("a", update((1, 0, ADA)))
    presence.announce("g", update((2, 0, GRACE)))
    presence.announce("a", update((1, 1, MOVED)))
    presence.leave("g")
    assert news(presence) == [(1, 2, MOVED), (2, 1, None)]
    assert news(presence) == []


def test_renewals_are_not_urgent() -> None:
    presence = new_presence()
    assert presence.announce("a", update((1, 0, ADA))) is Urgency.NEWS
    assert presence.announce("a", update((1, 5, ADA))) is Urgency.RENEWAL
    assert presence.announce("a", update((1, 6, MOVED))) is Urgency.NEWS
    assert presence.announce("g", update((2, 0, GRACE), (1, 7, MOVED))) is Urgency.NEWS
    assert presence.announce("g", update((1, 6, MOVED))) is Urgency.NOTHING


def test_who_is_silent_for_a_while_is_renewed() -> None:
    now = 100_000
    presence = Presence(lambda: now)
    for owner, client, state in (("a", 1, ADA), ("g", 2, GRACE), ("elsewhere", 3, GRACE)):
        announced(presence, owner, update((client, 0, state)))
    now += 8000
    announced(presence, "g", update((2, 200_000, MOVED)))
    now += 5000
    assert presence.renew(["a", "g"], after_seconds=12) is Urgency.RENEWAL
    assert news(presence) == [(1, 100_001, ADA)]
    assert presence.renew(["a", "g"], after_seconds=12) is Urgency.NOTHING
    # What it says next counts on from there, though it has not heard of it.
    assert announced(presence, "a", update((1, 100_001, MOVED))) == [(1, 100_002, MOVED)]


def test_who_is_in_another_process_comes_back_after_being_taken_for_gone() -> None:
    presence = new_presence(900)
    presence.announce_relayed("process", update((1, 300, ADA)))
    presence.everyone()
    presence.leave("process")
    assert news(presence) == [(1, 900, None)]
    assert presence.announce_relayed("process", update((1, 301, ADA))) is Urgency.NEWS
    assert news(presence) == [(1, 901, ADA)]
    presence.announce_relayed("process", update((1, 302, MOVED)))
    assert news(presence) == [(1, 902, MOVED)]
    # Where somebody is by now, the word of a process they were in before counts no more.
    presence.announce("a", update((1, 0, ADA)))
    presence.announce_relayed("process", update((1, 303, MOVED)))
    assert news(presence) == [(1, 903, ADA)]


def test_whose_goodbye_got_lost_is_forgotten() -> None:
    now = 100_000
    presence = Presence(lambda: now)
    presence.announce("a", update((1, 0, ADA)))
    presence.announce_relayed("process", update((2, 0, GRACE), (3, 0, GRACE)))
    now += 30_000
    presence.announce_relayed("process", update((3, 1, GRACE)))
    now += 10_000
    news(presence)
    assert presence.forget_silent(["a"], after_seconds=36) is Urgency.NEWS
    assert news(presence) == [(2, 0, None)]
    assert presence.take_unrelayed()
    assert presence.forget_silent(["a"], after_seconds=36) is Urgency.NOTHING
    assert [client for client, _, _ in read(presence.everyone())] == [1, 3]
    assert presence.leave("process") is Urgency.NEWS
    assert news(presence)[0][0] == 3


def test_an_echo_of_an_older_self_does_not_undo_the_newer_one() -> None:
    # y-protocols takes what it hears of itself with a later clock, and y-websocket repeats it.
    presence = new_presence(500)
    assert announced(presence, "a", update((1, 0, {}))) == [(1, 500, {})]
    assert announced(presence, "a", update((1, 1, ADA))) == [(1, 501, ADA)]
    assert announced(presence, "a", update((1, 500, {}))) == []
    assert announced(presence, "a", update((1, 502, {}))) == [(1, 502, {})]


def test_echoes_are_not_news() -> None:
    presence = new_presence()
    announced(presence, "a", update((1, 3, ADA)))
    announced(presence, "g", update((2, 0, GRACE)))
    assert announced(presence, "g", update((1, 4, ADA))) == []
    assert announced(presence, "a", update((1, 4, ADA))) == []


def test_newer_states_are_news() -> None:
    presence = new_presence()
    announced(presence, "a", update((1, 0, ADA)))
    assert announced(presence, "a", update((1, 2, MOVED))) == [(1, 2, MOVED)]


def test_a_state_sent_before_the_tick_was_heard_of_is_news() -> None:
    presence = new_presence()
    announced(presence, "a", update((1, 5, ADA)))
    assert announced(presence, "a", update((1, 6, MOVED))) == [(1, 7, MOVED)]
    assert announced(presence, "a", update((1, 7, MOVED))) == []


def test_leaving_is_said_for_everything_announced() -> None:
    presence = new_presence()
    announced(presence, "a", update((1, 0, ADA)))
    announced(presence, "a", update((5, 1, ADA)))
    assert presence.leave("a") is Urgency.NEWS
    assert sorted(news(presence)) == [(1, 1, None), (5, 1, None)]
    assert presence.everyone() is None
    assert presence.leave("a") is Urgency.NOTHING
    assert news(presence) == []


def test_an_echo_does_not_bring_back_who_left() -> None:
    presence = new_presence()
    announced(presence, "a", update((1, 3, ADA)))
    announced(presence, "g", update((2, 0, GRACE)))
    presence.leave("a")
    news(presence)
    assert announced(presence, "g", update((1, 4, ADA), (2, 1, GRACE))) == []


def test_somebody_who_left_may_come_back() -> None:
    presence = new_presence()
    announced(presence, "a", update((1, 3, ADA)))
    presence.leave("a")
    news(presence)
    assert announced(presence, "a again", update((1, 3, ADA))) == [(1, 5, ADA)]


def test_a_second_socket_of_a_client_takes_over_from_the_dead_one() -> None:
    presence = new_presence()
    announced(presence, "dead", update((1, 3, ADA)))
    assert announced(presence, "alive", update((1, 4, ADA))) == [(1, 5, ADA)]
    assert presence.leave("dead") is Urgency.NOTHING
    assert read(presence.everyone()) == [(1, 6, ADA)]


def test_goodbyes_count_only_from_the_owner() -> None:
    presence = new_presence()
    announced(presence, "a", update((1, 0, ADA)))
    announced(presence, "g", update((2, 0, GRACE)))
    assert announced(presence, "g", update((1, 1, "null"))) == []
    assert announced(presence, "a", update((1, 1, "null"))) == [(1, 1, None)]
    assert announced(presence, "a", update((1, 2, ADA))) == [(1, 2, ADA)]


def test_one_socket_cannot_fill_the_room() -> None:
    presence = new_presence()
    announced(presence, "a", update(*((client, 1, ADA) for client in range(1, 100))))
    assert len(read(presence.everyone())) == MAX_STATES_PER_OWNER


@pytest.mark.parametrize(
    "state",
    ["", "{", "[]", "1", " null", '{"a": NaN}', "[" * 100_000, '"' + "x" * MAX_STATE_BYTES + '"'],
)
def test_states_that_would_break_other_clients_are_refused(state: str) -> None:
    with pytest.raises(MalformedFrame):
        Presence().announce("a", update((1, 0, state)))


@pytest.mark.parametrize("state", [ADA, None])
def test_clocks_that_everybody_would_choke_on_are_passed_over(state: Any) -> None:
    presence = Presence()
    assert announced(presence, "a", update((1, 2**53 - 1, state))) == []
    presence.announce("a", update((1, 2**48, ADA)))
    presence.announce("b", update((2, 0, GRACE)))
    presence.take_news()
    for _ in range(10):
        (_, clock, _), _ = read(presence.everyone())
        assert announced(presence, "b", update((1, clock, ADA))) == []
    assert announced(presence, "a", update((1, 2**53 - 1, state))) == []
    presence.leave("a")
    ((_, clock, gone),) = news(presence)
    assert (clock < 2**49, gone) == (True, None)


def test_cut_updates_are_refused() -> None:
    with pytest.raises(MalformedFrame):
        Presence().announce("a", update((1, 0, ADA))[:-1])
    with pytest.raises(MalformedFrame):
        Presence().announce("a", update((1, 0, ADA)) + b"\x00")
