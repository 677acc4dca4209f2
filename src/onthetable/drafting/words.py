"""Words that tell who is at the table when nobody has said so (`words.toml`)."""

from __future__ import annotations

from onthetable.lexicon import load

_DATA = load("onthetable.drafting", "words.toml")
MEDIATING = frozenset(_DATA["mediating"].split())
MEDIATING_BODIES = frozenset(_DATA["mediating_bodies"].split())
AUSPICES = frozenset(_DATA["auspices"].split())
BROKERED = frozenset(_DATA["brokered"].split())
NEUTRAL = frozenset(_DATA["neutral"])
ENVOYS = frozenset(_DATA["envoys"].split())
TALKS = frozenset(_DATA["talks"].split())
OF_THE_PRESS = frozenset(_DATA["of_the_press"].split())
ALONE = frozenset(_DATA["alone"].split())
NOT_PARTIES = frozenset(_DATA["not_parties"].split())
GENERIC = frozenset(_DATA["generic"].split())
EMPLOYING = tuple(_DATA["employing"].split())
DENYING = frozenset(_DATA["denying"].split())
FORMS_OF_STATE = frozenset(_DATA["forms_of_state"].split())
STATE_OFFICES = frozenset(_DATA["state_offices"].split())
COMPANY_OFFICES = frozenset(_DATA["company_offices"].split())
UNION_OFFICES = frozenset(_DATA["union_offices"].split())
