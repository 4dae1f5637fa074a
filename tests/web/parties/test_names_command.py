"""Names keep their compared form; the migration and the command make the same of ordinary names."""

from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from keqiao.core.identifiers import fold
from keqiao.web.parties.models import OrganisationFact, PartyName
from keqiao.web.parties.verification import check_folded_names
from tests.web import make

pytestmark = pytest.mark.django_db
MIGRATION = import_module("keqiao.web.parties.migrations.0003_units_and_people")


def test_a_name_that_was_folded_otherwise_is_found_and_folded_anew():
    unit = make.organisation("三门峡市果树（苹果）学会")
    PartyName.objects.update(folded="别的")
    assert [fault.about for fault in check_folded_names().faults] == [str(unit.pk)]
    out = StringIO()
    call_command("names", stdout=out)
    assert out.getvalue() == "1 names folded anew\n"
    assert check_folded_names().faults == ()


@pytest.mark.parametrize("name", ["三门峡市果树（苹果）学会", "ＡＢＣ 科技（有限）公司", "第３·号—学会"])
def test_the_migration_folds_ordinary_names_as_the_core_does(name):
    make.organisation(name)
    PartyName.objects.update(folded="")
    MIGRATION.fold_names(apps, None)
    assert PartyName.objects.get().folded == fold(name)


def test_the_migration_makes_the_facts_that_registration_makes():
    unit = make.organisation(level="county", region=make.region(), is_legal_person=False)
    by_registration = set(OrganisationFact.objects.values_list("kind", "value", "valid_from", "source"))
    OrganisationFact.objects.all().delete()
    MIGRATION.state_facts(apps, None)
    assert set(unit.facts.values_list("kind", "value", "valid_from", "source")) == by_registration
    assert len(by_registration) == 4
