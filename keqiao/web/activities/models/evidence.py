"""What shows that a record is true: stored files and links. A file is stored once and may serve many records."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models import User
from keqiao.web.activities.models.records import Activity
from keqiao.web.files.models import StoredFile
from keqiao.web.parties.models import Association

LONGEST_LINK = 500


class EvidenceUse(models.Model):
    """That a file or a link is evidence of a record.

    ``sha256`` is the digest of the file, kept here so that the same bytes are found wherever they are used.
    ``measured`` is what was read from the file: ``seconds`` (text), ``width``, ``height``, ``pages``, ``characters``;
    ``measured_at`` is empty until somebody has looked. Taken away, it stays, and shows nothing any more.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="evidence", verbose_name=_("活动登记")
    )
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("文件")
    )
    sha256 = models.CharField(_("摘要"), max_length=64, blank=True, default="")
    link = models.CharField(_("链接"), max_length=LONGEST_LINK, blank=True, default="")
    measured = models.JSONField(_("从文件读出"), default=dict, blank=True)
    measured_at = models.DateTimeField(_("读取时间"), null=True, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("添加人"))
    added_at = models.DateTimeField(_("添加时间"))
    taken_away_at = models.DateTimeField(_("移除时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evidence_is_a_file_or_a_link",
                condition=(Q(file__isnull=False, link="") & ~Q(sha256=""))
                | (Q(file__isnull=True, sha256="") & ~Q(link="")),
            ),
            models.UniqueConstraint(
                name="a_file_once_for_a_record",
                fields=["activity", "sha256"],
                condition=~Q(sha256="") & Q(taken_away_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="a_link_once_for_a_record",
                fields=["activity", "link"],
                condition=~Q(link="") & Q(taken_away_at__isnull=True),
            ),
        ]
        indexes = [models.Index(name="evidence_by_digest", fields=["sha256"])]
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.link or self.sha256
