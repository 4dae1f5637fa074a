"""What a token opens. Whoever holds it can do no more than its account can; a scope narrows that further."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Scope(StrEnum):
    """One thing that a program may do for the person who made the token. Public calls need none."""

    ELIGIBILITY = "eligibility:read"
    APPLICATIONS_READ = "applications:read"
    APPLICATIONS_WRITE = "applications:write"
    APPLICATIONS_SUBMIT = "applications:submit"
    ENDORSEMENT_READ = "endorsement:read"


LABELS = {
    Scope.ELIGIBILITY: _("查询本单位的申报资格"),
    Scope.APPLICATIONS_READ: _("读取本单位的申报书和回执"),
    Scope.APPLICATIONS_WRITE: _("新建、填写、撤回本单位的申报书"),
    Scope.APPLICATIONS_SUBMIT: _("提交本单位的申报书"),
    Scope.ENDORSEMENT_READ: _("读取本单位的推荐队列"),
}
