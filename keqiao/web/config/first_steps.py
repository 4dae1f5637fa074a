"""What a new installation needs before work begins: each step is looked up where it is done, nobody ticks it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keqiao.web.accounts.queries import guards_missing, holders_of
from keqiao.web.accounts.roles import LABELS, Role
from keqiao.web.audit.queries import timeline
from keqiao.web.calendars.queries import known_years
from keqiao.web.config.health import unwell_parts
from keqiao.web.config.models import Installation
from keqiao.web.notifications.queries import has_sent_mail
from keqiao.web.parties.queries import offices_of
from keqiao.web.privacy.keyring import ring
from keqiao.web.privacy.keys import CASE

MAIL_TEST = "installation.mail_test"
BACKUP_IS_OLD = timedelta(days=8)
"""A week and a day: who makes one each week has one."""
FILE_BACKEND = "django.core.mail.backends.filebased.EmailBackend"

Words = str | Promise


@dataclass(frozen=True)
class Step:
    """One step: what it is, whether it is done, and what is known or missing. ``page`` leads where it is done,
    ``command`` is for the console of the server.
    """

    title: Words
    is_done: bool
    words: Words
    page: str = ""
    command: str = ""


def steps(keeper: Any, at: datetime) -> list[Step]:
    """Return all steps of the installation that ``keeper`` keeps, those of officers first."""
    return [*_steps_of_officers(keeper, at), *_steps_of_administrators(at)]


def _steps_of_officers(keeper: Any, at: datetime) -> Iterator[Step]:
    profile = reverse("parties:profile", args=[keeper.pk])
    yield Step(
        gettext_lazy("科协资料"),
        bool(keeper.document_mark and keeper.complaints),
        gettext_lazy("机关代字和投诉举报方式已填写。")
        if keeper.document_mark and keeper.complaints
        else gettext_lazy("请填写机关代字、文号格式和投诉举报方式；有标志的一并上传。"),
        profile,
    )
    filed = bool(keeper.icp_number)
    yield Step(
        gettext_lazy("网站备案号"),
        filed,
        keeper.icp_number
        if filed
        else gettext_lazy("向公众开放的网站须在页面底部公布 ICP 备案号和公安联网备案号。"),
        profile,
    )
    offices = offices_of(keeper.pk, at).count()
    yield Step(
        gettext_lazy("责任部室"),
        offices > 0,
        _("已登记 %(n)s 个部室。") % {"n": offices}
        if offices
        else gettext_lazy("登记负责受理申报和答复咨询的部室。"),
        reverse("parties:association", args=[keeper.pk]),
    )
    officers = holders_of(Role.OFFICER.value, keeper.pk, at).count()
    yield Step(
        gettext_lazy("第二位工作人员"),
        officers >= 2,
        _("现有 %(n)s 位工作人员。") % {"n": officers}
        if officers >= 2
        else gettext_lazy("只有一人时，须第二人审批的事项无法办理，人员变动也会中断工作。"),
        reverse("accounts:units"),
    )
    yield _calendar(at)


def _calendar(at: datetime) -> Step:
    year = timezone.localtime(at).year
    known = year in known_years()
    return Step(
        gettext_lazy("工作日历"),
        known,
        _("%(year)s 年放假安排已有。") % {"year": year}
        if known
        else _("%(year)s 年放假安排还没有，公示期和办理期限无法计算。") % {"year": year},
        reverse("calendars:home"),
    )


def _steps_of_administrators(at: datetime) -> Iterator[Step]:
    missing = guards_missing(at)
    yield Step(
        gettext_lazy("三员到位"),
        not missing,
        _("尚缺：%(roles)s。请各自打开邀请链接设置密码。")
        % {"roles": "、".join(str(LABELS[role]) for role in missing)}
        if missing
        else gettext_lazy("系统管理员、安全管理员、审计管理员由三人分别担任。"),
        command="keqiao init --links" if missing else "",
    )
    yield _mail()
    yield _https()
    yield _backup(at)
    yield _key_copy()
    parts = unwell_parts()
    yield Step(
        gettext_lazy("后台进程"),
        not parts,
        gettext_lazy("正在运行。") if not parts else gettext_lazy("没有运行：邮件发不出，文件不会识读。"),
        command="keqiao worker" if parts else "",
    )


def _https() -> Step:
    if settings.SITE_IS_HTTPS:
        return Step(gettext_lazy("加密访问"), is_done=True, words=settings.SITE_URL)
    words = _("现在的网址是 %(url)s，登录信息会明文传输。") % {"url": settings.SITE_URL}
    return Step(gettext_lazy("加密访问"), is_done=False, words=words, command="KEQIAO_SITE_URL=https://…")


def _mail() -> Step:
    if settings.EMAIL_BACKEND == FILE_BACKEND:
        words = gettext_lazy("还没有设置邮件服务器，邮件只写入文件夹，收件人收不到。")
        return Step(gettext_lazy("发送邮件"), is_done=False, words=words, command="KEQIAO_MAIL_URL=smtps://…")
    sent = has_sent_mail(MAIL_TEST)
    return Step(
        gettext_lazy("发送邮件"),
        sent,
        gettext_lazy("测试邮件已由邮件服务器收下。")
        if sent
        else gettext_lazy("邮件服务器已设置，请发一封测试邮件。"),
    )


def _backup(at: datetime) -> Step:
    last = Installation.objects.values_list("backed_up_at", flat=True).first()
    fresh = last is not None and at - last <= BACKUP_IS_OLD
    if last is None:
        words: Words = gettext_lazy("还没有做过备份。")
    else:
        days = (timezone.localtime(at).date() - timezone.localtime(last).date()).days
        words = _("最近一次在 %(days)s 天前。") % {"days": days}
    return Step(gettext_lazy("备份"), fresh, words, command="" if fresh else "keqiao backup DIR")


def _key_copy() -> Step:
    copied = [event.data.get("keys", []) for event in timeline(CASE) if event.act == "keys_copied"]
    kept = bool(copied) and ring().current.id in copied[-1]
    words = (
        gettext_lazy("现用密钥已有副本。请另存一处，不与备份放在一起。")
        if kept
        else gettext_lazy("备份不含密钥。没有密钥副本，服务器损坏后身份证号码和银行账号无法恢复。")
    )
    return Step(gettext_lazy("密钥副本"), kept, words, command="" if kept else "keqiao keys copy FILE")
