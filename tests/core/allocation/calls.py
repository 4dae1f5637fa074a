"""Cases from the shipped calls: their nodes with candidates who are scored from the top down."""

from fractions import Fraction

from keqiao.core.allocation import Candidate, Case, Policy, nodes_of, propose
from keqiao.core.programme.tree import category_at, path_of
from keqiao.core.rules.facts import Holding, Stage
from keqiao.readers.programmes import load

WAN = 1_000_000  # fen
HUNAN, HENAN, JINING = load("hunan-2022"), load("henan-2023"), load("jining-2023")


def scored(node, *scores, prefix="", **more):
    """Candidates of a category with these scores, named after it and their number."""
    name = prefix or node
    return tuple(
        Candidate(f"{name}-{number}", node, score=Fraction(str(score)), **more)
        for number, score in enumerate(scores, 1)
    )


def case(programme, *candidates, **more):
    """A case of a shipped call."""
    return Case(nodes_of(programme), candidates, **more)


def proposed(programme, *candidates, **more):
    """The proposal for it."""
    return propose(case(programme, *candidates, **more))


def amounts(proposal):
    """The amounts in 万元 of those who are in."""
    given = {key: each.amount_fen for key, each in proposal.verdicts.items() if each.status == "in"}
    return {key: None if amount is None else Fraction(amount, WAN) for key, amount in given.items()}


def reasons(proposal):
    """The reason of each who is not in."""
    return {key: each.reason.value for key, each in proposal.verdicts.items() if each.status != "in"}


def codes(findings):
    """The codes of findings."""
    return [each.code for each in findings]


def step(wan):
    """A policy with this step in 万元."""
    return Policy(step_fen=int(Fraction(str(wan)) * WAN))


def filed(category, project, mark="", unit="甲市科协"):
    """An application for a category of the call of Henan, as bundles see it."""
    return Holding(project, unit, HENAN.id, path_of(HENAN, category), 2023, Stage.APPLIED, mark=mark)


def bundle_of_henan():
    """The bundle of the pilot cities."""
    return category_at(HENAN, path_of(HENAN, "shidianshi")).bundle
