import json
from datetime import date

from tests.talks import make_talks

from onthetable.ledger import Ledger
from onthetable.views.json import document, dumps

KEYS = {
    "case": ["name", "packs", "parties"],
    "reports": ["id", "path", "url", "title", "outlet", "author", "language",
                "sha256", "published", "origins", "boilerplate"],
    "statements": ["id", "report", "start", "end", "content", "cue", "source",
                   "manner", "relay", "quoted", "hedge", "denied"],
    "moves": ["id", "report", "statement", "party", "speaker", "act", "issue", "giver", "to", "quantity", "condition",
              "when", "hedge", "evidence", "rule", "confidence"],
    "proposals": ["id", "report", "proposer", "status", "answers", "terms", "evidence"],
    "figures": ["id", "report", "measure", "low", "high", "unit", "qualifier", "authority", "as_of", "evidence"],
    "events": ["id", "report", "type", "plover", "participants", "place", "date", "evidence"],
    "ties": ["kind", "from", "to", "score", "evidence"],
    "claims": ["id", "kind", "members", "reports", "origins", "named", "entails", "contradicts"],
    "positions": ["party", "issue", "giver", "stance", "quantity", "since", "last_reported",
                  "moves", "origins", "history"],
    "gaps": ["issue", "state", "positions"],
    "series": ["measure", "unit", "authority", "counts", "contradictions"],
    "wording": ["outlet", "referent", "terms"],
}  # fmt: skip
"""The fields that others rely on, in their order; more may stand between them."""


def test_the_fields_are_those_promised_in_their_order() -> None:
    content = json.loads(document(make_talks()))
    assert content["format"] == "onthetable-ledger/1"
    assert [k for k in content if k in KEYS] == list(KEYS)
    for name, keys in KEYS.items():
        rows = content[name] if isinstance(content[name], list) else [content[name]]
        assert rows
        for row in rows:
            assert [k for k in row if k in keys] == keys


def test_every_finding_is_in_one_claim() -> None:
    content = json.loads(document(make_talks()))
    members = [m for c in content["claims"] for m in c["members"]]
    found = [x["id"] for name in ("statements", "moves", "figures", "events") for x in content[name]]
    assert sorted(members) == sorted(found)
    against = {c["id"]: c["contradicts"] for c in content["claims"] if c["contradicts"]}
    one, other = (f["id"] for f in content["figures"])
    assert against == {one: [other], other: [one]}


def test_every_span_is_at_its_offsets() -> None:
    ledger = make_talks()
    content = json.loads(document(ledger))
    texts = {r.id: r.text for r in ledger.reports()}
    spans = 0
    for name in ("statements", "moves", "proposals", "figures", "events"):
        for row in content[name]:
            text = texts[row["report"]]
            for span in [row, *(v for v in row.values() if isinstance(v, dict))]:
                if "start" in span:
                    spans += 1
                    assert text[span["start"] : span["end"]] == span.get("text", span.get("content"))
    assert spans > 15


def test_whole_numbers_are_written_whole() -> None:
    assert dumps([6.0, 0.5, 6, True, None]) == "[6, 0.5, 6, true, null]"
    assert json.loads(document(make_talks()))["moves"][0]["quantity"] == {"low": 6, "high": 6, "unit": "weeks"}
    assert '"low": 6,' in document(make_talks())


def test_dates_and_unknowns() -> None:
    content = json.loads(document(make_talks()))
    assert content["reports"][1]["published"]["earliest"] == "2026-03-10"
    assert content["events"][1]["date"] is None
    assert content["positions"][0]["since"] == {"earliest": "2026-03-03", "latest": "2026-03-03"}


def test_half_a_surrogate_pair_is_escaped() -> None:
    assert dumps("\ud800é") == '"\\ud800é"'
    dumps("\ud800é").encode("utf-8")


def test_a_day_leaves_out_what_was_not_out() -> None:
    content = json.loads(document(make_talks(), date(2026, 3, 5)))
    assert [r["path"] for r in content["reports"]] == ["one.txt"]
    assert content["ties"] == []
    assert content["at"] == "2026-03-05"


def test_the_same_ledger_gives_the_same_bytes() -> None:
    ledger = make_talks()
    assert document(Ledger(ledger.case, ledger.readings[::-1], ledger.ties, ledger.rejected)) == document(ledger)


def test_a_series_names_its_figures_and_their_days() -> None:
    content = json.loads(document(make_talks()))
    first = content["series"][0]
    assert (first["measure"], first["authority"]) == ("sailors held", "Sailors' Union")
    (count,) = first["counts"]
    assert count["figure"] == content["figures"][0]["id"]
    assert (count["low"], count["high"], count["stated"], count["part"]) == (40, None, False, False)
    assert count["days"] == {"earliest": "2026-03-03", "latest": "2026-03-03"}
    assert first["contradictions"] == [[f["id"] for f in content["figures"]]]
