"""Columns of personal values: unreadable in the table, bound to their row, found by their blind index."""

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import connection

from keqiao.web.parties.models import Organisation, Person
from keqiao.web.privacy.ciphers import ValueDamaged
from keqiao.web.privacy.verification import check_locked_values
from tests.web import make

pytestmark = pytest.mark.django_db

NUMBER = "11010519491231002X"
ACCOUNT = "4100150000010001234"


def person(number=NUMBER):
    made = Person(name="张三", identity_number=number)
    made.full_clean()
    made.save()
    return Person.objects.get(pk=made.pk)


def column(table, name, pk):
    with connection.cursor() as cursor:
        pk = pk.hex if connection.vendor == "sqlite" else pk
        cursor.execute(f"SELECT {name} FROM {table} WHERE party_ptr_id = %s", [pk])
        return cursor.fetchone()[0]


def found_by(number):
    return list(Person.objects.filter(identity_key=Person._meta.get_field("identity_key").digest_of(number)))


def test_the_table_holds_no_plain_number_and_the_program_can_open_it():
    made = person()

    stored = column("parties_person", "identity_number", made.pk)

    assert NUMBER not in stored
    assert NUMBER[:6] not in stored
    assert made.identity_number.plain() == NUMBER


def test_what_prints_a_value_prints_its_mask():
    made = person()

    assert (str(made.identity_number), f"{made.identity_number}", repr(made.identity_number)) == (
        "110105********002X",
        "110105********002X",
        "<sealed>",
    )


def test_the_same_number_is_locked_differently_each_time():
    one, other = person(), make.organisation()
    other.bank_account = ACCOUNT
    other.save()
    first = column("parties_organisation", "bank_account", other.pk)
    other.bank_account = ACCOUNT
    other.save()

    assert column("parties_organisation", "bank_account", other.pk) != first
    assert Organisation.objects.get(pk=other.pk).bank_account.plain() == ACCOUNT
    assert one.identity_number.plain() == NUMBER


def test_saving_an_unchanged_row_leaves_the_locked_value_alone():
    made = person()
    before = column("parties_person", "identity_number", made.pk)

    made.save()

    assert column("parties_person", "identity_number", made.pk) == before


def test_a_value_moved_to_another_row_does_not_open():
    one, other = person(), person("")
    token = column("parties_person", "identity_number", one.pk)
    with connection.cursor() as cursor:
        pk = other.pk.hex if connection.vendor == "sqlite" else other.pk
        cursor.execute("UPDATE parties_person SET identity_number = %s WHERE party_ptr_id = %s", [token, pk])

    with pytest.raises(ValueDamaged, match=f"parties_person.identity_number/{other.pk}"):
        Person.objects.get(pk=other.pk).identity_number.plain()

    assert [fault.code for fault in check_locked_values().faults] == ["locked.damaged"]


def test_a_value_handed_to_another_row_by_the_program_is_locked_for_it():
    one, other = person(), person("")
    taken = one.identity_number
    one.identity_number = ""
    one.save()
    other.identity_number = taken
    other.save()

    assert Person.objects.get(pk=other.pk).identity_number.plain() == NUMBER
    assert Person.objects.get(pk=one.pk).identity_number == ""
    assert Person.objects.get(pk=one.pk).identity_key is None


@pytest.mark.parametrize(
    "typed", [NUMBER, "11010519491231002x", " 110105 19491231 002X ", "１１０１０５19491231002X"]
)
def test_a_person_is_found_by_the_number_as_people_type_it(typed):
    made = person()

    assert found_by(typed) == [made]
    assert found_by("110105194912310038") == []


def test_two_persons_cannot_have_one_number():
    person()

    with pytest.raises(ValidationError) as refused:
        person("11010519491231002x")

    assert list(refused.value.error_dict) == ["identity_key"]


def test_plain_text_does_not_get_into_a_query():
    person()

    for careless in (
        lambda: list(Person.objects.filter(identity_number=NUMBER)),
        lambda: list(Person.objects.filter(identity_number__contains="1101")),
        lambda: Person.objects.update(identity_number=NUMBER),
    ):
        with pytest.raises(FieldError):
            careless()


def test_a_blind_index_that_does_not_fit_is_found():
    made = person()
    assert check_locked_values().faults == ()

    Person.objects.filter(pk=made.pk).update(identity_key="0" * 64)

    assert [fault.code for fault in check_locked_values().faults] == ["locked.index_differs"]
