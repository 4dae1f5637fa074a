"""Ten thousand small cases of endorsing, each answered a second time by trying out and counting (``by_counting``)."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from keqiao.core.endorsing.chains import ChainWords, chain_for
from keqiao.core.endorsing.lists import Line, Terms, forward_findings, ranks, reordered
from keqiao.core.endorsing.stages import Taker, stages_of
from keqiao.core.lifecycle.batch import BatchState
from keqiao.core.lifecycle.endorsement import PassageState
from keqiao.core.programme.endorsement import EndorsementChain
from keqiao.core.programme.inheritance import Stated
from keqiao.core.rules.facts import UNKNOWN, Case, Unit
from keqiao.readers.endorsing_words import endorsing_words
from tests.core.endorsing import by_counting
from tests.core.endorsing.calls import category, setting
from tests.core.rules.units import TODAY

EACH = 2_500  # cases of each of the four questions
SEED = 20230101
BEGUN = datetime(2026, 6, 20, tzinfo=UTC)
LEXICON = {
    "科协": "city_association",
    "县科协": "county_association",
    "申报单位": "applicant",
    "主办单位": "association",
    "政府": "government",
    "政府领导": "deputy_leader",
    "推荐单位": "original_recommender",
}
WORDS = tuple(sorted(((word, Taker(code)) for word, code in LEXICON.items()), key=lambda each: -len(each[0])))
BODIES = [
    None,
    None,
    "某科协",
    "县科协",
    "某县科协",
    "申报单位",
    "主办单位",
    "市政府",
    "市政府领导",
    "办公室",
    "指挥部",
]
DONE = ["审核", "盖章", "推荐单位审核", "县科协报送", "政府盖章"]


def cases(question):
    """The numbers of the cases, each with chance of its own, so that one that fails can be run alone."""
    for number in range(EACH):
        yield number, Random(f"{SEED}/{question}/{number}")


def test_stages_are_piles_of_steps():
    for number, chance in cases("stages"):
        steps = [(chance.choice(DONE), chance.choice(BODIES)) for _ in range(chance.randint(1, 6))]
        chain = EndorsementChain(id="c", steps=[{"words": words, "by": by} for words, by in steps])
        found = [
            (stage.taker and stage.taker.value, list(stage.words), stage.holds_filing)
            for stage in stages_of(chain, WORDS)
        ]
        assert found == by_counting.stages(steps, LEXICON), (number, steps)


LEVELS = {"county": ("county", "township"), "province": ("province",), "prefecture": ("prefecture",)}
WORDINGS = {"县级": LEVELS["county"][:1], "省级": LEVELS["province"], "市级": LEVELS["prefecture"]}


def test_the_chain_that_holds_is_the_one_that_holds_in_every_world():
    found, words = category("hunan-2022", "nianhui"), endorsing_words().chains
    for number, chance in cases("chains"):
        level = chance.choice(["county", "prefecture", "province", UNKNOWN])
        stated, named, others = [], [], []
        for name in "abc"[: chance.randint(0, 3)]:
            kind = chance.choice([*WORDINGS, "县级及以下单位", "其他单位", ""])
            wording = f"{kind}学会" if kind in WORDINGS else kind
            chain = EndorsementChain(id=name, applies_to=[wording] if wording else [], steps=["审核"])
            stated.append(Stated(chain, ()))
            if kind == "其他单位":
                others.append(name)
            else:
                named.append((name, _fits(kind, level)))
        area = {"county": ("湖南省", "长沙市", "望城县"), "prefecture": ("湖南省", "长沙市")}.get(
            level, ("湖南省",)
        )
        case = Case(on=TODAY, applicant=Unit("u", "某学会", "society", level, area))
        held = chain_for(_with(found, stated), case, setting("hunan-2022"), _words(words))
        answer = (held.chain and held.chain.fact.id, sorted(each.fact.id for each in held.among))
        assert answer == by_counting.which_chain(named, others), (number, level, named, others)


def _fits(kind, level):
    if not kind:
        return "yes"
    if level is UNKNOWN:
        return "maybe"
    levels = ("county", "township") if kind == "县级及以下单位" else WORDINGS[kind]
    return "yes" if level in levels else "no"


def _with(found, stated):
    return type(found)(
        **{**{name: getattr(found, name) for name in found.__slots__}, "endorsement": tuple(stated)}
    )


def _words(words):
    return ChainWords(words.others, words.and_below)


def test_orders_are_those_that_trying_every_order_finds():
    for number, chance in cases("orders"):
        names = list("abcdef")[: chance.randint(0, 6)]
        states = {name: chance.choice(["recommended", "returned", "waiting"]) for name in names}
        lines = [(name, states[name], chance.choice([None, *range(1, 4)])) for name in names]
        found = ranks([Line(name, PassageState(state), place) for name, state, place in lines])
        assert found == by_counting.ranks(lines), (number, lines)
        wish = [chance.choice([*names, "x"]) for _ in range(chance.randint(0, len(names)))]
        expected = by_counting.reordered(names, wish)
        if expected is None:
            with pytest.raises(ValueError, match="once"):
                reordered(names, wish)
        else:
            assert reordered(names, wish) == expected, (number, names, wish)


def test_what_stands_against_a_list_is_what_counting_finds():
    for number, chance in cases("lists"):
        lines = [
            (
                chance.choice(["waiting", "recommended", "recommended", "declined", "returned"]),
                chance.random() < 0.8,
            )
            for _ in range(chance.randint(0, 5))
        ]
        quota = chance.choice([None, 0, 1, 2, 3]), chance.randint(0, 3)
        when = chance.choice([None, 0, 1, 2]), 1
        signed = chance.choice(["not needed", "nothing", *(state.value for state in BatchState)])
        terms = Terms(
            *quota,
            deadline=None if when[0] is None else BEGUN + timedelta(seconds=when[0]),
            needs_co_signer=signed != "not needed",
        )
        batch = None if signed in ("not needed", "nothing") else BatchState(signed)
        core = [
            Line(str(n), PassageState(state), n, opinion_fits=fits) for n, (state, fits) in enumerate(lines)
        ]
        found = forward_findings(core, terms, batch, BEGUN + timedelta(seconds=when[1]))
        codes = [each.code.removeprefix("endorsement.") for each in found]
        assert codes == by_counting.against(lines, quota, when, signed), (number, lines, quota, when, signed)
