"""What the office owes because of tables it began to import: to look at what was checked, and to finish."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.call import OFFICER
from keqiao.web.duties.actions import follow
from keqiao.web.duties.kinds import Kind, Owed, for_role
from keqiao.web.imports.models import Import, ImportState

IMPORT = Import._meta.label_lower
FINISH, UNREADABLE = "imports.finish", "imports.unreadable"
KIND_OF = {ImportState.READY.value: FINISH, ImportState.FAILED.value: UNREADABLE}


def finishing_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each table that was checked and waits to be imported."""
    return _owed(ImportState.READY, which)


def unreadable_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each table that could not be read."""
    return _owed(ImportState.FAILED, which)


def follow_import(made: Import, at: datetime) -> None:
    """Open and close what is owed for an import as it stands."""
    this = Q(pk=made.pk)
    owed = [*finishing_owed(this), *unreadable_owed(this)]
    follow([FINISH, UNREADABLE], (IMPORT, str(made.pk)), owed, at=at, fact=made.state)


def _owed(state: ImportState, which: Q | None) -> Iterator[Owed]:
    for each in Import.objects.filter(which or Q(), state=state.value).select_related("file"):
        kind = KIND_OF[state.value]
        yield Owed(
            kind,
            key=f"{kind}:{each.pk}",
            about=(IMPORT, str(each.pk)),
            holder=for_role(OFFICER, each.association_id),
            association_id=each.association_id,
            at=each.begun_at,
            variables={"file": each.file.name},
        )


FILE = frozenset({"file"})
FACTS = {"done": _("已导入"), "importing": _("已开始导入"), "dropped": _("已放弃")}
KINDS = [
    Kind(
        code=FINISH,
        title=_("核对并导入：{file}"),
        otherwise=_("不导入，登记册里就没有这些行"),
        act=_("继续导入"),
        many=_("待导入的表格"),
        link=lambda about_id: reverse("imports:detail", args=[about_id]),
        list_link=lambda: reverse("imports:home"),
        owed_now=finishing_owed,
        variables=FILE,
        facts=FACTS,
    ),
    Kind(
        code=UNREADABLE,
        title=_("表格无法读取：{file}"),
        otherwise=_("更换文件或放弃之前，什么也不会导入"),
        act=_("去查看"),
        many=_("无法读取的表格"),
        link=lambda about_id: reverse("imports:detail", args=[about_id]),
        list_link=lambda: reverse("imports:home"),
        owed_now=unreadable_owed,
        variables=FILE,
        facts=FACTS,
    ),
]
