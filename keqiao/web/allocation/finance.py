"""Does the call want the word of the finance bureau on the decision?"""

from keqiao.core.programme import Programme
from keqiao.core.programme.rules.decide import Review
from keqiao.core.programme.tree import walk


def is_approved_by_finance(programme: Programme) -> bool:
    """Does a rule on review, of the call or of one of its categories, say that the finance bureau approves as well?"""
    nodes = (programme, *(category for _path, category in walk(programme)))
    return any(
        isinstance(rule, Review) and rule.finance_approves is True for node in nodes for rule in node.rules
    )
