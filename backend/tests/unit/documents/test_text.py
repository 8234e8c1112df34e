import time

from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Text

from secondstory.documents.text import (
    Edit,
    edits,
    new_texts,
    open_document,
    revise,
    storable,
    texts_of,
)
from secondstory.documents.updates import SERVER_CLIENT, inspect

TEXTS = st.text(st.sampled_from("ab c\n😀漢é👩‍🚒"), max_size=40)
WHY = "whys/0197f0c2-5b1e-7c3a-9d2e-3f4a5b6c7d8e/answer"


def test_new_texts_are_what_yjs_would_write() -> None:
    written = new_texts({"summary": "Hé😀", WHY: "x", "empty": ""}, clock=0)
    assert written.update is not None
    doc = open_document([written.update])
    assert {name: str(text) for name, text in texts_of(doc).items()} == {
        "summary": "Hé😀",
        WHY: "x",
    }
    assert doc.get_update() == written.update
    assert written.clock == 5
    assert inspect(written.update).passages == {"summary", WHY}


def test_new_texts_continue_the_clock() -> None:
    first = new_texts({"summary": "one"}, clock=0)
    second = new_texts({WHY: "two"}, first.clock)
    assert (first.update, second.update) != (None, None)
    doc = open_document([update for update in (first.update, second.update) if update])
    assert str(doc.get(WHY, type=Text)) == "two"
    assert new_texts({"summary": ""}, 3) == (None, 3)


@given(TEXTS, TEXTS)
def test_revising_makes_the_text(old: str, new: str) -> None:
    written = new_texts({"summary": old}, 0)
    before = [written.update] if written.update else []
    doc = open_document(before, client_id=SERVER_CLIENT)
    update = revise(doc, {"summary": new})
    assert (update is None) == (old == new)
    after = open_document(before + ([update] if update else []))
    assert str(after.get("summary", type=Text)) == new


@given(TEXTS, TEXTS)
def test_edits_lead_from_one_text_to_the_other(old: str, new: str) -> None:
    result = old
    for edit in reversed(list(edits(old, new))):
        result = result[: edit.start] + edit.text + result[edit.end :]
    assert result == new


def test_only_what_differs_is_edited() -> None:
    old = "The database was slow. We restarted it. It was fast."
    new = "The database was very slow. We restarted it. It felt fast."
    assert list(edits(old, new)) == [Edit(17, 17, "very "), Edit(43, 46, "felt")]


def test_a_revision_keeps_what_others_type_meanwhile() -> None:
    base = new_texts({"summary": "one two three"}, 0).update
    assert base is not None
    mine = open_document([base], client_id=SERVER_CLIENT)
    theirs = open_document([base], client_id=7)
    theirs.get("summary", type=Text).insert(4, "and ")
    update = revise(mine, {"summary": "one two four"})
    assert update is not None
    theirs.apply_update(update)
    assert str(theirs.get("summary", type=Text)) == "one and two four"


def test_long_texts_are_compared_quickly() -> None:
    words = " ".join(f"word{number}" for number in range(8000))
    lines = words.replace("9 ", "9\n")
    started = time.perf_counter()
    for old, new in [(words, words[::-1]), (lines, lines.replace("word4", "w")), (words, "")]:
        result = old
        for edit in reversed(list(edits(old, new))):
            result = result[: edit.start] + edit.text + result[edit.end :]
        assert result == new
    assert time.perf_counter() - started < 2


def test_what_cannot_be_stored_is_replaced() -> None:
    assert storable("a\x00b\ud83dc😀") == "a\ufffdb\ufffdc😀"
