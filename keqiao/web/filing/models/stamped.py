"""Signature pages (盖章页) as they were printed, and the pictures of stamped ones that came back."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.scan import ScanState
from keqiao.web.accounts.models import User
from keqiao.web.files.models import StoredFile
from keqiao.web.parties.models import Association

STATE_WORDS = {
    ScanState.MATCHED: _("已识别"),
    ScanState.UNMATCHED: _("未识别"),
    ScanState.ATTACHED: _("人工关联"),
    ScanState.SET_ASIDE: _("已搁置"),
}
STATES = sorted(state.value for state in ScanState)


class Seal(models.TextChoices):
    """Is red of a seal to be seen where one belongs? That something red is there, not that it is a valid seal."""

    YES = "yes", _("可见红色印章")
    NO = "no", _("未见红色印章")
    UNCLEAR = "unclear", _("看不清，请人工核对")
    NOT_ASKED = "", _("未查看")


class Way(models.TextChoices):
    """By what a picture was found to be of its page."""

    CODE = "code", _("识别二维码")
    HAND = "hand", _("人工关联")
    NONE = "", _("未关联")


class SignaturePage(models.Model):
    """One page to be signed and stamped, for one content of one thing: never changed.

    What it is about is (``about_kind``, ``about_id``): an application, or what a room above says can be stamped.
    ``fingerprint`` is the SHA-256 of the content that is signed; the same content has the same page however often it is
    printed. ``version`` is the number of the version that has this content, where there is such a number. ``boxes``
    are the places to sign as they were printed: ``{"title": …, "seal": …}``, ``seal`` empty where none belongs.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    about_kind = models.CharField(_("对象类型"), max_length=60)
    about_id = models.UUIDField(_("对象标识"))
    fingerprint = models.CharField(_("指纹"), max_length=64)
    version = models.PositiveIntegerField(_("版次"), null=True, blank=True)
    boxes = models.JSONField(_("签章栏"), default=list, blank=True)
    made_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("生成人")
    )
    made_at = models.DateTimeField(_("生成时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_signature_page_per_content", fields=["about_kind", "about_id", "fingerprint"]
            ),
            models.CheckConstraint(
                name="signature_page_says_of_what", condition=~Q(about_kind="") & ~Q(fingerprint="")
            ),
        ]
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.about_kind} {self.about_id} {self.fingerprint[:8]}"


class Scan(models.Model):
    """One page of a file that was brought: a scan, a photo, or a page of a PDF.

    ``file`` is what came, ``position`` the page in it (from 1), ``picture`` that page turned and straightened, if it
    could be. ``page`` is the signature page that it shows; ``about_kind`` and ``about_id`` what it is about: as its
    page, or as a person said. ``seals`` says for each box of the page whether red of a seal is seen in it, ``seal``
    the same of all boxes that want one. ``signatures`` are the electronic signatures of a signed PDF as reported,
    never judged valid.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("文件"))
    position = models.PositiveSmallIntegerField(_("页次"), default=1)
    picture = models.OneToOneField(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stamped_picture",
        verbose_name=_("校正后的图片"),
    )
    page = models.ForeignKey(
        SignaturePage, models.PROTECT, null=True, blank=True, related_name="scans", verbose_name=_("盖章页")
    )
    about_kind = models.CharField(_("对象类型"), max_length=60, blank=True, default="")
    about_id = models.UUIDField(_("对象标识"), null=True, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=[(state.value, words) for state, words in STATE_WORDS.items()]
    )
    way = models.CharField(_("关联方式"), max_length=4, choices=Way.choices, blank=True, default=Way.NONE)
    seal = models.CharField(_("印章"), max_length=8, choices=Seal.choices, blank=True, default=Seal.NOT_ASKED)
    seals = models.JSONField(_("各栏印章"), default=list, blank=True)
    signatures = models.JSONField(_("电子签名"), default=list, blank=True)
    taken_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("上传人")
    )
    taken_at = models.DateTimeField(_("上传时间"))

    class Meta:
        constraints = [
            models.CheckConstraint(name="scan_state_is_known", condition=Q(state__in=STATES)),
            models.UniqueConstraint(name="one_scan_per_page_of_a_file", fields=["file", "position"]),
            models.CheckConstraint(
                name="scan_that_counts_is_about_something",
                condition=~Q(state__in=[ScanState.MATCHED.value, ScanState.ATTACHED.value])
                | (~Q(about_kind="") & Q(about_id__isnull=False) & ~Q(way="")),
            ),
            models.CheckConstraint(
                name="scan_known_by_its_code_has_a_page",
                condition=~Q(way="code") | Q(page__isnull=False),
            ),
        ]
        indexes = [models.Index(name="scans_of_what_was_signed", fields=["about_kind", "about_id"])]
        ordering = ["-taken_at", "position"]

    def __str__(self) -> str:
        return f"{self.file} {self.position}"
