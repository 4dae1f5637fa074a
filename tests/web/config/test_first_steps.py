"""First steps: every tick is looked up where the thing is done, and comes by doing it."""

from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from keqiao.web.accounts.roles import Role
from keqiao.web.config.first_steps import FILE_BACKEND, MAIL_TEST, steps
from keqiao.web.config.installation import note_backup
from keqiao.web.config.starting import require_fit
from keqiao.web.notifications.models import Message, MessageState
from keqiao.web.parties.models import Association
from tests.web import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(settings, tmp_path):
    settings.KEYRING_FILE = tmp_path / "own" / "keyring.json"
    require_fit(make.LONG_AGO)
    made = make.association("三门峡市科学技术协会", "sanmenxia")
    Association.objects.filter(pk=made.pk).update(keeps_the_site=True)
    return Association.objects.get(pk=made.pk)


def is_done(title):
    keeper = Association.objects.get(keeps_the_site=True)
    return {str(step.title): step.is_done for step in steps(keeper, timezone.now())}[title]


def test_the_page_lists_what_is_missing_with_the_way_to_it(client, keeper):
    client.force_login(make.officer(keeper))

    page = client.get(reverse("first_steps")).text

    for words in ("责任部室", "第二位工作人员", "三员到位", "keqiao backup DIR", "keqiao keys copy FILE"):
        assert words in page
    assert reverse("parties:profile", args=[keeper.pk]) in page


def test_profile_and_filing_number_are_ticked_when_they_are_written(keeper):
    assert (is_done("科协资料"), is_done("网站备案号")) == (False, False)

    Association.objects.update(document_mark="三科协", complaints="0398-1", icp_number="豫ICP备12345678号")

    assert (is_done("科协资料"), is_done("网站备案号")) == (True, True)


def test_a_second_officer_is_ticked_when_there_are_two(keeper):
    make.officer(keeper)
    assert not is_done("第二位工作人员")

    make.officer(keeper)

    assert is_done("第二位工作人员")


def test_the_three_administrators_are_ticked_when_all_hold_their_roles(keeper):
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN):
        make.holder(role)
    assert not is_done("三员到位")

    make.holder(Role.AUDIT_ADMIN)

    assert is_done("三员到位")


def test_a_backup_is_ticked_for_a_week(keeper):
    assert not is_done("备份")

    note_backup(timezone.now() - timedelta(days=9))
    assert not is_done("备份")
    note_backup(timezone.now())

    assert is_done("备份")


def test_a_copy_of_the_keys_is_ticked_until_they_are_turned(keeper, tmp_path):
    call_command("keys", "copy", str(tmp_path / "one.json"))
    assert is_done("密钥副本")

    call_command("keys", "rotate", "--wait")

    assert not is_done("密钥副本")


def test_mail_is_ticked_when_a_server_has_taken_the_test(client, keeper, settings):
    client.force_login(make.officer(keeper))
    assert not is_done("发送邮件")

    client.post(reverse("mail_test"))
    message = Message.objects.get(template=MAIL_TEST)
    assert not is_done("发送邮件")
    Message.objects.update(state=MessageState.SENT, settled_at=message.queued_at)
    assert is_done("发送邮件")
    settings.EMAIL_BACKEND = FILE_BACKEND

    assert not is_done("发送邮件")


def test_https_is_ticked_by_the_address(keeper, settings):
    assert is_done("加密访问") == configured.SITE_IS_HTTPS

    settings.SITE_IS_HTTPS = True

    assert is_done("加密访问")


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_administrators_see_the_page(client, keeper, role):
    client.force_login(make.holder(role))

    assert client.get(reverse("first_steps")).status_code == 200


def test_for_others_there_is_no_such_page(client, keeper):
    client.force_login(make.officer(keeper))
    assert client.get(reverse("first_steps")).status_code == 200

    for viewer in (
        make.officer(make.association()),
        make.holder(Role.LEADER, keeper.organisation),
        make.user(),
    ):
        client.force_login(viewer)
        assert client.get(reverse("first_steps")).status_code == 404
        assert client.post(reverse("mail_test")).status_code == 404


def test_the_desk_of_the_keepers_officers_leads_there(client, keeper):
    client.force_login(make.officer(keeper))
    assert reverse("first_steps") in client.get(reverse("portal:desk")).text

    client.force_login(make.officer(make.association()))

    assert reverse("first_steps") not in client.get(reverse("portal:desk")).text


def test_a_demonstration_shows_the_way_out_to_everybody(client, settings):
    settings.DEMONSTRATION = True

    page = client.get(reverse("first_steps")).text

    assert all(words in page for words in ("keqiao init", "KEQIAO_DATA", "keqiao programme export"))


def test_a_site_without_a_keeper_has_no_first_steps(client):
    client.force_login(make.holder(Role.SYSTEM_ADMIN))

    assert client.get(reverse("first_steps")).status_code == 404
