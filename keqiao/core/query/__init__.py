"""The search language of all lists: words and keys to a typed tree, faults that teach, completion."""

from keqiao.core.query.completion import Proposal, complete
from keqiao.core.query.fields import ORDERED, Choice, Field, Fields, Kind
from keqiao.core.query.parsing import Asked, Fault, parse
from keqiao.core.query.tree import All, Any, Between, Is, Missing, Node, Not, Words
from keqiao.core.query.writing import write

__all__ = [
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
    "complete",
    "parse",
    "write",
]
