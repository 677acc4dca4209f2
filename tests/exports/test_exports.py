"""Every export is read back by a library that this project did not write, and holds what the ledger says."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import docx
import networkx
import pandas
import polars
import pyarrow.parquet
import pytest
import rdflib
from lxml import etree
from rdflib import Namespace
from rdflib.compare import isomorphic
from tests.conftest import report_of
from tests.talks import make_ledger, make_move, make_reading, make_statement

from onthetable.bundled import examples
from onthetable.case import Case, Party, pack, read_case
from onthetable.cli import run
from onthetable.errors import OnTheTableError, UsageError
from onthetable.exports import FORMATS, TABLES, export, tables
from onthetable.exports import frames as made_frames
from onthetable.exports.columns import COLUMNS
from onthetable.exports.jsonld import jsonld
from onthetable.exports.networks import networks
from onthetable.exports.plover import ACTS, CAMEO, plover
from onthetable.exports.qdpx import qdpx
from onthetable.exports.rows import raw
from onthetable.exports.xml import xml
from onthetable.ledger import Ledger
from onthetable.lexicon import load
from onthetable.model import Act, Event, Move, Reading
from onthetable.pipeline import build
from onthetable.pipeline import read as read_one
from onthetable.reading import read
from onthetable.reviews import Review, anchor, apply
from onthetable.views import labels

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # inside rdflib's own parser
OA = Namespace("http://www.w3.org/ns/oa#")
PROV = Namespace("http://www.w3.org/ns/prov#")
OTT = Namespace("urn:onthetable:ns:")
HOSTILE = (
    '=HYPERLINK("http://evil.example") said the Deckhands\' Guild rejected the pay offer of Northern Ferries.\n'
    "</script><b>\u202eThe Guild</b> 🚢 demanded a shorter week; \x07the firm & \"others\" refused.\n"
    "🚢🚢 Northern Ferries offered 4 per cent."
)  # fmt: skip


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    folder = examples()
    return read([str(folder / "talks")], read_case(folder / "case.toml"))


@pytest.fixture(scope="module")
def hostile() -> Ledger:
    case = Case("=ferries", (pack("labour"),), (Party("Deckhands' Guild"), Party("Northern Ferries")))
    readings, ties = build([read_one(report_of(HOSTILE, "+evil.txt"), case)], case)
    found = Ledger(case, readings, ties)
    assert len(found.moves()) >= 2
    return found


# --- tables -------------------------------------------------------------------------------------------


def test_tables_hold_every_record_with_its_words(ledger: Ledger) -> None:
    found = tables(ledger)
    assert set(found) == set(TABLES)
    assert [r["id"] for r in found["moves"]] == [m.id for m in ledger.moves()]
    assert len(found["statements"]) == len(ledger.statements())
    assert len(found["terms"]) == sum(len(p.terms) for p in ledger.proposals())
    assert len(found["positions"]) == len(ledger.positions())
    for name, span in (
        ("moves", "evidence"),
        ("statements", "content"),
        ("figures", "evidence"),
        ("events", "evidence"),
    ):
        for row in found[name]:  # type: ignore[index]
            text = ledger.report(str(row["report"])).text
            assert text[row[f"{span}_start"] : row[f"{span}_end"]] == row[span]


@pytest.mark.parametrize("which", ["ledger", "hostile"])
def test_csv_and_parquet_and_frames_hold_the_same(which: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    found: Ledger = request.getfixturevalue(which)
    export(found, "csv", tmp_path)
    export(found, "parquet", tmp_path)
    for name, rows in tables(found).items():
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as f:
            lines = list(csv.DictReader(f))
        kept = pyarrow.parquet.read_table(tmp_path / f"{name}.parquet").to_pylist()
        assert kept == rows
        assert len(lines) == len(rows)
        for line, row in zip(lines, rows, strict=True):
            for column, value in row.items():
                plain = line[column].removeprefix("'") if isinstance(value, str) else line[column]
                if isinstance(value, bool) or value is None:
                    assert plain == {True: "true", False: "false", None: ""}[value]
                elif isinstance(value, str):
                    assert plain == value.removeprefix("'")
                else:
                    assert float(plain) == pytest.approx(value)
        assert found.to_pandas(name).shape == (len(rows), len(COLUMNS[name]))
        assert found.to_polars(name).height == len(rows)


def test_no_cell_is_a_formula(hostile: Ledger, tmp_path: Path) -> None:
    for form in ("csv", "plover"):
        for file in export(hostile, form, tmp_path):  # type: ignore[arg-type]
            for row in csv.reader(io.StringIO(file.read_text("utf-8"))):
                assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_the_same_whatever_a_ledger_holds(ledger: Ledger, name: Any) -> None:
    assert ledger.rows(name)
    for row in ledger.rows(name):
        assert list(row) == list(COLUMNS[name])
        numbers = {column for column, value in row.items() if isinstance(value, int | float)}
        assert numbers <= {c for c, kind in COLUMNS[name].items() if kind is not str}


def test_a_ledger_with_nothing_in_it_still_has_its_columns(ledger: Ledger, tmp_path: Path) -> None:
    none = Ledger(ledger.case, (), build([], ledger.case)[1])
    export(none, "csv", tmp_path)
    export(none, "parquet", tmp_path)
    export(none, "plover", tmp_path)
    for name in TABLES:
        assert list(pandas.read_csv(tmp_path / f"{name}.csv").columns) == list(COLUMNS[name])
        full = ledger.to_pandas(name)
        kept = pandas.read_parquet(tmp_path / f"{name}.parquet")
        assert list(kept.columns) == list(full.columns)
        assert none.to_polars(name).schema == ledger.to_polars(name).schema
    assert none.to_pandas()[lambda m: m.party == "Sorvana"].empty
    assert "event_type" in pandas.read_csv(tmp_path / "plover.csv").columns


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_name_in_another_encoding_stops_no_export(form: Any, tmp_path: Path) -> None:
    case = Case("caf\udce9", (pack("labour"),), (Party("Deckhands' Guild"), Party("Northern Ferries")))
    readings, ties = build([read_one(report_of(HOSTILE, "caf\udce9.txt"), case)], case)
    odd = Ledger(case, readings, ties)
    assert all(f.read_bytes() for f in odd.export(form, tmp_path))
    assert odd.to_pandas("reports").path.tolist() == ["caf\ufffd.txt"]


def test_an_unknown_format_or_table_is_told_with_those_that_are(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'xls' is no format: expected one of csv"):
        ledger.export("xls", tmp_path / "out")  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()
    with pytest.raises(UsageError, match="'nothing' is no table: expected one of reports"):
        ledger.to_pandas("nothing")  # type: ignore[arg-type]


def test_moves_of_a_party_an_issue_or_an_act(ledger: Ledger) -> None:
    refused = ledger.moves(party="Sorvana", act="rejects")
    assert refused == tuple(m for m in ledger.moves() if m.party == "Sorvana" and m.act == "rejects")
    assert refused
    issue = refused[0].issue
    assert ledger.moves(party="Sorvana", issue=issue) == ledger.history("Sorvana", issue)
    assert ledger.moves(party="Nobody") == ()


def test_frames_as_people_use_them(ledger: Ledger) -> None:
    moves: pandas.DataFrame = ledger.to_pandas()
    assert set(moves[moves.party == "Sorvana"].act) >= {"offers", "rejects"}
    frame: polars.DataFrame = ledger.to_polars("positions", at=date(2026, 3, 5))
    assert frame.filter(polars.col("stance") == "rejects").height > 0
    assert moves.evidence_start.dtype.kind == "i"


def test_a_missing_library_is_told_with_what_installs_it(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(made_frames.importlib, "import_module", gone)
    with pytest.raises(OnTheTableError, match=r"pip install 'onthetable\[tables\]'"):
        ledger.to_pandas()


# --- linked data --------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["ledger", "hostile"])
def test_linked_data_selects_the_words_and_keeps_the_chain(
    which: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    found: Ledger = request.getfixturevalue(which)
    (file,) = export(found, "jsonld", tmp_path)
    graph = rdflib.Graph().parse(data=file.read_text("utf-8"), format="json-ld")
    for m in found.moves():
        node = rdflib.URIRef(f"urn:onthetable:id:{m.id}")
        body = graph.value(node, OA.hasBody)
        assert str(graph.value(body, OTT.act)) == m.act
        assert str(graph.value(body, OTT.party)) == m.party
        target = graph.value(node, OA.hasTarget)
        report = found.report(m.report)
        assert str(graph.value(target, OA.hasSource)) == f"urn:onthetable:id:{report.id}"
        quotes, places = [], []
        for selector in graph.objects(target, OA.hasSelector):
            quotes += [str(x) for x in graph.objects(selector, OA.exact)]
            places += [
                (int(a), int(b)) for a in graph.objects(selector, OA.start) for b in graph.objects(selector, OA.end)
            ]
        assert [report.text[a:b] for a, b in places] == quotes == [m.evidence.text]
        behind = m.statement or m.report
        assert str(graph.value(node, PROV.wasDerivedFrom)) == f"urn:onthetable:id:{behind}"
        made_by = graph.value(node, PROV.wasGeneratedBy)
        assert str(graph.value(made_by, rdflib.RDF.value)) == m.rule
    for s in found.statements():
        node = rdflib.URIRef(f"urn:onthetable:id:{s.id}")
        assert str(graph.value(node, PROV.wasQuotedFrom)) == f"urn:onthetable:id:{s.report}"
        if s.source:
            said = graph.value(node, PROV.wasAttributedTo)
            assert str(graph.value(said, rdflib.RDF.value)) == (s.source.name or s.source.span.text)


@pytest.mark.parametrize("name", ["statements", "moves", "terms", "figures", "events"])
def test_linked_data_hold_every_field_of_the_tables(ledger: Ledger, name: Any) -> None:
    graph = rdflib.Graph().parse(data=jsonld(ledger), format="json-ld")
    span = "content" if name == "statements" else "evidence"
    elsewhere = {"id", "report", "outlet", "title", "published_earliest", "published_latest", "rule"}
    rows = raw(ledger, name)
    assert rows
    for row in rows:
        body = graph.value(rdflib.URIRef(f"urn:onthetable:id:{row['id']}"), OA.hasBody)
        for field, value in row.items():
            if field in elsewhere or field.startswith(span):
                continue
            wanted = set(value) if isinstance(value, tuple) else set() if value is None else {value}
            assert {o.toPython() for o in graph.objects(body, OTT[field])} == wanted, field


def test_copies_are_derived_from_what_they_copy(ledger: Ledger, tmp_path: Path) -> None:
    graph = rdflib.Graph().parse(data=export(ledger, "jsonld", tmp_path)[0].read_text("utf-8"), format="json-ld")
    copies = [t for t in ledger.ties.ties if t.kind == "copies"]
    assert copies
    for t in copies:
        source, target = (rdflib.URIRef(f"urn:onthetable:id:{i}") for i in (t.source, t.target))
        assert (source, PROV.wasDerivedFrom, target) in graph


def test_linked_data_is_an_annotation_page_for_those_who_read_plain_json(ledger: Ledger) -> None:
    page = json.loads(jsonld(ledger))
    assert page["type"] == "AnnotationPage"
    found = {a["id"]: a for a in page["items"]}
    assert all(a["type"] == "Annotation" for a in found.values())
    for m in ledger.moves():
        a = found[f"urn:onthetable:id:{m.id}"]
        quote, place = a["target"]["selector"]
        assert (quote["type"], quote["exact"]) == ("TextQuoteSelector", m.evidence.text)
        assert (place["type"], place["start"], place["end"]) == (
            "TextPositionSelector", m.evidence.start, m.evidence.end,
        )  # fmt: skip
        text = ledger.report(m.report).text
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
        assert a["target"]["source"] == f"urn:onthetable:id:{m.report}"
        assert f"{m.party} {m.act}" in a["body"]["value"]


ANNO = {
    "id": "@id", "type": "@type", "oa": "http://www.w3.org/ns/oa#", "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/", "as": "http://www.w3.org/ns/activitystreams#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "Annotation": "oa:Annotation", "TextualBody": "oa:TextualBody", "SpecificResource": "oa:SpecificResource",
    "TextQuoteSelector": "oa:TextQuoteSelector", "TextPositionSelector": "oa:TextPositionSelector",
    "classifying": "oa:classifying", "AnnotationPage": "as:OrderedCollectionPage",
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"}, "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"}, "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"}, "exact": "oa:exact", "prefix": "oa:prefix",
    "suffix": "oa:suffix", "value": "rdf:value",
    "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
    "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
}  # fmt: skip
"""The terms that are used, as the context of the W3C (http://www.w3.org/ns/anno.jsonld) defines them."""


def test_the_terms_mean_what_they_mean_in_the_context_of_the_w3c(ledger: Ledger) -> None:
    page = json.loads(jsonld(ledger, date(2026, 2, 10)))
    own = rdflib.Graph().parse(data=json.dumps(page), format="json-ld")
    page["@context"] = [{k: v for k, v in page["@context"].items() if k in ("@version", "prov", "ott")}, ANNO]
    theirs = rdflib.Graph().parse(data=json.dumps(page), format="json-ld")
    assert len(own) > 500
    assert isomorphic(own, theirs)


def corrected() -> tuple[Ledger, list[Move]]:
    """Two reports: of one a move was accepted and another changed, of the other two were taken away, one by a merge."""
    case = Case("ferries", (pack("labour"),), (Party("Deckhands' Guild"), Party("Northern Ferries")))
    text = "The Deckhands' Guild rejected the pay offer of Northern Ferries. The Guild demanded a shorter week."
    read = [read_one(report_of(f"{text}{end}"), case) for end in ("", "\nTalks go on.")]
    moves = [m for r in read for m in r.moves[:2]]
    first, second = (r.report for r in read)
    wrong = next(m for m in read[1].moves if m.id not in {x.id for x in moves})
    reviews = [
        Review("accept", "Ida", "2026-05-01T08:00:00+00:00", anchor(first, moves[0])),
        Review("accept", "Ida", "2026-05-01T08:01:00+00:00", anchor(first, moves[1])),
        Review("edit", "Bo", "2026-05-02T09:00:00+00:00", anchor(first, moves[1]), "a step", ({"act": "concedes"},)),
        Review("reject", "Bo", "2026-05-02T09:05:00+00:00", anchor(second, wrong)),
        Review("merge", "Ida", "2026-05-03T10:00:00+00:00", anchor(second, moves[2]), other=anchor(second, moves[3])),
        Review("accept", "Bo", "2026-05-03T10:00:01+00:00", anchor(first, moves[0]), "again"),
    ]
    reviewed = apply(read, reviews)
    readings, ties = build(reviewed.readings, case)
    return Ledger(case, readings, ties, corrections=reviewed.corrections), [*moves, wrong]


def test_who_accepted_or_changed_what_and_when_is_in_the_provenance() -> None:
    found, (accepted, edited, kept, merged, wrong) = corrected()
    graph = rdflib.Graph().parse(data=jsonld(found), format="json-ld")

    def told(activity: Any) -> tuple[str, str, str]:
        person = graph.value(activity, PROV.wasAssociatedWith)
        assert (person, rdflib.RDF.type, PROV.Person) in graph
        return (
            str(graph.value(activity, rdflib.RDF.value)), str(graph.value(person, rdflib.RDF.value)),
            str(graph.value(activity, PROV.endedAtTime).toPython().isoformat()),
        )  # fmt: skip

    def node(m: Move) -> rdflib.URIRef:
        return rdflib.URIRef(f"urn:onthetable:id:{m.id}")

    assert told(graph.value(node(accepted), PROV.wasGeneratedBy)) == (
        "review:accepted", "Bo", "2026-05-03T10:00:01+00:00",
    )  # fmt: skip
    last = graph.value(node(edited), PROV.wasGeneratedBy)
    assert told(last) == ("review:edited", "Bo", "2026-05-02T09:00:00+00:00")
    assert str(graph.value(last, OTT.reason)) == "a step"
    assert told(graph.value(node(edited), PROV.wasInfluencedBy))[:2] == ("review:accepted", "Ida")
    assert told(graph.value(node(wrong), PROV.wasInvalidatedBy))[:2] == ("review:rejected", "Bo")
    assert told(graph.value(node(merged), PROV.wasInvalidatedBy))[:2] == ("review:merged", "Ida")
    assert told(graph.value(node(kept), PROV.wasInfluencedBy))[:2] == ("review:merged", "Ida")
    assert str(graph.value(graph.value(node(kept), PROV.wasGeneratedBy), rdflib.RDF.value)) == kept.rule
    assert not list(graph.triples((node(kept), PROV.wasInvalidatedBy, None)))


def test_names_with_a_semicolon_stay_whole(ledger: Ledger) -> None:
    text = "Cars; Lorries and Buses Union met Hart; Sons Ferries, Lake; River Radio said."
    report = report_of(text)
    relay = ("Lake; River Radio",)
    said = make_statement(report, 1, "met Hart; Sons Ferries", "Lake; River Radio", relay=relay)
    who = ("Cars; Lorries and Buses Union", "Hart; Sons Ferries")
    event = Event(f"{report.id}.e1", report.id, "meeting", "CONSULT", who, None, None, said.content, "r")
    reading = Reading(report, (said,), (), (), (), (event,), (), ())
    found = make_ledger((reading, None))
    graph = rdflib.Graph().parse(data=jsonld(found), format="json-ld")
    named = {str(o) for o in graph.objects(None, rdflib.RDF.value)}
    assert "Lake; River Radio" in named
    assert not {"Lake", "River Radio"} & named
    assert {str(o) for o in graph.objects(None, OTT.participants)} == set(who)
    (row,) = plover(found)
    assert (row["source_actor"], row["target_actor"]) == who


def test_a_report_has_the_others_of_its_story_and_not_itself(ledger: Ledger) -> None:
    rows = {str(r["id"]): r["same_story_as"] for r in ledger.rows("reports")}
    told = {i: ledger.family(i) for i in rows}
    assert any(len(f) > 1 for f in told.values())
    for id, family in told.items():
        assert rows[id] == ("; ".join(i for i in family if i != id) or None)


# --- event rows, networks, coding projects, briefs ----------------------------------------------------


def test_event_rows_have_known_types_and_the_words(ledger: Ledger, tmp_path: Path) -> None:
    frame = pandas.read_csv(export(ledger, "plover", tmp_path)[0], dtype=str, keep_default_na=False)
    events = sum(bool(e.plover) for r in ledger.readings for e in r.events)
    assert len(frame) == events + sum(m.act in ACTS for m in ledger.moves())
    assert set(frame.event_type) <= set(CAMEO)
    assert (frame.cameo_root == frame.event_type.map(CAMEO)).all()
    for row in frame.itertuples():
        assert ledger.report(row.report).text[int(row.start) : int(row.end)] == row.text.removeprefix("'")
    moves = {m.id: m for m in ledger.moves()}
    for row in frame[frame.event_id.isin(moves)].itertuples():
        m = moves[row.event_id]
        assert (row.source_actor, row.event_mode, row.context, row.past) == (
            m.party, m.act, m.issue, str(m.when == "past").lower(),
        )  # fmt: skip
        assert row.condition == (m.condition.text if m.condition else "")
        assert row.hypothetical == str(m.when == "planned" or bool(m.condition)).lower()
        assert m.to in (None, row.target_actor)
    events = {e.id: e for r in ledger.readings for e in r.events}
    for row in frame[frame.event_id.isin(events)].itertuples():
        e = events[row.event_id]
        who = "; ".join(x for x in (row.source_actor, row.target_actor) if x)
        assert (who, row.event_mode, row.place) == ("; ".join(e.participants), e.type, e.place or "")
    refused = frame[frame.event_mode == "rejects"]
    assert set(refused.event_type) == {"REJECT"}
    assert refused.negated.tolist() == [str(ledger.move(i).negated).lower() for i in refused.event_id]


def test_every_type_of_event_has_a_row_but_those_that_plover_gave_up() -> None:
    report = report_of("Norland freed 12 sailors in Port Anne.")
    evidence = report.span(0, 30)
    kinds = load("onthetable.terms", "events.toml")["plover"]
    events = tuple(
        Event(f"{report.id}.e{n}", report.id, type, plover, ("Norland",), None, None, evidence, "r")
        for n, (type, plover) in enumerate(kinds.items())
    )
    rows = plover(make_ledger((Reading(report, (), (), (), (), events, (), ()), None)))
    assert {str(r["event_mode"]): r["cameo_root"] for r in rows} == {
        "meeting": "04", "visit": "04", "attack": "18", "release": "08", "protest": "14",
    }  # fmt: skip
    assert {r["event_type"] for r in rows} <= set(CAMEO)


def test_negated_is_told_of_the_words_and_not_of_every_refusal(tmp_path: Path) -> None:
    case = Case("ferries", (pack("labour"),), (Party("Deckhands' Guild"), Party("Northern Ferries")))
    text = "The Deckhands' Guild will not accept the pay offer.\nNorthern Ferries rejected the pay demand."
    readings, ties = build([read_one(report_of(text), case)], case)
    frame = pandas.read_csv(export(Ledger(case, readings, ties), "plover", tmp_path)[0])
    refused = frame[frame.event_type == "REJECT"].set_index("source_actor").negated
    assert refused.to_dict() == {"Deckhands' Guild": True, "Northern Ferries": False}


@pytest.mark.parametrize("which", ["ledger", "hostile"])
def test_networks_weigh_what_the_moves_say(which: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    found: Ledger = request.getfixturevalue(which)
    files = {f.stem: networkx.read_graphml(f) for f in export(found, "graphml", tmp_path)}
    assert set(files) == {"affiliation", "congruence", "conflict"}
    edges = files["affiliation"].edges(data=True)
    assert sum(int(d["weight"]) for *_, d in edges) == len(found.moves())
    assert {n for n, d in files["affiliation"].nodes(data=True) if d["kind"] == "actor"} == {
        m.party for m in found.moves()
    }


def test_networks_counted_by_hand() -> None:
    """Congruence and conflict by issue:

    ceasefire (of Norland): Norland offers it, Sudmark demands it, and refuses a truce of nobody in particular; Ostia
    considers it. Congruence: Norland-Sudmark, Norland-Ostia, Sudmark-Ostia; conflict: Norland-Sudmark, Sudmark-Ostia.
    withdrawal: Norland demands it of Sudmark and Sudmark of Norland, which is neither; Ostia refuses it without saying
    whose, which is against both. Conflict: Norland-Ostia, Sudmark-Ostia.
    detainee-release: Norland demands it of Sudmark twice and accepts it, Sudmark delivers: congruence, once.
    talks: Norland and Sudmark meet: no side.
    """
    report = report_of("Norland, Sudmark and Ostia spoke.")
    acts: list[tuple[str, Act, str, str | None]] = [
        ("Norland", "offers", "ceasefire", "Norland"), ("Sudmark", "demands", "ceasefire", "Norland"),
        ("Sudmark", "rejects", "ceasefire", None), ("Ostia", "considers", "ceasefire", None),
        ("Norland", "demands", "withdrawal", "Sudmark"), ("Sudmark", "demands", "withdrawal", "Norland"),
        ("Ostia", "rejects", "withdrawal", None),
        ("Norland", "demands", "detainee-release", "Sudmark"), ("Norland", "demands", "detainee-release", "Sudmark"),
        ("Norland", "accepts", "detainee-release", "Sudmark"), ("Sudmark", "delivers", "detainee-release", "Sudmark"),
        ("Norland", "meets", "talks", None), ("Sudmark", "meets", "talks", None),
    ]  # fmt: skip
    moves = [make_move(report, n, p, act, issue, giver=giver) for n, (p, act, issue, giver) in enumerate(acts)]
    graphs = networks(make_ledger((make_reading(report, *moves), None)))

    def weights(name: str) -> dict[tuple[str, ...], int]:
        return {tuple(sorted((a, b))): d["weight"] for a, b, d in graphs[name].edges(data=True)}

    assert weights("congruence") == {("Norland", "Sudmark"): 2, ("Norland", "Ostia"): 1, ("Ostia", "Sudmark"): 1}
    assert weights("conflict") == {("Norland", "Sudmark"): 1, ("Norland", "Ostia"): 1, ("Ostia", "Sudmark"): 2}
    edges = graphs["affiliation"].edges(data=True)
    assert sorted(d["weight"] for *_, d in edges) == [1] * 11 + [2]
    assert {d["side"] for *_, d in edges if d["stance"] == "meets"} == {""}


def test_who_opposes_whom_is_in_the_conflict_network(ledger: Ledger, tmp_path: Path) -> None:
    files = {f.stem: networkx.read_graphml(f) for f in export(ledger, "graphml", tmp_path)}
    assert files["conflict"].has_edge("Sorvana", "Tolmera League")


@pytest.mark.parametrize("which", ["ledger", "hostile"])
def test_a_coding_project_holds_sources_codes_and_selections(
    which: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    found: Ledger = request.getfixturevalue(which)
    (file,) = export(found, "qdpx", tmp_path)
    n = {"q": "urn:QDA-XML:project:1.0"}
    with zipfile.ZipFile(file) as archive:
        root = etree.fromstring(archive.read("project.qde"))
        codes = {c.get("guid"): c.get("name") for c in root.iterfind(".//q:Code", n)}
        assert len(codes) == len(root.findall(".//q:Code", n))
        selections = root.findall(".//q:PlainTextSelection", n)
        assert len(selections) == len(found.moves())
        quoted = []
        for source in root.iterfind(".//q:TextSource", n):
            name = source.get("plainTextPath").removeprefix("internal://")
            text = archive.read(f"sources/{name}").decode("utf-8")
            for s in source.iterfind("q:PlainTextSelection", n):
                quoted.append(text[int(s.get("startPosition")) : int(s.get("endPosition"))])
                named = {codes[r.get("targetGUID")] for r in s.iterfind(".//q:CodeRef", n)}
                assert len(named) == 3
        assert sorted(quoted) == sorted(xml(m.evidence.text) for m in found.moves())
    assert file.read_bytes() == export(found, "qdpx", tmp_path)[0].read_bytes()


@pytest.fixture(scope="module")
def schema() -> Any:
    """The schema of REFI-QDA projects as published (MIT licence, in the file)."""
    return etree.XMLSchema(etree.parse(Path(__file__).with_name("refi-qda-project.xsd")))


def test_a_coding_project_is_valid_by_the_schema(ledger: Ledger, hostile: Ledger, schema: Any, tmp_path: Path) -> None:
    none = Ledger(ledger.case, (), build([], ledger.case)[1])
    for n, found in enumerate((ledger, hostile, corrected()[0], none)):
        with zipfile.ZipFile(export(found, "qdpx", tmp_path / str(n))[0]) as archive:
            project = etree.fromstring(archive.read("project.qde"))
            assert schema.validate(project), schema.error_log
            guids = [e.get("guid") for e in project.iter() if e.get("guid")]
            assert len(guids) == len(set(guids))
            known = {*guids}
            assert {e.get("targetGUID") for e in project.iter() if e.get("targetGUID")} <= known
            assert {v for e in project.iter() for k, v in e.items() if k.startswith("creatingUser")} <= known
            paths = {e.get("plainTextPath") for e in project.iter() if e.get("plainTextPath")}
            held = {f"internal://{f.removeprefix('sources/')}" for f in archive.namelist() if f != "project.qde"}
            assert paths == held
    project.remove(project.find("{*}CodeBook"))
    project.insert(0, etree.SubElement(project, "{urn:QDA-XML:project:1.0}Sources"))
    assert not schema.validate(project)


def test_a_coding_project_tells_whose_a_coding_is() -> None:
    found, (accepted, edited, kept, *_) = corrected()
    project = etree.fromstring(zipfile.ZipFile(io.BytesIO(qdpx(found))).read("project.qde"))
    users = {u.get("guid"): u.get("name") for u in project.iter("{*}User")}
    assert list(users.values()) == ["On the Table", "Bo"]
    codes = {c.get("guid"): c.get("name") for c in project.iter("{*}Code")}
    told = [
        (codes[c[0].get("targetGUID")], users[c.get("creatingUser")], c.get("creationDateTime"))
        for c in project.iter("{*}Coding")
    ]
    assert ("concedes", "Bo", "2026-05-02T09:00:00+00:00") in told
    assert (accepted.act, "Bo", "2026-05-03T10:00:01+00:00") in told
    assert (kept.act, "On the Table", None) in told
    assert edited.act != "concedes"


def test_a_coding_project_is_read_by_a_library_for_them(ledger: Ledger, tmp_path: Path) -> None:
    from pyrefiqda.refiproject import RefiProject

    project = RefiProject.load(export(ledger, "qdpx", tmp_path)[0], str(tmp_path / "out"))
    groups = {c.name: {x.guid: x.name for x in c.code} for c in project.code_book.codes.code}
    read_back = []
    for source in project.sources.text_source:
        text = RefiProject.resolve_source_path(source.plain_text_path, tmp_path / "out").read_text("utf-8")
        for s in source.plain_text_selection:
            codes = [c.code_ref.target_guid for c in s.coding]
            told = [next(names[c] for c in codes if c in names) for names in groups.values()]
            read_back.append((text[s.start_position : s.end_position], *told))
    issues = {i.id: i.label for i in ledger.issues()}
    assert list(groups) == ["Acts", "Issues", "Parties"]
    assert sorted(read_back) == sorted((m.evidence.text, m.act, issues[m.issue], m.party) for m in ledger.moves())


def test_a_brief_has_every_position_with_its_sentence(ledger: Ledger, tmp_path: Path) -> None:
    text = "\n".join(p.text for p in docx.Document(str(export(ledger, "docx", tmp_path)[0])).paragraphs)
    for p in ledger.positions():
        assert p.party in text
        assert " ".join(ledger.move(p.moves[-1]).evidence.text.split()) in text
        assert not p.moved or f"was: {labels.before(p)}" in text
    for line in ledger.lines():
        assert all(labels.one_line(labels.term(ledger, line.proposer, t)) in text for t in line.terms)
    assert any(f"{c.kind}: " in text for line in ledger.lines() for c in line.changes if c.kind != "same")
    assert all(labels.figure(f) in text for m in ledger.figures() for f in m.figures)


def test_rows_load_no_library_of_another_format() -> None:
    heavy = "docx", "lxml", "pyarrow", "pandas", "polars", "networkx"
    code = f"import sys, onthetable.exports, onthetable.exports.frames; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_text_and_days_go_through_every_format(hostile: Ledger, form: Any, tmp_path: Path) -> None:
    files = export(hostile, form, tmp_path / "new" / "folder", at=date(2020, 1, 1))
    assert files
    assert all(f.is_file() for f in files)


# --- the command --------------------------------------------------------------------------------------


def test_the_command_writes_and_says_what(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = examples()
    given = [
        "export",
        str(tmp_path / "out"),
        str(folder / "talks"),
        "--case",
        str(folder / "case.toml"),
        "--format",
        "jsonld",
    ]
    assert run(given) == 0
    assert "ledger.jsonld" in capsys.readouterr().err
    assert json.loads((tmp_path / "out" / "ledger.jsonld").read_text())["items"]
    assert run([*given[:-1], "xls"]) == 2
    assert "expected one of csv, parquet" in " ".join(capsys.readouterr().err.split())
    (tmp_path / "file").write_text("x")
    assert run(["export", str(tmp_path / "file"), *given[2:]]) == 3


def test_a_kept_ledger_tells_who_reviewed_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = 'name = "Ferries"\npacks = ["labour"]\nparty = [{name = "Deckhands\' Guild"}, {name = "Northern Ferries"}]\n'
    (tmp_path / "case.toml").write_text(case, "utf-8")
    (tmp_path / "a.txt").write_text("The Deckhands' Guild rejected the pay offer of Northern Ferries.", "utf-8")
    kept = ["--ledger", str(tmp_path / "talks.db")]
    assert run(["read", str(tmp_path / "a.txt"), "--case", str(tmp_path / "case.toml"), *kept]) == 0
    assert run(["show", "moves", "--json", *kept]) == 0
    id = json.loads(capsys.readouterr().out)["moves"][0]["id"]
    assert run(["review", "accept", id, "--by", "Ida Rook", *kept]) == 0
    assert run(["export", str(tmp_path / "out"), "--format", "jsonld", *kept]) == 0
    graph = rdflib.Graph().parse(tmp_path / "out" / "ledger.jsonld", format="json-ld")
    review = graph.value(rdflib.URIRef(f"urn:onthetable:id:{id}"), PROV.wasGeneratedBy)
    assert str(graph.value(graph.value(review, PROV.wasAssociatedWith), rdflib.RDF.value)) == "Ida Rook"
