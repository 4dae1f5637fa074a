"""Makers for endorsing: a county with its people, a call with a chain, applications on their way."""

from datetime import timedelta
from typing import Any

from keqiao.core.programme.types import Programme
from keqiao.web.accounts.models import User
from keqiao.web.accounts.roles import Role
from keqiao.web.applications.models import Application
from keqiao.web.endorsement import actions
from keqiao.web.endorsement.models import Passage, Queue
from keqiao.web.parties.models import Organisation, Region
from keqiao.web.programmes.models import Call
from tests.web import make
from tests.web.applications import makers as applying

NOW = applying.NOW
COUNTY: dict[str, Any] = {
    "id": "county",
    "applies_to": ["县（市、区）级及以下单位"],
    "steps": [
        {
            "words": "县（市、区）科协审核盖章",
            "by": "县（市、区）科协",
            "act": "check",
            "seal": "县（市、区）科协公章",
        },
        {"words": "统一报送至市科协", "by": "县（市、区）科协", "act": "forward"},
    ],
}
OTHERS: dict[str, Any] = {
    "id": "others",
    "applies_to": ["其他符合条件的单位"],
    "steps": [{"words": "直接向市科协提交", "by": "申报单位", "act": "forward"}],
}


class Place:
    """A county in a city: both regions, the county's association, its people; a city's association runs the call."""

    def __init__(self) -> None:
        self.province: Region = make.region("410000", "河南省", "province")
        self.city: Region = make.region("411200", "三门峡市", "prefecture", parent=self.province)
        self.county: Region = make.region("411221", "渑池县", "county", parent=self.city)
        self.association = make.association("三门峡市科学技术协会")
        self.county_body: Organisation = make.organisation(
            "渑池县科学技术协会", kind="association", level="county", region=self.county
        )
        self.endorser: User = make.holder(Role.ENDORSER, self.county_body)
        self.officer: User = make.officer(self.association)

    def unit(self, name: str = "", level: str = "county", **details: Any) -> Organisation:
        """A unit that sits in the county."""
        return make.organisation(name, kind="society", level=level, region=self.county, **details)

    def call(self, *chains: dict[str, Any], **statements: Any) -> Call:
        """A published call of the city's association; the chains of Sanmenxia unless others are given."""
        definition: Programme = applying.definition(
            endorsement=list(chains or (COUNTY, OTHERS)),
            applicants={"kinds": ["单位"]},
            region="三门峡市",
            **statements,
        )
        return make.published_call(self.association, definition)

    def submitted(self, call: Call, name: str = "", **unit: Any) -> Passage | None:
        """An application of a new unit of the county, submitted; its passage, None where it needs none."""
        application = applying.submitted(call, applying.applicant(self.unit(name, **unit)))
        return passage_of(application)

    def recommended(self, call: Call, **unit: Any) -> Passage:
        """One that the county recommends."""
        passage = self.submitted(call, **unit)
        assert passage is not None
        actions.recommend(passage.pk, "同意推荐", actor=self.endorser, at=NOW)
        return fresh(passage)


def passage_of(application: Application) -> Passage | None:
    """The passage of an application, or nothing."""
    return Passage.objects.select_related("queue", "application").filter(application=application).first()


def fresh(passage: Passage) -> Passage:
    """The passage as it stands in the table now."""
    return Passage.objects.select_related("queue", "application", "taker").get(pk=passage.pk)


def queue_of(passage: Passage) -> Queue:
    """The queue in which a passage lies."""
    return Queue.objects.get(pk=fresh(passage).queue_id)


def chain(**stated: Any) -> dict[str, Any]:
    """The county's chain with other statements."""
    return {**COUNTY, "applies_to": [], **stated}


def later(**time: float) -> Any:
    """Some time after NOW."""
    return NOW + timedelta(**time)
