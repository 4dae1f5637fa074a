"""Who had a word in judging an application: rooms that need somebody without a part in it ask here."""

from uuid import UUID

from keqiao.web.review.models import CheckAnswer, FormalCheck, Task


def experts_asked(application_id: UUID) -> frozenset[UUID]:
    """Return the people (of the register) who were asked to judge an application, whatever they answered."""
    return frozenset(
        Task.objects.filter(application_id=application_id).values_list("expert__person_id", flat=True)
    )


def accounts_that_checked(application_id: UUID) -> frozenset[UUID]:
    """Return the accounts that answered points of its formal check or decided it."""
    answered = CheckAnswer.objects.filter(formal_check__application_id=application_id)
    decided = FormalCheck.objects.filter(application_id=application_id, decided_by__isnull=False)
    return frozenset(answered.values_list("given_by_id", flat=True)) | frozenset(
        decided.values_list("decided_by_id", flat=True)
    )
