"""A project for qualitative coding tools: REFI-QDA 1.5 (.qdpx), the reports as sources, acts and issues as codes.

The program is one user; whoever accepted, edited or split a move is another, and its codings are theirs.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from lxml import etree

from onthetable.exports.xml import xml
from onthetable.model import Move, Report
from onthetable.reviews import Correction, made_by
from onthetable.views import labels
from onthetable.views.ledger import Ledger

NAMESPACE = "urn:QDA-XML:project:1.0"
_SPACE = uuid.UUID("5a1d3c0e-52a1-5d7c-9d6a-6f2b1c8f0a11")
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive, so that one ledger gives the same bytes."""


def qdpx(ledger: Ledger, at: date | None = None) -> bytes:
    """The project. A selection stands for each move, coded by act, issue and party; offsets are code points."""
    reports = ledger.reports(at)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _write(archive, "project.qde", _project(ledger, reports, at))
        for r in reports:
            _write(archive, f"sources/{_guid('text', r.id)}.txt", xml(r.text).encode("utf-8"))
    return out.getvalue()


def _write(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


def _project(ledger: Ledger, reports: tuple[Report, ...], at: date | None) -> bytes:
    user = _guid("user", "onthetable")
    root = etree.Element(
        f"{{{NAMESPACE}}}Project", nsmap={None: NAMESPACE}, name=xml(labels.case(ledger)), origin="On the Table",
        creatingUserGUID=user,
    )  # fmt: skip
    moves = ledger.moves(at)
    hands = made_by(ledger.corrections)
    users = _under(root, "Users")
    _under(users, "User", guid=user, name="On the Table")
    for name in sorted({hands[m.id].review.by for m in moves if m.id in hands}):
        _under(users, "User", guid=_guid("reviewer", name), name=xml(name))
    codes = _under(_under(root, "CodeBook"), "Codes")
    groups: dict[str, dict[str, str]] = {
        "Acts": {str(m.act): str(m.act) for m in moves},
        "Issues": {m.issue: labels.issue(ledger, m.issue) for m in moves},
        "Parties": {m.party: m.party for m in moves},
    }
    for group, members in groups.items():
        parent = _under(codes, "Code", guid=_guid("code", group), name=group, isCodable="false")
        for key in sorted(members):
            _under(parent, "Code", guid=_guid("code", f"{group}/{key}"), name=xml(members[key]), isCodable="true")
    if reports:  # the schema has no empty list of sources
        _sources(_under(root, "Sources"), reports, moves, hands)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _sources(
    sources: etree._Element, reports: Iterable[Report], moves: Iterable[Move], hands: Mapping[str, Correction]
) -> None:
    user = _guid("user", "onthetable")
    by_report: dict[str, list[Move]] = defaultdict(list)
    for m in moves:
        by_report[m.report].append(m)
    for r in reports:
        text = _guid("text", r.id)
        source = _under(
            sources, "TextSource", guid=_guid("source", r.id), name=xml(labels.title(r)),
            plainTextPath=f"internal://{text}.txt", creatingUser=user,
        )  # fmt: skip
        for m in by_report[r.id]:
            selection = _under(
                source, "PlainTextSelection", guid=_guid("selection", m.id), name=xml(labels.clip(m.evidence.text, 60)),
                startPosition=str(m.evidence.start), endPosition=str(m.evidence.end), creatingUser=user,
            )  # fmt: skip
            by = {"creatingUser": user}
            if m.id in hands:
                review = hands[m.id].review
                by = {"creatingUser": _guid("reviewer", review.by), "creationDateTime": review.at}
            for group, key in (("Acts", m.act), ("Issues", m.issue), ("Parties", m.party)):
                coding = _under(selection, "Coding", guid=_guid("coding", f"{m.id}/{group}"), **by)
                _under(coding, "CodeRef", targetGUID=_guid("code", f"{group}/{key}"))


def _under(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attrib=attributes)


def _guid(kind: str, name: str) -> str:
    return str(uuid.uuid5(_SPACE, f"{kind}:{name}")).upper()
