"""What the model of endorsing in any order knows (``any_order``): plain lists, sharing no code with what it models.

Two counties send what they recommend to a city, the city together with its finance bureau to the province. Each of
the three has a quota. Applications come, are recommended, declined, looked at again, returned, corrected, let stand,
ranked, forwarded, recalled, taken in, withdrawn, handed in again and assigned to the other county; quotas change.
The model says of each act whether it goes, and what stands afterwards.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize

from keqiao.web.accounts.roles import Role
from keqiao.web.applications.refusals import Refused
from keqiao.web.endorsement.models import Batch, Passage
from tests.web import make
from tests.web.applications import makers as applying

MOST = 9
QUOTA = 2
COUNTIES = (0, 1)
CITY = 2
CHAIN: dict[str, Any] = {
    "id": "long",
    "per_endorser_max": QUOTA,
    "ranked": True,
    "steps": [
        {"words": "县科协审核", "by": "县科协", "act": "check"},
        {"words": "同级科协审核", "by": "市州科协", "act": "check"},
        {
            "words": "会同财政部门汇总",
            "by": "市州科协",
            "act": "summarise",
            "together_with": ["同级财政部门"],
        },
        {"words": "向省科协申报", "by": "市州科协", "act": "forward"},
    ],
}
RULES = {
    "recommend": "what waits is recommended, and nothing else",
    "decline": "what waits is declined, and nothing else",
    "reconsider": "a decision is taken back before it is forwarded",
    "give_back": "what is in hand is returned, one submission once",
    "rank": "an order names everything that is ranked",
    "forward": "no more is forwarded than the quota has free places for, and only as the co-signer agreed",
    "propose": "no more is proposed than the quota has free places for, and one list at a time",
    "agree": "a list is agreed to while it is exactly as it was proposed",
    "refuse": "a list is refused while it lies with the co-signer",
    "recall": "nothing is recalled that the next step has acted on",
    "receive": "what is filed is received, and nothing else",
    "settle": "no quota goes below what has been forwarded",
    "assign": "what is in hand is assigned, and nothing else",
}
"""What forbids each act where the model says that it must not go."""
IN_HAND = ("waiting", "recommended", "declined")
ANY = st.integers(0, 10_000)


@dataclass
class One:
    """What the model knows of one application: before whom it lies (3: the province), how, and what has been said."""

    at: int
    state: str = "waiting"
    content: int = 0
    opinion: int = 0
    touched: bool = False
    stood: bool = False
    told: bool = False
    came_by: int | None = None


@dataclass
class List:
    """What the model knows of one list: whose, which applications, how it stands; ``said`` is all it was made of."""

    by: int
    state: str
    said: list[tuple[int, int, int]]
    standing: list[int] = field(default_factory=list)


class Standing(RuleBasedStateMachine):
    """Two counties, a city, a province."""

    steps = refused = 0
    acts: Counter[str] = Counter()
    """How often each act went."""

    @initialize(first=st.lists(st.sampled_from(COUNTIES), min_size=3, max_size=5))
    def begin(self, first: list[int]) -> None:
        """Some have come already, and the first is recommended. Everything of an example is rolled back at its end."""
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.ones: list[One] = []
        self.passages: list[Passage] = []
        self.lists: list[List] = []
        self.batches: list[Batch] = []
        self.orders: list[list[int]] = [[], [], []]
        self.quotas: list[int | None] = [QUOTA, QUOTA, QUOTA]
        self.turns = 0
        self._people()
        for county in first:
            self._come(county)
        self._recommend(0)

    def _people(self) -> None:
        self.province = make.region("430000", "湖南省", "province")
        city = make.region("430100", "长沙市", "prefecture", parent=self.province)
        self.counties = [
            make.region(f"43010{n}", name, "county", parent=city)
            for n, name in ((2, "望城县"), (3, "宁乡县"))
        ]
        self.association = make.association("湖南省科学技术协会")
        bodies = [
            *(("县科协", "county", each) for each in self.counties),
            ("长沙市科学技术协会", "prefecture", city),
        ]
        self.bodies = [
            make.organisation(f"{region.name}{name}", kind="association", level=level, region=region)
            for name, level, region in bodies
        ]
        bureau = make.organisation("长沙市财政局", kind="government_body", region=city)
        self.endorsers = [make.holder(Role.ENDORSER, body) for body in self.bodies]
        self.treasurer, self.officer = make.holder(Role.FINANCE, bureau), make.officer(self.association)
        definition = applying.definition(endorsement=[CHAIN], applicants={"kinds": ["单位"]}, region="湖南省")
        self.call = make.published_call(self.association, definition)

    def teardown(self) -> None:
        """Undo everything."""
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def _said(self, queue: int) -> list[tuple[int, int, int]]:
        """The list of a queue as it stands: which ones, with which content and opinion, in order."""
        return [
            (n, self.ones[n].content, self.ones[n].opinion)
            for n in self.orders[queue]
            if self.ones[n].state == "recommended"
        ]

    def _standing(self, queue: int) -> int:
        return sum(len(each.standing) for each in self.lists if each.by == queue)

    def _live(self) -> List | None:
        return next((each for each in self.lists if each.state in ("proposed", "agreed")), None)

    def _settle_live(self) -> None:
        """A list that changed is agreed to by nobody."""
        live = self._live()
        if live is not None and live.said != self._said(CITY):
            live.state = "void"

    def _act(self, name: str, act: Callable[[], Any], *, goes: bool, seen: str = "") -> Any:
        """Act; it goes or not as the model says. ``seen`` is what the model sees, told where they differ."""
        Standing.steps += 1
        done, refused = None, None
        try:
            with transaction.atomic():
                done = act()
        except Refused as error:
            refused = error
            Standing.refused += 1
        assert not goes or refused is None, f"{name} was refused: {refused and refused.findings}"
        assert goes or refused is not None, f"{name} went, against the rule: {RULES[name]} {seen}".strip()
        if goes:
            Standing.acts[name] += 1
        return done

    def _pick(self, number: int, *states: str) -> int:
        """Mostly one in these states; now and then any, to see it refused."""
        fitting = [n for n, one in enumerate(self.ones) if one.state in states and one.at < 3]
        return fitting[number % len(fitting)] if fitting and number % 6 else number % len(self.ones)

    def _before(self, n: int) -> Any:
        """Whoever has it now, or had it last."""
        return self.endorsers[min(self.ones[n].at, CITY)]
