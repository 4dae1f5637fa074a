"""``keqiao init`` makes one real installation: three administrators apart, one officer, links that work once."""

import re

import pytest
from django.core.management import CommandError, call_command

from keqiao.web.accounts.models import Invitation, User
from keqiao.web.accounts.people.invitations import accept_invitation
from keqiao.web.config.installation import kind_of_database
from keqiao.web.parties.models import Association
from keqiao.web.parties.profile.site import site_keeper
from tests.web import make
from tests.web.walls import as_owner

pytestmark = pytest.mark.django_db

SAID = {
    "name": "三门峡市科学技术协会",
    "level": "prefecture",
    "slug": "sanmenxia",
    "system_admin": "system@example.org",
    "security_admin": "security@example.org",
    "audit_admin": "audit@example.org",
    "officer": "officer@example.org",
}


def init(**changes):
    with as_owner():  # the command brings the tables up to date first
        call_command("init", **(SAID | changes))


def test_the_association_keeps_the_site_and_four_people_are_invited(capsys):
    init()

    keeper = site_keeper()
    assert (keeper.slug, keeper.organisation.name, keeper.organisation.level) == (
        "sanmenxia",
        "三门峡市科学技术协会",
        "prefecture",
    )
    assert kind_of_database() == "real"
    roles = dict(Invitation.objects.values_list("role", "email"))
    assert roles == {
        role: SAID[role] for role in ("system_admin", "security_admin", "audit_admin", "officer")
    }
    links = re.findall(r"https?://\S+", capsys.readouterr().out)
    assert len(set(links)) == 4
    assert User.objects.count() == 0


def test_the_page_behind_a_link_opens(client, capsys):
    init()

    link = re.findall(r"https?://[^/]+(/\S+)", capsys.readouterr().out)[-1]

    assert client.get(link).status_code == 200


def test_a_second_run_is_refused_and_changes_nothing(arrived_at):
    init()
    before = (Association.objects.count(), Invitation.objects.count())

    with pytest.raises(CommandError, match="set up already"):
        init(slug="other", name="另一个科学技术协会")

    assert (Association.objects.count(), Invitation.objects.count()) == before


def test_open_links_are_printed_again_and_used_ones_are_not(capsys):
    init()
    invitation = Invitation.objects.get(role="officer")
    accept_invitation(invitation.pk, user=None, name="张三", at=invitation.invited_at)
    capsys.readouterr()

    with as_owner():
        call_command("init", links=True)

    printed = [line.split("\t")[1] for line in capsys.readouterr().out.splitlines() if "\t" in line]
    assert sorted(printed) == ["audit@example.org", "security@example.org", "system@example.org"]
    assert Invitation.objects.count() == 4


def test_a_demonstration_is_refused_and_stays_unmarked(settings):
    settings.DEMONSTRATION = True

    with pytest.raises(CommandError, match="This is a demonstration"):
        init()

    assert (kind_of_database(), Association.objects.count()) == (None, 0)


def test_a_database_with_demonstration_data_is_refused():
    make.association(is_demonstration=True)

    with pytest.raises(CommandError, match="This is a demonstration"):
        init()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"audit_admin": "System@example.org"}, "四个不同的邮箱"),
        ({"officer": "security@example.org"}, "四个不同的邮箱"),
        ({"credit_code": "123456789012345679"}, "统一社会信用代码"),
        ({"officer": "no address"}, "有效的 Email"),
        ({"slug": "三门峡"}, "slug|字母|下划线"),
        ({"level": "planet"}, "--level"),
        ({"region": "999999"}, "--region"),
        ({"name": ""}, "--name is missing"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(change, complaint):
    with pytest.raises(CommandError, match=complaint):
        init(**change)

    assert (Association.objects.count(), Invitation.objects.count()) == (0, 0)
