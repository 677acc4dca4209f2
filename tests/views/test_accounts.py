"""Two accounts that cannot both be so stand side by side once, each with its words and whose they are."""

from tests.talks import CASE, days, make_ledger, make_move, make_reading, make_report, make_statement, span

from onthetable.model import Tie
from onthetable.views.accounts import contrary
from onthetable.views.entries import sections
from onthetable.views.selection import Selection

YES, NO = "Norland accepted the truce, Maja Brun said.", "Norland turned the truce down. It snowed."


def test_two_sentences_stand_once_whatever_contradicts_in_them() -> None:
    yes, no = make_report(YES, "a.txt", "Harbour Gazette"), make_report(NO, "b.txt", "Lake Radio")
    said = make_statement(yes, 1, "Norland accepted the truce", "Maja Brun")
    accepts = make_move(yes, 1, "Norland", "accepts", words="Norland accepted the truce", statement=said.id)
    rejects = make_move(no, 1, "Norland", "rejects", words="Norland turned the truce down")
    ties = (
        Tie("contradicts", rejects.id, accepts.id, 0.9, (rejects.evidence, accepts.evidence)),
        Tie("contradicts", no.id, said.id, 1.0, (span(no, "Norland turned the truce down"), said.content)),
    )
    ledger = make_ledger(
        (make_reading(yes, accepts, statements=(said,)), days("2026-03-03")),
        (make_reading(no, rejects), days("2026-03-04")),
        case=CASE, ties=ties,
    )  # fmt: skip
    ((first, second),) = contrary(ledger)
    assert (first.report, first.who, first.sentence) == (yes, "Maja Brun", YES)
    assert (second.report, second.who, second.sentence) == (no, "the report itself", "Norland turned the truce down.")
    shown = next(s for s in sections(Selection(ledger), "sources") if s.title == "Accounts that cannot both be so")
    assert [q.text for q in shown.entries[0].quotes] == [YES, second.sentence]
    assert not contrary(ledger, days("2026-03-03").latest)


def test_two_accounts_of_one_sentence_are_told_by_their_own_words() -> None:
    both = make_report("Norland counts 40 boats, Sudmark counts 55 boats.", "a.txt", "Harbour Gazette")
    few = make_move(both, 1, "Norland", "considers", words="Norland counts 40 boats")
    many = make_move(both, 2, "Sudmark", "considers", words="Sudmark counts 55 boats")
    tie = Tie("contradicts", many.id, few.id, 1.0, (many.evidence, few.evidence))
    ledger = make_ledger((make_reading(both, few, many), days("2026-03-03")), case=CASE, ties=(tie,))
    told = [many.evidence.text, few.evidence.text]
    assert [[a.sentence for a in pair] for pair in contrary(ledger)] == [told]
    shown = next(s for s in sections(Selection(ledger), "sources") if s.title == "Accounts that cannot both be so")
    assert [q.text for q in shown.entries[0].quotes] == told
