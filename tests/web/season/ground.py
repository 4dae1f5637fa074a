"""What a world needs before it is played: an association of a demonstration, its regions, its call."""

from datetime import UTC, datetime
from types import SimpleNamespace

from keqiao.readers.programmes import demonstration
from keqiao.web.parties.actions import (
    NewAssociation,
    NewOrganisation,
    found_association,
    register_organisation,
)
from keqiao.web.parties.models import Region
from keqiao.web.season.vocabulary import grounds
from tests.web import make

BY = {"actor": None, "role": "tests", "at": make.LONG_AGO}
PROVINCES = {"41": "河南省", "43": "湖南省", "37": "山东省", "64": "宁夏回族自治区"}
CALLS = {
    "henan": ("henan-2023", datetime(2022, 10, 20, 4, tzinfo=UTC)),
    "hunan": ("hunan-2022", datetime(2022, 5, 20, 4, tzinfo=UTC)),
    "jining": ("jining-2023", datetime(2022, 11, 20, 4, tzinfo=UTC)),
    "sanmenxia": ("sanmenxia-2023", datetime(2023, 4, 10, 4, tzinfo=UTC)),
    "yinchuan": ("yinchuan-2022", datetime(2022, 3, 15, 4, tzinfo=UTC)),
}
"""The call of each association, and a day on which it takes applications."""


def association(slug: str, *, is_demonstration: bool = True):
    """The association of a ground, with its regions."""
    ground = grounds()[slug]
    region = regions(slug)
    wanted = NewOrganisation(
        f"{ground.place.name}科学技术协会",
        "association",
        f"{ground.place.name}科协",
        level=ground.level,
        region=region,
    )
    body = register_organisation(wanted, **BY)
    shown = NewAssociation(slug, f"{ground.place.name}科协", is_demonstration=is_demonstration)
    return found_association(body, shown, **BY)


def regions(slug: str) -> Region:
    """The tree from the province down to the areas below the ground; the region of the ground comes back."""
    ground = grounds()[slug]
    province = _region(f"{ground.place.code[:2]}0000", PROVINCES[ground.place.code[:2]])
    own = province
    if ground.level == "prefecture":
        own = _region(ground.place.code, ground.place.name, "prefecture", parent=province)
    for area in ground.below:
        _region(area.code, area.name, ground.level_below, parent=own)
    return own


def _region(code: str, *named, **above) -> Region:
    """The region with this code: two grounds may lie in one province."""
    return Region.objects.filter(code=code).first() or make.region(code, *named, **above)


def stage(slug: str) -> SimpleNamespace:
    """An association with its shipped call published, on a day on which the call takes applications."""
    call, at = CALLS[slug]
    body = association(slug)
    published = make.published_call(body, demonstration(call))
    return SimpleNamespace(association=body, call=published, at=at, ground=grounds()[slug])
