"""The one table of the room: views of lists that people saved."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """A search, its filters and its order under a name, kept by somebody for one list.

    ``owner_id`` is the account, ``association_id`` the association whose officers share it (none: nobody): values,
    because both stand above this room. ``asked`` is the query of the address. A preference, not an act: it changes
    no case and leaves no event.
    """

    data_kind = "system"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner_id = models.UUIDField(_("账号"))
    association_id = models.UUIDField(_("科协"), null=True, blank=True)
    list_code = models.CharField(_("列表"), max_length=60)
    name = models.CharField(_("名称"), max_length=20)
    asked = models.CharField(_("条件"), max_length=2000)
    saved_at = models.DateTimeField(_("保存时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_view_per_name", fields=["owner_id", "list_code", "name"])
        ]
        indexes = [models.Index(name="views_of_a_list", fields=["list_code", "owner_id"])]
        ordering = ["saved_at"]

    def __str__(self) -> str:
        return self.name
