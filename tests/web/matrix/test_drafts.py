"""What a unit is still writing is read by its people alone: not by the office it is for, not by another unit."""

import pytest
from django.urls import reverse

from keqiao.web.accounts.roles import Role
from tests.web import make
from tests.web.matrix.requests import absent_like, ask
from tests.web.matrix.viewers import Viewer, of_account, signed_in

pytestmark = pytest.mark.django_db


def test_files_of_a_draft_are_read_by_its_unit_alone(worlds):
    world, other = worlds[:2]
    file = world.objects["draft_file"]
    neighbour = make.holder(Role.APPLICANT, make.organisation("第1市茶业学会", region=world.unit.region))
    people = [*world.people.items(), *other.people.items(), ("neighbour", neighbour)]

    found = {}
    for role, user in people:
        viewer = Viewer(role, user=user, session=signed_in(user))
        answers = [
            ask(viewer.client(), "GET", reverse("files:download", args=[pk])).masked([str(pk)])
            for pk in (file, absent_like(file))
        ]
        found[viewer.name, user.pk] = answers[0] == answers[1]

    seen = {key for key, is_hidden in found.items() if not is_hidden}
    assert seen == {(role, world.people[role].pk) for role in ("applicant", "unit_admin")}


def test_another_unit_of_the_same_association_finds_nothing(worlds):
    world = worlds[0]
    neighbour = of_account(
        "neighbour", make.holder(Role.UNIT_ADMIN, make.organisation("第1市茶业学会")), "unit_admin"
    )
    own = of_account("own", world.people["unit_admin"], "unit_admin", 1)
    for kind in ("draft", "returned", "application", "withdrawn"):
        address = reverse("applications:detail", args=[world.objects[kind]])

        assert ask(own.client(), "GET", address).status == 200
        assert ask(neighbour.client(), "GET", address).status == 404
