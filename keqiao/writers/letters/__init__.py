"""The papers of a chain in the layout of official documents: notices, lists, agreements, letters. Word and PDF."""

from keqiao.writers.letters.agreement import Agreement, Budgeted, Party, Payment, Promise, agreement
from keqiao.writers.letters.award import Award, award_notice
from keqiao.writers.letters.listing import Field, Listed, listing
from keqiao.writers.letters.paper import Attached, Head, OfficialPaper
from keqiao.writers.letters.public import ObjectionsTo, PublicList, closing_statement, public_notice
from keqiao.writers.letters.single import (
    Letter,
    ObjectionAnswer,
    Result,
    letter,
    objection_answer,
    result_letter,
)

__all__ = [
    "Agreement",
    "Attached",
    "Award",
    "Budgeted",
    "Field",
    "Head",
    "Letter",
    "Listed",
    "ObjectionAnswer",
    "ObjectionsTo",
    "OfficialPaper",
    "Party",
    "Payment",
    "Promise",
    "PublicList",
    "Result",
    "agreement",
    "award_notice",
    "closing_statement",
    "letter",
    "listing",
    "objection_answer",
    "public_notice",
    "result_letter",
]
