"""A language model as one more reader, if somebody asks for it: off by default, and nothing in the program needs it.

It is asked for statements and moves with exact quotations. What it says counts only if the quoted words are in the text
and its labels in the case; everything else is dropped and counted. Its findings carry `llm:MODEL` as their rule.
"""

from onthetable.llm.client import Endpoint, Usage
from onthetable.llm.reader import LanguageModel, Outcome, estimate

__all__ = ["Endpoint", "LanguageModel", "Outcome", "Usage", "estimate"]
