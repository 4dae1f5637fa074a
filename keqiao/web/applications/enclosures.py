"""Papers of this room that go with a mail: the receipt of a submission (see ``notifications.enclosures``)."""

from django.utils.translation import get_language

from keqiao.web.applications.models import Submission
from keqiao.web.applications.printing import PDF, receipt_name, receipt_pdf
from keqiao.web.files.kinds import media_type
from keqiao.web.notifications.enclosures import Enclosure, NotMade
from keqiao.writers.pdf import NotSet

RECEIPT = "applications.receipt"


def receipt(pk: str) -> Enclosure:
    """The receipt of the submission with this id, as on its page.

    Raises:
        NotMade: the PDF was not set.
    """
    submission = Submission.objects.select_related("application__call", "application__unit").get(pk=pk)
    try:
        content = receipt_pdf(submission)
    except NotSet as failed:
        raise NotMade(f"receipt {pk} ({get_language()}): {failed}") from failed
    return Enclosure(receipt_name(submission), content, media_type(PDF))


ENCLOSURES = {RECEIPT: receipt}
