"""The count of changes of what the public sees; it stands in the lowest room whose changes count."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicEdition(models.Model):
    """One row that counts the changes of what the public sees; whoever keeps a finished page compares it."""

    data_kind = "system"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(_("变动次数"), default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="one_public_edition", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return str(self.number)
