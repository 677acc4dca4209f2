"""Names that may be parties, with what speaks for each; merged, ranked and chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from onthetable.case import Party
from onthetable.gazetteer import adjective_of, country
from onthetable.model import PartyRole
from onthetable.spans.roles import BODIES
from onthetable.tree import Tree

BESIDE = 3.0
"""How many times less than the second most active party somebody acts who stands beside the two."""


@dataclass
class Candidate:
    """What speaks for a name: how much it acts and mediates, in which reports, and how it was written."""

    acts: float = 0.0
    mediates: float = 0.0
    reports: set[int] = field(default_factory=set)
    forms: Counter[str] = field(default_factory=Counter)


def take_base_names(found: dict[str, Candidate], trees: Iterable[Tree]) -> None:
    """An adjective whose place some report names becomes that place ("Morvenian envoy", "Morvenia")."""
    words = Counter(t.text for tree in trees for t in tree.tokens if t.pos == "PROPN" and t.text[:1].isupper())
    for form in [f for f in found if " " not in f and not country(f)]:
        base = max((w for w in words if adjective_of(form, w)), key=lambda w: words[w], default=None)
        if base and base not in found:
            found[base] = found.pop(form)


def merge(found: dict[str, Candidate]) -> None:
    """One candidate for a name, its adjective and its last word; the longest name stays."""
    for short in sorted(found, key=len):
        if short not in found:
            continue
        longer = [n for n in found if n != short and found[n].reports and _belongs(short, n)]
        if longer:
            into = max(longer, key=lambda n: (found[n].acts + found[n].mediates, n))
            source = found.pop(short)
            target = found[into]
            target.acts += source.acts
            target.mediates += source.mediates
            target.reports |= source.reports
            target.forms += source.forms


def take_plurals(found: dict[str, Candidate]) -> None:
    """A party called by its members, whose long name no report gives, is called so ("the Agrarians")."""
    for name in [n for n in found if " " not in n and not country(n)]:
        forms = found[name].forms
        if forms[f"{name}s"] > forms[name] and f"{name}s" not in found:
            found[f"{name}s"] = found.pop(name)


def _belongs(short: str, name: str) -> bool:
    if country(short):
        return False
    words = name.split()
    plain_form = short.removesuffix("s")
    return (
        (len(words) > 1 and short in (words[-1], f"{words[-1]}s"))
        or adjective_of(short, name)
        or (" " in name and short.split()[:-1] == words[:-1] and adjective_of(short.split()[-1], words[-1]))
        or (plain_form != short and plain_form == name)
        or (len(words) == 2 and words[1] == "Party" and words[0] in (short, plain_form))
        or (len(words) > 2 and short == " ".join(words[-2:]))
    )


def chosen(
    found: dict[str, Candidate], full: dict[str, str], at_most: int, share: float, reports: int = 1
) -> tuple[Party, ...]:
    """Those who act often enough; who mediates may do less. In a set of reports, one report alone makes no party."""
    ranked = sorted(found.items(), key=lambda kv: (-(kv[1].acts + kv[1].mediates), -len(kv[1].reports), kv[0]))
    most = max((c.acts + c.mediates for _, c in ranked), default=0)
    kept = [(n, c) for n, c in ranked if c.acts + c.mediates >= _needed(c, share * most, reports)]
    long = {short: name for name, short in full.items()}
    second = sorted((c.acts for c in found.values()), reverse=True)[1:2]
    parties = [Party(n, _role(c, *second), _aliases(n, c, long.get(n))) for n, c in sorted(kept[:at_most])]
    if not any(p.role == "principal" for p in parties):
        parties = [replace(p, role="principal") for p in parties]
    return tuple(parties)


def _needed(c: Candidate, share: float, reports: int) -> float:
    alone = reports > 1 and len(c.reports) < 2
    return max(1.0, share * (0.3 if c.mediates else 2.5 if alone else 1.0)) if share else 1.0


def _role(c: Candidate, second: float = 0.0) -> PartyRole:
    """A mediator is who mediates half as often as it acts, or at all where two others do nearly everything."""
    apart = BESIDE * c.acts <= second
    return "mediator" if c.mediates and (2 * c.mediates >= c.acts or apart) else "principal"


def _aliases(name: str, c: Candidate, long: str | None) -> tuple[str, ...]:
    """Other names: as written, the long form, those of the state, and a long name without the word for what it is."""
    state = country(name)
    found = {f for f in c.forms if not (state and country(f) and f in (*state.peoples, *state.capitals))}
    found |= {long} if long else set()
    found |= set(state.names) if state and state.name == name else set()
    words = name.split()
    if len(words) > 2 and words[-1].lower() in BODIES and words[-2][-1].isalnum():
        found.add(" ".join(words[:-1]))
    if len(words) > 2 and words[-1].lower() in BODIES and words[-2] not in ("of", "and", "for", "the"):
        found.add(" ".join(words[-2:]))  # "the Weavers' Union" for the Lower Weavers' Union
    if len(words) == 1 and name.endswith("s") and c.forms[name] and c.forms[name.removesuffix("s")]:
        found.add(f"{name.removesuffix('s')} Party")  # "the Agrarians", "an Agrarian demand"
    return tuple(sorted(a for a in found if a != name and not adjective_of(a, name)))
