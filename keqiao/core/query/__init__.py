"""The search language of all lists: words and keys to a typed tree, faults that teach, completion."""

from keqiao.core.query.completion import ENGLISH_EXAMPLES, EXAMPLES, Proposal, complete
from keqiao.core.query.fields import ORDERED, Choice, Field, Fields, Kind, choices_of
from keqiao.core.query.parsing import Asked, Fault, parse
from keqiao.core.query.tree import All, Any, Between, Is, Missing, Node, Not, Words
from keqiao.core.query.writing import ENGLISH, write

__all__ = [
    "ENGLISH",
    "ENGLISH_EXAMPLES",
    "EXAMPLES",
    "ORDERED",
    "All",
    "Any",
    "Asked",
    "Between",
    "Choice",
    "Fault",
    "Field",
    "Fields",
    "Is",
    "Kind",
    "Missing",
    "Node",
    "Not",
    "Proposal",
    "Words",
    "choices_of",
    "complete",
    "parse",
    "write",
]
