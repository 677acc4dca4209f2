"""Which words name a news organisation: the outlets and agencies of the world, and what a name of one looks like."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_TRIM = " \t\n\"'“”‘’«»()[].,;:!"
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][\w'’&.+-]*(?:\s(?:(?:of|and|for|the|de|del|la)\s)?(?:[A-Z0-9+&][\w'’&.+-]*|&|al-[A-Z]\w+))*")
_COMPOUND = re.compile(r"(?!Al-|El-|An-|As-|Ash-|Ad-|Ar-|Az-)[\w.]+[-/][A-Z]")  # "Herald-ABC News", a poll of two
_NUMBERED = re.compile(
    r"(?:Channel|Kanal|Canal|Kanaal|Radio|TV)\s(?:\d{1,3}|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve)"
)
_FRONTED = re.compile(
    r"(?:Radio|TV|Agence|Agencia|Agenzia|Agencja|Voice of|Televisión|Télévision|Canal|Daily|Weekly|Times of|Gazeta"
    r"|Diario|Diário|Jornal|Corriere|Dnevnik|Vestnik|Giornale|Dagens|Novosti|Echo of|El Diario|La Voz)\s[A-Z].*"
)
_STATION = re.compile(r"[A-Z][A-Za-z]{0,9}-?TV|[A-Z]\w*[a-z](?:24|FM)|[KW][A-Z]{2,3}-(?:FM|AM)")
"""A station's name in one word: "QTV", "Vastrel24"."""
_DEMONYM = re.compile(r"\w+(?:i|ian|ean|an|ish|ese|ic|ch|sch|ite|ic|ek|language)")
_TOKEN = re.compile(r"[^\W_](?:(?:[\w’'&.+-]|(?<=RFE)/)*[\w+!])?|&|\+\d+")


@dataclass(frozen=True, slots=True)
class Named:
    """A news organisation named in a text: code points `start` to `end` (exclusive) and its canonical name.

    `sure` is False where the words are as likely to be something else ("Kan", "the Standard"): count them
    only beside a verb of telling or reporting.
    """

    start: int
    end: int
    name: str
    sure: bool


def outlet_of(words: str, *, loose: bool = False) -> str | None:
    """The canonical name if a noun phrase names a news organisation, else None.

    "the AP" gives "The Associated Press"; an outlet not in the list is known by its title ("the Vastrel
    Courier"), by the noun beside it ("the daily Orlan") or as a state's ("Iranian state TV"), and keeps its
    own words. With `loose`, as fits the object of "told", also short names that are ordinary words.
    """
    words = " ".join(words.split()).strip(_TRIM)
    bare = _ARTICLE.sub("", words, count=1) if _ARTICLE.match(words) else words
    if not bare or len(bare) > 120 or not _possible(words, bare):
        return None
    return _known(words, bare, loose) or _state(bare) or _titled(words, bare, loose) or _owned(words) or _beside(bare)


def headed(words: str) -> str | None:
    """The outlet whose name stands over a page, perhaps in capitals: "SALT MARSH FM" gives "Salt Marsh FM"."""
    words = words.strip(_TRIM)
    if words.isupper():
        if " " not in words:
            return outlet_of(words, loose=True) or outlet_of(words.title(), loose=True)
        return outlet_of(" ".join(map(_titled_word, words.split())), loose=True) or outlet_of(words, loose=True)
    return outlet_of(words, loose=True)


def _titled_word(word: str) -> str:
    """A word in capitals as a name has it; initials stay ("FM", "BBC")."""
    initials = word in ("FM", "AM", "TV") or (len(word) < 5 and not re.search("[AEIOUY]", word))
    return word if initials else re.sub(r"(?<=[’'])S\b", "s", word.title())


def same(a: str, b: str) -> bool:
    """Whether two names may mean one outlet: the words of one are all in the other ("The Post", "New York Post")."""
    one, two = _significant(a), _significant(b)
    return bool(one and two) and (one <= two or two <= one)


def find_outlets(text: str, learned: Iterable[str] = ()) -> list[Named]:
    """Every news organisation named in a text, in order, none inside another; time grows with the length of the text.

    `learned` are names that something else in the report gives away as an outlet's ("Orlan" in a dateline).
    """
    own = {_key(n): n for n in learned}
    found: list[Named] = []
    for one in sorted([*_named(text, own), *_state_named(text)], key=lambda n: (n.start, -n.end)):
        if found and one.start == found[-1].end + 1 and text[found[-1].start].islower() and one.sure:
            found.pop()  # "the state news agency Orlanpress"
        if not found or one.start >= found[-1].end:
            found.append(one)
    return found


# --- the data -----------------------------------------------------------------------------------------


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("onthetable").joinpath("outlets.toml").read_text("utf-8"))


@cache
def _aliases() -> dict[str, str]:
    names: dict[str, str] = {}
    for group in ("agencies", "press"):
        for name, others in _words()[group].items():
            for alias in (*others, name):
                names[_key(alias)] = name
    return names


@cache
def _acronyms() -> frozenset[str]:
    """The aliases that are written in capitals alone: "SPA" is an agency, a spa is none."""
    spelled: dict[str, bool] = {}
    for group in ("agencies", "press"):
        for name, others in _words()[group].items():
            for alias in (*others, name):
                spelled[_key(alias)] = spelled.get(_key(alias), True) and alias.isupper()
    return frozenset(key for key, upper in spelled.items() if upper)


@cache
def _set(table: str, field: str) -> frozenset[str]:
    return frozenset(w.lower() for w in _words()[table][field])


def _key(name: str) -> str:
    return re.sub(r"^the ", "", " ".join(name.replace("’", "'").split()).lower())


def _significant(name: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", name.lower().replace("’s", "").replace("'s", ""))) - {
        "the",
        "of",
        "a",
        "and",
        "news",
    }


# --- one phrase ---------------------------------------------------------------------------------------


def _possible(words: str, bare: str) -> bool:
    tokens = bare.lower().split()
    if tokens[-1].strip(_TRIM) in _set("not_outlets", "last"):
        return False
    capital = bare[0].isupper() and words.lower().startswith("the ")  # "told the Post"
    return (
        capital
        or not {words.lower(), bare.lower()} & _set("not_outlets", "phrases")
        or (_key(bare) in _aliases() and bare.isupper())
    )


def _known(words: str, bare: str, loose: bool) -> str | None:
    if not re.search(r"[A-Z]", bare) and bare not in ("dpa", "ynet"):
        return None
    if _key(bare) in _set("needs_context", "names") and not loose:
        return None
    name = _aliases().get(_key(bare))
    if name and not bare.isupper() and _key(bare) in _acronyms():
        return None
    if name and (bare[0].isupper() or not bare[0].isalpha() or bare in ("dpa", "ynet", "i24", "i24NEWS", "teleSUR")):
        return None if _takes_article(bare, words, loose) is False else name
    return words.replace("the ", "The ", 1) if bare[0].isupper() and _takes_article(bare, words, loose) else None


def _takes_article(bare: str, words: str, loose: bool) -> bool | None:
    """Whether a name that needs an article has it; None for a name that needs none."""
    if _key(bare) in _set("with_The", "names"):
        return words.startswith("The ") or (loose and words.startswith("the "))
    if _key(bare) in _set("with_article", "names"):
        return words.lower().startswith("the ")
    return None


@cache
def _state_pattern() -> re.Pattern[str]:
    control, kinds = (sorted(_words()["state"][k], key=len, reverse=True) for k in ("control", "kinds"))
    owner = r"(?:[A-Z][\w-]+(?:(?:'s|’s|s'|s’)|\b) ){0,2}"
    noun = "|".join(k if k != "tv" else "TV|tv" for k in kinds)
    of = r"(?: of (?:the )?[A-Z][\w-]+)?"
    return re.compile(rf"(?<![\w’'-]){owner}(?:{'|'.join(control)})[ -](?:{noun})(?![\w-]){of}")


def _state(bare: str) -> str | None:
    match = _state_pattern().fullmatch(bare)
    return (
        bare
        if match
        and not re.match(r"(?:official|public|national) (?:media|press|wire|daily|outlet|news)|national \w+$", bare)
        else None
    )


def _titled(words: str, bare: str, loose: bool) -> str | None:
    """A name by the look of it: "Vastrel Courier", "Nordpress", "Channel 12", "Radio Vastrel"."""
    if not _NAME.fullmatch(bare):
        return None
    parts = bare.split()
    if _NUMBERED.fullmatch(bare):
        return bare
    if len(parts) == 1:
        return bare if _ending(bare) or _STATION.fullmatch(bare) else None
    if len(parts) > 7 or re.search(r"['’]s?$", parts[0]) or any(_COMPOUND.match(p) for p in parts[:-1]):
        return None
    if any(bare.lower().endswith(" " + t) or bare.lower() == t for t in _set("patterns", "long_titles")):
        return _plain_name(words)
    last, before = parts[-1], parts[-2].lower()
    if last in _words()["patterns"]["titles"] and before not in _set("not_outlets", "before"):
        if last in ("Press", "Media", "Daily", "Radio") and len(parts) == 2 and _DEMONYM.fullmatch(parts[0].lower()):
            return _plain_name(words) if last == "Radio" else None
        weak = last in _words()["patterns"]["weak_titles"]
        return _plain_name(words) if not weak or loose or words.lower().startswith("the ") else None
    return bare if _FRONTED.fullmatch(bare) and len(parts) <= 4 else None


def _plain_name(words: str) -> str:
    """The name without an article, so that an outlet has one name however it is mentioned."""
    return _ARTICLE.sub("", words, count=1) if _ARTICLE.match(words) else words


def _ending(word: str) -> bool:
    low = word.lower()
    return any(low.endswith(e) and len(low) > len(e) + 2 for e in _set("patterns", "endings")) and low not in (
        "express", "empress", "cypress", "espresso", "multimedia", "division", "television", "provision",
    )  # fmt: skip


@cache
def _kind_pattern() -> re.Pattern[str]:
    kinds = "|".join(sorted(map(re.escape, _words()["patterns"]["kinds"]), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{kinds})(?![\w-])")


def _beside(bare: str) -> str | None:
    """A name known by the noun beside it: "Israeli daily Haaretz", "Orlan news agency"; not "an Israeli daily"."""
    kind = _kind_pattern().search(bare)
    if not kind:
        return None
    before, after = bare[: kind.start()].strip(_TRIM), bare[kind.end() :].strip(_TRIM)
    broad = kind[0] in _words()["patterns"]["broad_kinds"]
    if after and _NAME.fullmatch(after):
        return outlet_of(after, loose=True) or (None if broad or len(after.split()) > 4 else after)
    if before and not after:
        known = outlet_of(before, loose=True)
        if known or broad:
            return known
        named = kind[0] in ("news agency", "press agency", "newswire") and _NAME.fullmatch(before)
        return before if named and not _DEMONYM.fullmatch(before.split()[-1].lower()) else None
    if before and re.match(r"(?:that|which|in|of|based|reported|said)\b", after):
        return outlet_of(before, loose=True)
    return None


def _owned(words: str) -> str | None:
    """What is left after whose it is: "Israel's Channel 12", "Qatar-based Al Jazeera", "Israeli Channel 13"."""
    match = re.match(
        r"(?:the |The )?[A-Z][\w.-]*(?: [A-Z][\w.-]*)?(?:['’]s?|-\w+(?:ed|un)|(?<=i)|(?<=n)|(?<=h)|(?<=e)) (?=[A-Z])",
        words,
    )
    if not match:
        return None
    rest = words[match.end() :]
    name = _aliases().get(_key(rest))
    return (
        name
        or (rest if _NUMBERED.fullmatch(rest) else None)
        or (outlet_of(rest) if re.search(r"['’]s? $", match[0]) else None)
    )


# --- a whole text -------------------------------------------------------------------------------------


@cache
def _first_words() -> frozenset[str]:
    lists = (_words()[t]["names"] for t in ("with_article", "with_The", "needs_context"))
    names = [*_aliases(), *(_key(n) for names in lists for n in names)]
    return frozenset([n.split()[0] for n in names] + [m[0] for n in names if (m := _TOKEN.match(n))])


@cache
def _longest() -> int:
    return max(len(a.split()) for a in _aliases())


def _named(text: str, own: dict[str, str]) -> Iterator[Named]:
    tokens = [m.span() for m in _TOKEN.finditer(text)]
    titles = _set("patterns", "titles")
    i = 0
    run = 0  # where the run of capitalised words that token i belongs to begins
    while i < len(tokens):
        start, end = tokens[i]
        word = text[start:end]
        if i and not _joined(text, tokens, i):
            run = i
        if not (word[0].isupper() or word[0].isdigit() or word[0] == "+" or word in ("dpa", "ynet", "teleSUR", "i24")):
            run = i + 1
            i += 1
            continue
        stem = text[start : _unpossessed(text, start, end)]
        hit = _longest_alias(text, tokens, i, own)
        phrase = None if hit and hit[0] > i else _front(text, tokens, i, stem)
        if phrase:
            yield Named(start, start + len(phrase), phrase, True)
            i = run = i + phrase.count(" ") + 1
            continue
        if hit and not _followed(text, tokens[hit[0]][1]) and (hit[2] or not _carried_on(text, tokens, hit[0])):
            last, name, sure = hit
            yield Named(start, _unpossessed(text, start, tokens[last][1]), name, sure)
            i = run = last + 1
            continue
        follower = text[slice(*tokens[i + 1])] if i + 1 < len(tokens) and _joined(text, tokens, i + 1) else ""
        more = follower in _TAILS or (follower[:1].isupper() and follower.lower() in titles)
        shaped = stem.lower() in titles or stem in _TAILS or stem in _LASTS or stem.isdigit() or _ending(stem)
        if not more and (shaped or _STATION.fullmatch(stem)):
            first = max(run, i - 4)
            while first < i and _opens(text[slice(*tokens[first])]):
                first += 1
            named = _best_run(text, tokens, first, i)
            if named:
                yield named
                run = i + 1
        i += 1


def _front(text: str, tokens: list[tuple[int, int]], i: int, stem: str) -> str | None:
    """A name that begins with its title: "Times of Vastrel", "Radio Vastrel", "Agence Vastrel"."""
    start = tokens[i][0]
    j = i + 2 if text[tokens[i][1] : tokens[i][1] + 4] == " of " else i + 1
    titled = stem in ("Times", "Herald", "Voice") if j == i + 2 else stem in _FRONTS
    if not titled or j >= len(tokens) or not text[tokens[j][0]].isupper() or not _joined(text, tokens, j):
        return None
    return text[start : _unpossessed(text, start, tokens[j][1])]


_LASTS = frozenset({"One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Media"})
_FRONTS = frozenset({
    "Radio", "Agence", "Agencia", "Agenzia", "Televisión", "Gazeta", "Diario", "Jornal", "Dnevnik", "Vestnik",
})  # fmt: skip
_TAILS = frozenset({
    "Agency", "Service", "Bureau", "Corporation", "Company", "Association", "Authority", "Trust", "Syndicate",
    "Network", "Channel", "Group",
})  # fmt: skip
_OPENERS = frozenset({
    "the", "a", "an", "in", "on", "at", "as", "but", "and", "or", "according", "when", "while", "after",
    "before", "for", "from", "by",
    "with", "per", "citing", "via", "if", "since", "though", "although", "that", "this", "these", "those", "his",
    "her", "their", "our",
    "its", "he", "she", "they", "it", "we", "i", "earlier", "later", "last", "what", "who",
})  # fmt: skip


def _opens(word: str) -> bool:
    """Whether a word comes before a name and is no part of it: "the", "Orlan-based"."""
    return word.lower() in _OPENERS or bool(re.search(r"-(?:based|owned|run|backed|linked|language|funded)$", word))


def _joined(text: str, tokens: list[tuple[int, int]], i: int) -> bool:
    """Whether token i carries on the run of the token before, with one space between them."""
    gap = text[tokens[i - 1][1] : tokens[i][0]]
    return gap in (" ", "\xa0") and not re.search(r"['’]s$", text[tokens[i - 1][0] : tokens[i - 1][1]])


def _longest_alias(
    text: str, tokens: list[tuple[int, int]], i: int, own: dict[str, str]
) -> tuple[int, str, bool] | None:
    start, end = tokens[i]
    first = _key(text[start : _unpossessed(text, start, end)])
    if first not in _first_words() and not any(k.startswith(first) for k in own):
        return None
    article = text[max(0, start - 4) : start]
    for j in range(min(len(tokens), i + _longest()) - 1, i - 1, -1):
        if tokens[j][1] - start > 60 or "\n" in text[start : tokens[j][1]]:
            continue
        phrase = text[start : _unpossessed(text, start, tokens[j][1])]
        if text[start : start + 4].lower() == "the " and j > i and text[start] == "t":
            continue
        words = article + phrase if article.lower() == "the " else phrase
        name = _known(words, phrase, False)
        if name and " ".join(phrase.split()) == _cased(phrase, name):
            return j, name, _key(phrase) not in _set("with_The", "names")
        name = _known(words, phrase, True)
        if name or _key(phrase) in own:
            return j, own.get(_key(phrase)) or name or phrase, _key(phrase) in own
    return None


def _cased(phrase: str, name: str) -> str:
    """The phrase itself if its capitals are those of a name: not "Kyiv post", not "channel 12"."""
    phrase = " ".join(phrase.split())
    lower = [w for w in phrase.split() if w[0].islower() and w not in ("of", "and", "the", "al", "de", "della", "la")]
    return "" if lower and phrase not in ("dpa", "ynet", "teleSUR", "i24NEWS", "i24") and name != phrase else phrase


def _unpossessed(text: str, start: int, end: int) -> int:
    """The end without a possessive: the outlet in "Reuters'", "Haaretz's"."""
    match = re.search(r"['’]s?$", text[start:end])
    return start + match.start() if match and match.start() else end


def _best_run(text: str, tokens: list[tuple[int, int]], first: int, last: int) -> Named | None:
    end = _unpossessed(text, tokens[last][0], tokens[last][1])
    for i in range(first, last + 1):
        start = tokens[i][0]
        phrase = text[start:end]
        article = text[max(0, start - 4) : start].lower() == "the "
        words = text[start - 4 : end] if article else phrase
        if not _possible(words, phrase):
            return None
        strict = _titled(words, phrase, False)
        name = strict or _titled(words, phrase, True)
        if name:
            return None if _followed(text, end) else Named(start, end, name, bool(strict))
    return None


def _carried_on(text: str, tokens: list[tuple[int, int]], last: int) -> bool:
    """Whether a capital follows at once: "Petra Sollas", "The National Assembly"."""
    return last + 1 < len(tokens) and _joined(text, tokens, last + 1) and text[tokens[last + 1][0]].isupper()


def _followed(text: str, end: int) -> bool:
    """Whether the next word makes another thing of the name: "Washington Post Office", "the Guardian Council"."""
    follows = re.match(r" ([\w’']+)", text[end : end + 20])
    if not follows:
        return False
    body = follows[1][0].isupper() and follows[1].lower() in _set("not_outlets", "bodies")
    return body or follows[1].lower() in _set("not_outlets", "last")


def _state_named(text: str) -> Iterator[Named]:
    for m in _state_pattern().finditer(text):
        name = _ARTICLE.sub("", m[0], count=1) if _ARTICLE.match(m[0]) else m[0]
        lead = re.match(r"(?:[A-Z]\w+ )", name)
        if lead and lead[0].strip().lower() in _OPENERS:
            name = name[lead.end() :]
        if _state(name) and not _followed(text, m.end()):
            yield Named(m.end() - len(name), m.end(), name, True)
