"""Write the rows that the public side reads: with each publication, and again where a vocabulary has changed."""

from keqiao.web.parties.actions import count_public_change
from keqiao.web.programmes.models import Call
from keqiao.web.programmes.public_face.rows import rows_of


def offer_to_the_public(call: Call) -> int:
    """Make the rows of ``call`` again, count the change, and return how many categories it offers.

    Called inside the transaction of the act that changes what the public sees of the call.
    """
    rows = rows_of(call)
    for table, made in rows.tables:
        table._default_manager.filter(call=call).delete()
        table._default_manager.bulk_create(made)
    count_public_change()
    return len(rows.offers)
