"""The lists about the people of a unit: who holds which role, and who was invited."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from keqiao.core.query import Field, Kind
from keqiao.web.accounts.people import queries
from keqiao.web.accounts.roles import CHOICES
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, any_of, column_condition


def _day(name: str, column: str, *words: str, optional: bool = False) -> Key:
    return Key(Field(name, words, Kind.DAY, optional=optional), column_condition(column, is_moment=True))


ROLE = Filter("role", _("角色"), CHOICES, queries.with_role)

PEOPLE = ListKind(
    columns=(
        Column("name", _("姓名"), ("user__display_name", "role")),
        Column("role", _("角色"), ("role", "user__display_name")),
        Column("since", _("自"), ("valid_from",)),
        Column("until", _("至"), ("valid_until",)),
        Column("act", _("操作")),
    ),
    default_sort="name",
    search=queries.grants_of_somebody_called,
    filters=(ROLE,),
    keys=(
        Key(Field("name", ("姓名", "Name")), any_of(queries.grants_of_somebody_called)),
        _day("since", "valid_from", "起始日期", "自", "Since"),
        _day("until", "valid_until", "截止日期", "至", "Until", optional=True),
    ),
    hint=_("姓名"),
    code="accounts.people",
)
"""Who works for a unit. It cannot be had as a file: people do not leave in bulk."""


def invitation_list(at: datetime) -> ListKind:
    """Return what the list of invitations offers at ``at``. Addresses of people do not leave as a file."""
    states = queries.invitation_states(at)
    return ListKind(
        columns=(
            Column("email", _("电子邮箱"), ("email",)),
            Column("role", _("角色"), ("role", "email")),
            Column("by", _("邀请人")),
            Column("invited", _("邀请时间"), ("invited_at",)),
            Column("state", _("状态")),
            Column("act", _("操作")),
        ),
        default_sort="-invited",
        search=queries.invitations_with,
        filters=(
            Filter(
                "state",
                _("状态"),
                [(code, words) for code, (words, _condition) in states.items()],
                lambda code: states[code][1],
            ),
            ROLE,
        ),
        keys=(
            Key(Field("email", ("电子邮箱", "邮箱", "Mail")), column_condition("email")),
            Key(
                Field("by", ("邀请人", "Invited by"), optional=True),
                column_condition("invited_by__display_name"),
            ),
            _day("invited", "invited_at", "邀请时间", "邀请", "Invited"),
            _day("expires", "expires_at", "有效期至", "有效期", "Expires"),
        ),
        hint=_("邮箱或邀请人"),
        code="accounts.invitations",
    )
