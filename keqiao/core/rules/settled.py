"""What the facts do not decide and somebody has judged: asked wherever it comes up, also inside a list."""

from keqiao.core.rules.engine.tree import Condition, Fact, equals

JUDGED = "judged "
"""What ``prepared`` puts before the ids in ``Case.approved`` among the cases."""


def settled(identifier: str, question: str) -> Condition:
    """Somebody has judged the rule with this id to be met; as long as nobody has, it is unknown.

    ``question`` names what is to be looked at (``word.eligibility_question.<question>``).
    """
    return equals(Fact(("cases", f"{JUDGED}{identifier}"), name=f"question.{question}"), value=True)
