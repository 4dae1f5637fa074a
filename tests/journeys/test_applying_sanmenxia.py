"""A society applies in the call of sanmenxia: from the empty form to the receipt, a correction, and taking it back."""

import pytest

from tests.journeys import applying

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_society_applies_is_returned_corrects_and_withdraws(page, second_page, settings, live_server):
    city = applying.open_call("sanmenxia", settings)

    applying.apply_on_the_web(page, second_page, city, "sanmenxia")
