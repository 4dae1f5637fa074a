"""What this room and those below it keep of people; the rooms below cannot declare it themselves."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from keqiao.web.files.models import StoredFile
from keqiao.web.notifications.models import Message
from keqiao.web.privacy.catalogue import Basis, Correction, PersonalField, PersonalTable, Viewer
from keqiao.web.privacy.models import SubjectRequest

THREE_YEARS = _("请求办结后三年")
THREE_YEARS_LAW = _("须能证明已依法答复（个人信息保护法第五十条）")


def _own_messages(viewer: Viewer) -> QuerySet[Message]:
    return Message.objects.filter(recipient_id=viewer.pk)


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
                "words", _("办理本人关于个人信息的请求"), Basis.DUTY, THREE_YEARS, held=THREE_YEARS_LAW
            ),
            PersonalField(
                "answer",
                _("办理本人关于个人信息的请求"),
                Basis.DUTY,
                THREE_YEARS,
                correction=Correction.NEVER,
                held=THREE_YEARS_LAW,
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
                _("发送记录保存期间"),
                correction=Correction.NEVER,
            ),
        ),
        own=_own_messages,
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
