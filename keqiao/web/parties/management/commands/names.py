"""``keqiao names``: bring the compared forms of all names up to the present rules of comparison."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from keqiao.core.identifiers import fold
from keqiao.web.parties.models import PartyName

AT_ONCE = 500


class Command(BaseCommand):
    help = (
        "Fold all names anew, after an upgrade that compares names in another way. Safe to run at any time."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        changed: list[PartyName] = []
        for name in PartyName.objects.iterator(chunk_size=AT_ONCE):
            folded = fold(name.text)
            if folded != name.folded:
                name.folded = folded
                changed.append(name)
        with transaction.atomic():
            PartyName.objects.bulk_update(changed, ["folded"], batch_size=AT_ONCE)
        self.stdout.write(f"{len(changed)} names folded anew")
