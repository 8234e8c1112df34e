"""The outline of the whys: every branch, each why in full once."""

from hypothesis import given
from hypothesis import strategies as st

from secondstory.reports.outline import outline
from tests.unit.reports.sample import connected, number, why


def told(*whys_and_causes: tuple[int, tuple[int, ...]]) -> list[tuple[int, int, int, bool]]:
    whys = connected(*(why(n, causes=causes) for n, causes in whys_and_causes))
    return [(each.number, each.depth, each.why.id.int, each.told) for each in outline(whys)]


def test_depth_first_in_the_order_of_causes() -> None:
    assert told((1, (3, 2)), (2, ()), (3, (4,)), (4, ()), (5, ())) == [
        (1, 0, 1, False),
        (2, 1, 3, False),
        (3, 2, 4, False),
        (4, 1, 2, False),
        (5, 0, 5, False),
    ]


def test_what_has_several_effects_is_told_once_and_named_again() -> None:
    assert told((1, (2, 3)), (2, (4,)), (3, (4,)), (4, (5,)), (5, ())) == [
        (1, 0, 1, False),
        (2, 1, 2, False),
        (3, 2, 4, False),
        (4, 3, 5, False),
        (5, 1, 3, False),
        (3, 2, 4, True),
    ]


def test_nothing_asked_nothing_told() -> None:
    assert outline([]) == []


def test_edges_that_moved_while_they_were_read() -> None:
    # A cause that is gone, an effect that is gone, and a ring.
    whys = [
        why(1, causes=(9,)),
        why(2, effects=[number(8)]),
        why(3, causes=(4,), effects=[number(4)]),
        why(4, causes=(3,), effects=[number(3)]),
    ]
    assert [each.why.id.int for each in outline(whys) if not each.told] == [1, 2, 3, 4]


def test_deeper_than_python_recurses() -> None:
    whys = connected(*(why(n, causes=(n + 1,) if n < 1500 else ()) for n in range(1, 1501)))
    branches = outline(whys)
    assert [each.depth for each in branches] == list(range(1500))


@st.composite
def graphs(draw: st.DrawFn) -> dict[int, tuple[int, ...]]:
    """Any graph without a cycle: a why has causes of higher numbers only."""
    size = draw(st.integers(1, 12))
    return {
        n: tuple(draw(st.lists(st.integers(n + 1, size), unique=True, max_size=4)))
        if n < size
        else ()
        for n in range(1, size + 1)
    }


@given(graphs())
def test_every_why_and_every_edge_is_there(graph: dict[int, tuple[int, ...]]) -> None:
    branches = outline(connected(*(why(n, causes=causes) for n, causes in graph.items())))
    in_full = [each for each in branches if not each.told]
    assert sorted(each.why.id.int for each in in_full) == sorted(graph)
    assert [each.number for each in in_full] == list(range(1, len(graph) + 1))
    edges, path = [], []
    for each in branches:
        del path[each.depth :]
        edges += [(path[-1], each.why.id.int)] if path else []
        path.append(each.why.id.int)
    assert sorted(edges) == sorted((n, cause) for n, causes in graph.items() for cause in causes)
