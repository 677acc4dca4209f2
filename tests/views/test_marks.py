import time
from dataclasses import replace

from onthetable.model import Reading
from onthetable.views import anchors, marks
from talks import make_move, make_reading, make_report, make_statement, span

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
