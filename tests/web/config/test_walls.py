"""The wall behind the queries: on PostgreSQL rows of another association are not there, whatever is asked."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import ProgrammingError, connection, models, transaction

from keqiao.web.audit.models import Event
from keqiao.web.config.postgres.walls import openings, owned_tables, raise_walls
from keqiao.web.parties.models import Office
from keqiao.web.programmes.models import Call
from keqiao.web.scope import NOBODY, PROGRAM, Scope, current_scope, working_as, working_for
from keqiao.web.walls import Opening
from tests.web import make
from tests.web.walls import as_owner

on_postgres = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="SQLite has no row-level security; queries alone keep rows apart",
)


@pytest.fixture
def two(db) -> tuple[Call, Call]:
    """A draft call of each of two associations."""
    return make.draft_call(), make.draft_call()


def seen() -> set[UUID]:
    return set(Call.objects.values_list("pk", flat=True))


def look_and_fail() -> None:
    """A transaction (or a savepoint) in which rows were seen, and which is rolled back."""
    try:
        with transaction.atomic():
            assert len(seen()) == 1
            raise ZeroDivisionError
    except ZeroDivisionError:
        return


@on_postgres
def test_a_forgotten_filter_shows_no_row_of_another_association(two):
    mine, other = two
    assert seen() == {mine.pk, other.pk}  # the program itself sees both

    with working_for(mine.association_id):
        assert seen() == {mine.pk}
        assert Call.objects.filter(pk=other.pk).count() == 0
    with working_as(NOBODY):
        assert seen() == set()


@on_postgres
def test_a_published_call_is_there_for_everybody(db):
    call = make.published_call()

    with working_as(NOBODY):
        assert seen() == {call.pk}
        assert Call.objects.filter(pk=call.pk).update(title="别人改的") == 0


@on_postgres
def test_raw_sql_is_stopped_too(two):
    mine, _other = two
    with working_for(mine.association_id), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM programmes_call WHERE id IS NULL OR 1=1")
        assert cursor.fetchall() == [(mine.pk,)]


@on_postgres
def test_rows_of_another_association_are_neither_changed_nor_deleted(two):
    mine, other = two
    with working_for(mine.association_id):
        assert Call.objects.filter(pk__in=[mine.pk, other.pk]).update(title="改") == 1
        assert Office.objects.all().delete()[0] == 0

    other.refresh_from_db()
    assert other.title != "改"


@on_postgres
def test_nothing_is_written_for_another_association(two):
    mine, other = two
    office = Office(association_id=other.association_id, name="部", valid_from=make.LONG_AGO)
    with (
        working_for(mine.association_id),
        pytest.raises(ProgrammingError, match="row-level"),
        transaction.atomic(),
    ):
        office.save(force_insert=True)
    office.save(force_insert=True)


@on_postgres
@pytest.mark.django_db(transaction=True)
def test_the_scope_ends_with_its_transaction_on_a_kept_connection():
    mine, other = make.draft_call(), make.draft_call()
    with working_for(mine.association_id):
        with transaction.atomic():
            assert seen() == {mine.pk}
        assert seen() == {mine.pk}  # outside a transaction every statement has one of its own
        look_and_fail()
    with working_as(NOBODY):
        assert seen() == set()
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('keqiao.associations', true)")
            assert cursor.fetchone() == ("",)
    assert seen() == {mine.pk, other.pk}


@on_postgres
def test_a_scope_changes_within_a_transaction_and_comes_back_after_a_savepoint(two):
    mine, other = two
    with transaction.atomic(), working_for(mine.association_id):
        assert seen() == {mine.pk}
        with working_for(other.association_id):
            assert seen() == {other.pk}
        with working_for(other.association_id):
            look_and_fail()
        assert seen() == {mine.pk}


@on_postgres
def test_every_table_of_an_association_stands_behind_the_wall(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        walled = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT viewname FROM pg_views WHERE schemaname = current_schema()")
        views = cursor.fetchall()
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        past_the_wall = cursor.fetchone()

    assert walled == {model._meta.db_table for model in owned_tables()}
    assert views == []  # a view of the owner's would show everything (it would need security_invoker)
    assert past_the_wall == (False,)


@on_postgres
def test_a_policy_that_no_room_wants_any_more_is_dropped(db):
    with as_owner():
        with connection.cursor() as cursor:
            cursor.execute("CREATE POLICY wall_forgotten ON programmes_call USING (true)")
        raise_walls(connection)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_policies WHERE policyname = 'wall_forgotten'")
            assert cursor.fetchone() == (0,)


@on_postgres
def test_the_running_program_changes_and_deletes_no_event(two):
    for change in ("UPDATE audit_event SET act = 'forged'", "DELETE FROM audit_event"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(change)
    assert Event.objects.exists()


def test_every_opening_names_a_table_of_an_association_and_its_reason():
    tables = {model._meta.label for model in owned_tables()}
    opened = list(openings())

    assert opened != []
    assert [each.name for each in opened if each.model not in tables or not each.why] == []
    assert len({(each.model, each.name) for each in opened}) == len(opened)


def keys_that_tell(tables: list[type[models.Model]]) -> Iterator[str]:
    """Unique keys that another association could run into, and so learn that the value exists."""
    for table in tables:
        for names in unique_keys(table):
            if not names & {"association", "association_id"} and not leads_to_owner(table, names):
                yield f"{table._meta.label}: {', '.join(sorted(names))}"


def unique_keys(table: type[models.Model]) -> Iterator[set[str]]:
    for field in table._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield {field.name}
    for constraint in table._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            yield set(constraint.fields)


def leads_to_owner(table: type[models.Model], names: set[str]) -> bool:
    """Is one part of the key a row of an owned table? Then only its association can name it."""
    for name in names:
        try:
            related = table._meta.get_field(name).related_model
        except FieldDoesNotExist:
            continue
        if related in owned_tables():
            return True
    return False


SAID_TO_ALL = {
    "accounts.Registration: number": "drawn by chance",
    "activities.Activity: number, project_id, project_kind": "a project is of one association",
    "indicators.Snapshot: number, project_id, project_kind": "a project is of one association",
    "public_notice.Objection: key": "drawn by chance",
    "approvals.Approval: kind, subject_id, subject_kind": "the subject is a row of the association",
    "registers.Debarment: decision, party": "the id of a decision is drawn by chance",
    "programmes.Call: slug": "begins with the public address of the association",
    "duties.Duty: key, role": "the key holds the id of a case",
    "notifications.Message: key": "the key holds the id of a case, of a person or of a row drawn by chance",
    "filing.Mailbox: folder, host, user_name": "a mailbox is read for one office; who has its password may know",
    "filing.SignaturePage: about_id, about_kind, fingerprint": "the id of a case and the digest of its content",
}
"""Unique keys without the association, each with the reason why it tells nobody anything."""


def test_no_unique_key_tells_that_another_association_has_the_value():
    assert sorted(keys_that_tell(owned_tables())) == sorted(SAID_TO_ALL)


def test_a_key_that_tells_is_found():
    meta = type("Meta", (), {"app_label": "planted", "apps": apps.__class__()})
    columns = {"__module__": __name__, "Meta": meta, "code": models.CharField(max_length=9, unique=True)}
    planted = type("Planted", (models.Model,), columns)

    assert list(keys_that_tell([planted])) == ["planted.Planted: code"]


def test_work_inside_work_comes_back_to_its_own_scope():
    one, two = Scope(associations=frozenset({UUID(int=1)})), Scope(associations=frozenset({UUID(int=2)}))
    assert (
        current_scope() == PROGRAM
    )  # tests are the program; the server is nobody until a request says for whom
    with working_as(one):
        with working_as(lambda: two):
            assert current_scope() == two
        assert current_scope() == one
    assert current_scope() == PROGRAM


def test_an_opening_reads_only_unless_it_says_otherwise():
    assert Opening("programmes.Call", "x", "true", "why").command == "SELECT"
