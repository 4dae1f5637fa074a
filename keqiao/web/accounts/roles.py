"""The roles an account can hold. Codes stand in grants, events and views; labels are for people."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    """What somebody may be. The first three guard each other and never meet in one account (三员分立)."""

    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"
    OFFICER = "officer"
    LEADER = "leader"
    FINANCE = "finance"
    ENDORSER = "endorser"
    APPLICANT = "applicant"
    UNIT_ADMIN = "unit_admin"
    EXPERT = "expert"


LABELS = {
    Role.SYSTEM_ADMIN: _("系统管理员"),
    Role.SECURITY_ADMIN: _("安全管理员"),
    Role.AUDIT_ADMIN: _("审计管理员"),
    Role.OFFICER: _("科协工作人员"),
    Role.LEADER: _("科协领导"),
    Role.FINANCE: _("财政"),
    Role.ENDORSER: _("推荐单位"),
    Role.APPLICANT: _("申报单位"),
    Role.UNIT_ADMIN: _("单位管理员"),
    Role.EXPERT: _("专家"),
}

CHOICES = [(role.value, label) for role, label in LABELS.items()]

GUARDS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
"""Of these one account holds at most one at any time.

Source: GB/T 22239-2019, separation of the three administrators.
"""

OF_A_UNIT = frozenset({Role.APPLICANT, Role.UNIT_ADMIN, Role.ENDORSER})
"""What the people of a unit may be. A unit's administrator gives them to colleagues, its association as well."""

FOR_THE_INSTALLATION = GUARDS
"""Held without an organisation; every other role is held for one."""
