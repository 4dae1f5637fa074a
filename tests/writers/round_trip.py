"""Definition → notice → reading, and what is compared at both ends."""

from keqiao.core.guides.flat import flat as flat_reading
from keqiao.core.guides.reading import read_call
from keqiao.readers.vocabulary import guide_vocabulary
from keqiao.writers.reading import flat
from tests.writers.notices import facts


def expected_facts(programme):
    """The facts that a reading of the notice must find."""
    stated = flat(programme)
    document = stated["document"]
    rules = document.setdefault("general_rules", [])
    if programme.deadline:
        rules.append(_deadline_rule(programme.deadline))
    for track in programme.tracks:
        rules.append(_deadline_rule(track.deadline))
    mails = [
        terms.filing.email for terms in (programme, *programme.tracks) if terms.filing and terms.filing.email
    ]
    document["contacts"] += [{"email": mail} for mail in mails]
    return facts(stated)


def _deadline_rule(deadline):
    return {"formal": {"type": "deadline", "date": deadline.on.isoformat()}}


def read_facts(document):
    """The facts that the reader finds in a document."""
    return facts(flat_reading(read_call(document, guide_vocabulary())))
