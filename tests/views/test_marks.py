import time
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.talks import make_move, make_reading, make_report, make_statement, span

from onthetable.model import Reading
from onthetable.views import anchors, marks

TEXT = "Maja Brun said the boats would stay in port.\n\nShare\nSudmark refused it, she said."


def drawn(reading: Reading) -> list[str]:
    shown = {"open": "[", "close": "]"}
    return ["".join(shown.get(p.kind, p.text) for p in x.pieces) for x in marks.paragraphs(reading)]


def test_highlights_nest() -> None:
    report = make_report("Maja Brun said the boats would stay in port.")
    said = make_statement(report, 1, "the boats would stay in port", "Maja Brun")
    reading = make_reading(
        report, make_move(report, 1, "Norland", "offers", words="the boats would stay"), statements=(said,)
    )
    assert drawn(reading) == ["Maja Brun said [[the boats would stay] in port]."]


def test_crossing_highlights_are_broken_and_go_on() -> None:
    report = make_report("Maja Brun said the boats would stay in port.")
    said = make_statement(report, 1, "the boats would stay in port", "Maja Brun")
    reading = make_reading(
        report, make_move(report, 1, "Norland", "offers", words="Brun said the boats"), statements=(said,)
    )
    assert drawn(reading) == ["Maja [Brun said [the boats]][ would stay in port]."]
    opened = [p for p in marks.paragraphs(reading)[0].pieces if p.kind == "open"]
    assert [p.id is None for p in opened] == [False, False, True]


def test_a_highlight_goes_on_over_paragraphs_and_has_one_id() -> None:
    report = make_report(TEXT, furniture="Share")
    reading = make_reading(report, make_move(report, 1, "Norland", "offers", words=TEXT[10:60]))
    assert drawn(reading)[0] == "Maja Brun [said the boats would stay in port.]"
    ids = [p.id for x in marks.paragraphs(reading) for p in x.pieces if p.kind == "open" and p.id]
    assert ids == [anchors.words(report.id, span(report, TEXT[10:60]))]


def test_two_claims_on_the_same_words_share_a_highlight() -> None:
    report = make_report("Norland offers it.")
    moves = [make_move(report, n, "Norland", act) for n, act in ((1, "offers"), (2, "accepts"))]
    assert drawn(make_reading(report, *moves)) == ["[Norland offers it.]"]


@given(st.text("ab \n", min_size=1, max_size=60).filter(str.strip), st.data())
def test_whatever_the_spans_the_text_is_whole_and_the_highlights_are_even(text: str, data: st.DataObject) -> None:
    report = make_report(text)
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted).filter(lambda e: e[0] < e[1])
    spans = [report.span(*e) for e in data.draw(st.lists(ends, max_size=6))]
    moves = [replace(make_move(report, n, "Norland", "offers"), evidence=s) for n, s in enumerate(spans)]
    ids = []
    for paragraph in marks.paragraphs(make_reading(report, *moves)):
        depth = 0
        for piece in paragraph.pieces:
            depth += {"open": 1, "close": -1}.get(piece.kind, 0)
            assert depth >= 0
            ids += [piece.id] if piece.kind == "open" and piece.id else []
        assert depth == 0
        assert "".join(p.text for p in paragraph.pieces) == text[paragraph.start : paragraph.end]
    shown = {anchors.words(report.id, s) for s in spans if s.text.strip()}
    assert len(ids) == len(set(ids))
    assert shown <= set(ids)


def test_time_is_linear_where_highlights_cross_all_along() -> None:
    def seconds(count: int) -> float:
        report = make_report("word " * count * 10)
        crossing = (report.span(n * 50, min(n * 50 + 120, len(report.text))) for n in range(count))
        moves = [
            replace(make_move(report, n, "Norland", "offers", words="word"), evidence=s) for n, s in enumerate(crossing)
        ]
        reading = make_reading(report, *moves)
        began = time.perf_counter()
        marks.paragraphs(reading)
        return time.perf_counter() - began

    assert min(seconds(8_000) for _ in range(3)) < 30 * seconds(1_000)
