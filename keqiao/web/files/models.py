"""Tables of the room: what is known of a file. Its bytes lie in the store, under their digest."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class FileState(models.TextChoices):
    """How far a file has come."""

    RECEIVING = "receiving", _("接收中")
    STORED = "stored", _("已保存")
    QUARANTINED = "quarantined", _("已隔离")
    REFUSED = "refused", _("已拒收")


class StoredFile(models.Model):
    """One upload. Two uploads of the same bytes are two rows over one object in the store.

    ``name`` is what the sender called it, cleaned for display; it never becomes a path. ``received`` counts
    the bytes that have safely arrived; ``size`` is what the sender announced and must keep.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association_id = models.UUIDField(_("科协"), null=True, blank=True)
    purpose = models.CharField(_("用途"), max_length=40)
    name = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveBigIntegerField(_("大小（字节）"))
    received = models.PositiveBigIntegerField(_("已接收（字节）"), default=0)
    sha256 = models.CharField(_("摘要"), max_length=64, blank=True, default="")
    kind = models.CharField(_("文件类型"), max_length=20, blank=True, default="")
    state = models.CharField(
        _("状态"), max_length=12, choices=FileState.choices, default=FileState.RECEIVING.value
    )
    refusal = models.CharField(_("拒收原因"), max_length=40, blank=True, default="")
    uploaded_by_id = models.UUIDField(_("上传人"))
    begun_at = models.DateTimeField(_("开始时间"))
    touched_at = models.DateTimeField(_("最近接收时间"))
    stored_at = models.DateTimeField(_("保存时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="no_more_received_than_announced", condition=Q(received__lte=F("size"))
            ),
            models.CheckConstraint(
                name="stored_file_is_whole_and_has_digest",
                condition=~Q(state__in=[FileState.STORED.value, FileState.QUARANTINED.value])
                | (Q(received=F("size"), stored_at__isnull=False) & ~Q(sha256="") & ~Q(kind="")),
            ),
        ]
        indexes = [
            models.Index(name="files_by_digest", fields=["sha256"]),
            models.Index(name="files_under_way", fields=["state", "touched_at"]),
            models.Index(name="files_of_an_association", fields=["association_id", "purpose"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def owner_id(self) -> uuid.UUID:
        """Whose space the file takes."""
        return self.association_id or self.uploaded_by_id


class Space(models.Model):
    """How much may be stored and is stored for an owner, in bytes. Its row lock makes the limit hold.

    The owner is the association a file belongs to, or the person where it belongs to none.
    """

    data_kind = "system"

    owner_id = models.UUIDField(_("所有者"), primary_key=True)
    limit_bytes = models.PositiveBigIntegerField(_("容量（字节）"))
    used_bytes = models.PositiveBigIntegerField(_("已用（字节）"), default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="space_is_not_exceeded", condition=Q(used_bytes__lte=F("limit_bytes"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.used_bytes} / {self.limit_bytes}"
