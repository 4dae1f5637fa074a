"""What this room and those below it keep of people; the rooms below cannot declare it themselves."""

from datetime import timedelta

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from keqiao.web.audit import log
from keqiao.web.files.models import StoredFile
from keqiao.web.notifications.models import Message, WecomName
from keqiao.web.privacy.actions import REVEALED
from keqiao.web.privacy.catalogue import (
    Basis,
    Correction,
    Eraser,
    PersonalField,
    PersonalTable,
    Row,
    Term,
    Viewer,
)
from keqiao.web.privacy.models import SubjectRequest

SIX_MONTHS = timedelta(days=184)
"""The longest six months of any year."""
THREE_YEARS_LONG = timedelta(days=1096)
"""The longest three years."""

THREE_YEARS = _("请求办结后三年")
THREE_YEARS_LAW = _("须能证明已依法答复（个人信息保护法第五十条）")


ANSWERED = Term(lambda moment: Q(settled_at__lt=moment), THREE_YEARS_LONG)
SENT = Term(lambda moment: Q(settled_at__lt=moment), SIX_MONTHS)
LOOKED = Term(lambda moment: Q(event__act=REVEALED, event__at__lt=moment), THREE_YEARS_LONG)


def _erase_reason(reason: Row, by: Eraser) -> object:
    return log.erase_reason(reason.event, actor=by.actor, role=by.role, at=by.at)


def _own_messages(viewer: Viewer) -> QuerySet[Message]:
    return Message.objects.filter(recipient_id=viewer.pk)


def _own_wecom_names(viewer: Viewer) -> QuerySet[WecomName]:
    return WecomName.objects.filter(pk=viewer.pk)


def _own_files(viewer: Viewer) -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(uploaded_by_id=viewer.pk)


def _own_requests(viewer: Viewer) -> QuerySet[SubjectRequest]:
    return SubjectRequest.objects.filter(subject_id=viewer.pk)


TABLES = (
    PersonalTable(
        SubjectRequest,
        _("有账号的人"),
        (
            PersonalField(
                "words",
                _("办理本人关于个人信息的请求"),
                Basis.DUTY,
                THREE_YEARS,
                held=THREE_YEARS_LAW,
                term=ANSWERED,
            ),
            PersonalField(
                "answer",
                _("办理本人关于个人信息的请求"),
                Basis.DUTY,
                THREE_YEARS,
                correction=Correction.NEVER,
                held=THREE_YEARS_LAW,
                term=ANSWERED,
            ),
        ),
        own=_own_requests,
    ),
    PersonalTable(
        Message,
        _("收到通知的人"),
        (
            PersonalField(
                "address",
                _("发送通知并确认是否送达"),
                Basis.CONTRACT,
                _("发送完结后六个月"),
                correction=Correction.NEVER,
                term=SENT,
            ),
        ),
        own=_own_messages,
    ),
    PersonalTable(
        WecomName,
        _("要求通过企业微信接收通知的人"),
        (
            PersonalField(
                "member",
                _("通过企业微信发送通知"),
                Basis.CONSENT,
                _("本人取消或账号注销时删除"),
            ),
        ),
        own=_own_wecom_names,
    ),
    PersonalTable(
        apps.get_model("audit", "Reason"),
        _("办理事项的人和理由中提到的人"),
        (
            PersonalField(
                "text",
                _("说明为什么这样办；查看完整号码须写明原因"),
                Basis.DUTY,
                _("查看完整号码的原因，查看后三年；其余理由随所属事项的档案保存"),
                correction=Correction.NEVER,
                held=_("个人信息处理情况记录至少保存三年（个人信息保护法第五十六条）"),
                term=LOOKED,
            ),
        ),
        erase=_erase_reason,
    ),
    PersonalTable(
        StoredFile,
        _("上传材料的人"),
        (
            PersonalField(
                "name",
                _("显示材料名称；名称中可能含有姓名"),
                Basis.DUTY,
                _("与所属事项的档案一并保存"),
                held=_("材料须随所属事项的档案留存"),
            ),
        ),
        own=_own_files,
    ),
)

EXCUSED = {"ui.savedview.name": "the name of a view of a list"}
