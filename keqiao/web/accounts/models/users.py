"""Who can log in: by mail address or telephone number, there is no third name."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from keqiao.web.parties.models import Person


class UserManager(BaseUserManager["User"]):
    """Finds accounts by what people type in to log in."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account with this mail address or telephone number, or raise DoesNotExist."""
        field = "email__iexact" if "@" in (username or "") else "phone"
        return self.get(**{field: username})


class User(AbstractBaseUser):
    """An account. What it may do stands in its grants, never here."""

    data_kind = "shared"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("电子邮箱"), null=True, blank=True, unique=True, default=None)
    phone = models.CharField(_("手机号码"), max_length=20, null=True, blank=True, unique=True, default=None)
    display_name = models.CharField(_("姓名"), max_length=60)
    language = models.CharField(
        _("语言"), max_length=10, default="zh-hans", choices=[("zh-hans", "中文"), ("en", "English")]
    )
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="account", verbose_name=_("人员档案")
    )
    is_active = models.BooleanField(_("启用"), default=True)
    is_demonstration = models.BooleanField(_("演示账号"), default=False)
    joined_at = models.DateTimeField(_("开户时间"))

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    objects = UserManager()

    acting_for: uuid.UUID | None = None
    """The unit this person acts for in this request (``accounts.middleware``); None: for all of their own."""

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_mail_address"),
            models.CheckConstraint(
                name="account_has_a_name_to_log_in",
                condition=models.Q(email__isnull=False) | models.Q(phone__isnull=False),
            ),
        ]
        ordering = ["display_name"]

    def __str__(self) -> str:
        return self.display_name

    def get_full_name(self) -> str:
        """The name shown to others; packages ask for it under this name."""
        return self.display_name

    get_short_name = get_full_name

    def own_grants_at(self, moment: datetime) -> list["Grant"]:  # noqa: F821  told by relation, not by import
        """Return all grants in force at ``moment``, read once per object and moment."""
        held = self.__dict__.setdefault("_grants_at", {})
        if moment not in held:
            held[moment] = list(self.grants.in_force(moment).select_related("organisation"))
        return held[moment]

    def grants_at(self, moment: datetime) -> list["Grant"]:  # noqa: F821
        """Return the grants that count at ``moment``: acting for a unit, those held for that unit and no others.

        So whoever acts for a unit never sees more than that unit's roles give, nor more than the person may.
        """
        held = self.own_grants_at(moment)
        if self.acting_for is None:
            return held
        return [grant for grant in held if grant.organisation_id == self.acting_for]

    def roles_at(self, moment: datetime) -> frozenset[str]:
        """Return the codes of the roles held anywhere at ``moment``."""
        return frozenset(grant.role for grant in self.grants_at(moment))

    def organisations_as(self, role: str, moment: datetime) -> frozenset[uuid.UUID]:
        """Return the ids of the organisations for which ``role`` is held at ``moment``."""
        return frozenset(
            grant.organisation_id
            for grant in self.grants_at(moment)
            if grant.role == role and grant.organisation_id is not None
        )
