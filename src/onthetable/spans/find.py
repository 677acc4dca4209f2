"""All of the stage in one call."""

from onthetable.case import Case
from onthetable.model import Report
from onthetable.spans.amounts import find_amounts
from onthetable.spans.names import find_names
from onthetable.spans.nlp import parse
from onthetable.spans.quotes import find_quotes
from onthetable.spans.times import find_times
from onthetable.tree import Spans, Tree


def find_spans(report: Report, case: Case, tree: Tree | None = None) -> Spans:
    """What stands where in a report; `tree` is its parse, if that is at hand already."""
    tree = tree or parse(report, case)
    actors, mentions = find_names(tree, case)
    by_head = {m.head: m for m in reversed(mentions)}
    return Spans(tree, actors, mentions, find_quotes(report), find_times(tree), find_amounts(tree), by_head)
