"""What must always hold of signature pages: states are what the events say, pictures are about what their page is."""

from django.db.models import F, Q

from keqiao.core.lifecycle.filed_mail import STATE_AFTER as MAIL_STATE_AFTER
from keqiao.core.lifecycle.scan import STATE_AFTER
from keqiao.web.audit.verification import Check, Fault, Outcome, compare_states
from keqiao.web.filing.models import Mail, PaperReceipt, Scan


def check_scans() -> Outcome:
    """Check that the state of each picture is what its events say."""
    states = Scan.objects.values_list("pk", "state").iterator()
    return compare_states(Scan._meta.label_lower, states, STATE_AFTER)


def check_what_scans_show() -> Outcome:
    """Check that each picture is about what its page is about, and belongs to the same association."""
    with_page = Scan.objects.filter(page__isnull=False)
    same = Q(
        about_kind=F("page__about_kind"),
        about_id=F("page__about_id"),
        association_id=F("page__association_id"),
    )
    strays = with_page.exclude(same).values_list("pk", flat=True)
    return Outcome(with_page.count(), tuple(Fault("scan.about_differs", str(pk)) for pk in strays))


def check_mails() -> Outcome:
    """Check that the state of each filed mail is what its events say."""
    states = Mail.objects.values_list("pk", "state").iterator()
    return compare_states(Mail._meta.label_lower, states, MAIL_STATE_AFTER)


def check_mails_of_applications() -> Outcome:
    """Check that mails and paper belong to the association of their application."""
    mails = Mail.objects.filter(application__isnull=False)
    faults = [
        Fault("mail.other_association", str(pk))
        for pk in mails.exclude(association_id=F("application__association_id")).values_list("pk", flat=True)
    ]
    papers = PaperReceipt.objects.exclude(association_id=F("application__association_id"))
    faults += [Fault("paper.other_association", str(pk)) for pk in papers.values_list("pk", flat=True)]
    return Outcome(mails.count() + PaperReceipt.objects.count(), tuple(faults))


CHECKS: list[tuple[str, Check]] = [
    ("pictures of signature pages", check_scans),
    ("what pictures show", check_what_scans_show),
    ("filed mails", check_mails),
    ("whose mails and papers these are", check_mails_of_applications),
]
