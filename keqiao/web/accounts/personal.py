"""What the room keeps of people who have an account, and of those who asked for one."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models import Grant, Invitation, LogIn, Registration, User
from keqiao.web.privacy.catalogue import Basis, Correction, PersonalField, PersonalTable, Term, Viewer

WITH_THE_ACCOUNT = _("账号存续期间；账号注销后删除，办理记录中的账号编号保留")
REGISTERED = _("与单位档案一并保存")
REGISTERED_LAW = _("核验单位身份的依据须留存")
SIX_MONTHS = _("登录后六个月")
HALF_A_YEAR = timedelta(days=184)  # the longest six months of any year
LOGGED = Term(lambda moment: Q(at__lt=moment), HALF_A_YEAR)
INVITED = Term(
    lambda moment: Q(accepted_at__lt=moment) | Q(revoked_at__lt=moment) | Q(expires_at__lt=moment),
    HALF_A_YEAR,
)
SIX_MONTHS_LAW = _("网络安全法第二十一条要求留存不少于六个月的网络日志")


def _own_account(viewer: Viewer) -> QuerySet[User]:
    return User.objects.filter(pk=viewer.pk)


def _own_log_ins(viewer: Viewer) -> QuerySet[LogIn]:
    return LogIn.objects.filter(user_id=viewer.pk)


def _own_grants(viewer: Viewer) -> QuerySet[Grant]:
    return Grant.objects.filter(user_id=viewer.pk)


def _own_registrations(viewer: Viewer) -> QuerySet[Registration]:
    """What was asked for with the address or number that the account logs in with; it was proved by a code."""
    account = User.objects.get(pk=viewer.pk)
    by_mail = Q(email__iexact=account.email) if account.email else Q(pk__in=[])
    by_phone = Q(phone=account.phone) if account.phone else Q(pk__in=[])
    return Registration.objects.filter(by_mail | by_phone)


def _own_invitations(viewer: Viewer) -> QuerySet[Invitation]:
    account = User.objects.get(pk=viewer.pk)
    return Invitation.objects.filter(email__iexact=account.email or "-")


TABLES = (
    PersonalTable(
        User,
        _("有账号的人"),
        (
            PersonalField("display_name", _("向共同办事的人显示您是谁"), Basis.CONTRACT, WITH_THE_ACCOUNT),
            PersonalField("email", _("登录、找回密码、发送通知"), Basis.CONTRACT, WITH_THE_ACCOUNT),
            PersonalField("phone", _("登录、发送验证码和通知"), Basis.CONTRACT, WITH_THE_ACCOUNT),
        ),
        own=_own_account,
    ),
    PersonalTable(
        LogIn,
        _("有账号的人"),
        (
            PersonalField(
                "address",
                _("发现他人冒用账号，满足网络日志留存要求"),
                Basis.DUTY,
                SIX_MONTHS,
                correction=Correction.NEVER,
                held=SIX_MONTHS_LAW,
                term=LOGGED,
            ),
            PersonalField(
                "agent",
                _("发现他人冒用账号，满足网络日志留存要求"),
                Basis.DUTY,
                SIX_MONTHS,
                correction=Correction.NEVER,
                held=SIX_MONTHS_LAW,
                term=LOGGED,
            ),
        ),
        own=_own_log_ins,
    ),
    PersonalTable(
        Grant,
        _("有账号的人"),
        (
            PersonalField(
                "reason",
                _("说明为什么授予或收回角色"),
                Basis.DUTY,
                _("与授权记录一并保存"),
                correction=Correction.NEVER,
                held=_("权限变更须可追溯（GB/T 22239-2019）"),
            ),
        ),
        own=_own_grants,
    ),
    PersonalTable(
        Registration,
        _("为单位申请注册的联系人"),
        (
            PersonalField(
                "contact_name",
                _("核验单位注册申请，联系申请人"),
                Basis.CONTRACT,
                REGISTERED,
                held=REGISTERED_LAW,
            ),
            PersonalField(
                "post", _("核验申请人是否代表单位"), Basis.CONTRACT, REGISTERED, held=REGISTERED_LAW
            ),
            PersonalField(
                "email", _("验证联系方式，告知核验结果"), Basis.CONTRACT, REGISTERED, held=REGISTERED_LAW
            ),
            PersonalField(
                "phone", _("验证联系方式，告知核验结果"), Basis.CONTRACT, REGISTERED, held=REGISTERED_LAW
            ),
        ),
        own=_own_registrations,
    ),
    PersonalTable(
        Invitation,
        _("受邀开通账号的人"),
        (
            PersonalField(
                "email",
                _("发送邀请"),
                Basis.CONTRACT,
                _("邀请接受、撤销或失效后六个月"),
                correction=Correction.NEVER,
                term=INVITED,
            ),
        ),
        own=_own_invitations,
    ),
)

EXCUSED = {
    "accounts.registration.unit_name": "the name of a unit",
    "accounts.registration.host_name": "the name of a unit",
    "account.emailaddress.email": "not written: the address of an account stands in accounts.user",
    "auth.permission.name": "the name of a permission",
    "auth.group.name": "the name of a group",
    "django_tasks_database.dbtaskresult.queue_name": "the name of a queue",
    "django_tasks_database.dbtaskresult.backend_name": "the name of a back end",
}
