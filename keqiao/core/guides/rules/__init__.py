"""Conditions and general rules: which of the rule types a sentence states, with its parameters."""

from keqiao.core.guides.rules.recognisers import Recogniser, RuleWords, recognisers
from keqiao.core.guides.rules.statements import read_rules

__all__ = ["Recogniser", "RuleWords", "read_rules", "recognisers"]
