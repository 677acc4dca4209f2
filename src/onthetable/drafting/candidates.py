"""Names that may be parties, with what speaks for each; merged, ranked and chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from onthetable.case import Party
from onthetable.gazetteer import adjective_of, country
from onthetable.model import PartyRole
from onthetable.tree import Tree


@dataclass
class Candidate:
    """What speaks for a name: how much it acts and mediates, in which reports, and how it was written."""

    acts: float = 0.0
    mediates: float = 0.0
    reports: set[int] = field(default_factory=set)
    forms: Counter[str] = field(default_factory=Counter)


def take_base_names(found: dict[str, Candidate], trees: Iterable[Tree]) -> None:
    """An adjective whose place some report names becomes that place ("Brennian envoy", "Brennia")."""
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


def _belongs(short: str, name: str) -> bool:
    if country(short):
        return False
    words = name.split()
    plain_form = short.removesuffix("s")
    return (
        (len(words) > 1 and short in (words[-1], f"{words[-1]}s"))
        or adjective_of(short, name)
        or (plain_form != short and plain_form == name)
        or (len(words) > 2 and short == " ".join(words[-2:]))
    )


def chosen(
    found: dict[str, Candidate], full: dict[str, str], at_most: int, share: float, reports: int = 1
) -> tuple[Party, ...]:
    """Those who act often enough; who mediates may do less. In a set of reports, one report alone makes no party."""
    ranked = sorted(found.items(), key=lambda kv: (-(kv[1].acts + kv[1].mediates), -len(kv[1].reports), kv[0]))
    most = max((c.acts + c.mediates for _, c in ranked), default=0)
    kept = []
    for n, c in ranked:
        alone = reports > 1 and len(c.reports) < 2
        needed = max(1, share * most * (0.3 if c.mediates else 2.5 if alone else 1)) if share else 1
        if c.acts + c.mediates >= needed:
            kept.append((n, c))
    kept = kept[:at_most]
    long = {short: name for name, short in full.items()}
    parties = []
    for n, c in sorted(kept):
        role: PartyRole = "mediator" if 2 * c.mediates >= c.acts and c.mediates else "principal"
        state = country(n)
        aliases = {f for f in c.forms if f != n and not (state and country(f) and f in state.peoples)}
        aliases |= set(state.names) if state and state.name == n else set()
        aliases |= {long[n]} if n in long else set()
        parties.append(
            Party(
                n,
                role,
                tuple(
                    sorted(a for a in aliases if not adjective_of(a, n) and a not in (state.capitals if state else ()))
                ),
            )
        )
    if not any(p.role == "principal" for p in parties):
        parties = [replace(p, role="principal") for p in parties]
    return tuple(parties)
