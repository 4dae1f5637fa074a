"""Statements by hand: their errors are Django's, a broken transaction takes none, and whoever counts sees them."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from keqiao.web.audit.models import ChainHead
from keqiao.web.rows import execute, insert, is_lite, select

pytestmark = pytest.mark.django_db
COLUMNS = ("kind", "case_id", "sequence", "digest")
ROW = ("tests.case", "1", 1, "0" * 64)
BY_KIND = "SELECT case_id, sequence FROM audit_chainhead WHERE kind = %s"


def test_what_is_inserted_is_selected_updated_and_counted():
    assert insert(ChainHead, COLUMNS, [ROW], "RETURNING case_id") == [("1",)]
    assert select(BY_KIND, ["tests.case"]) == [("1", 1)]
    assert execute("UPDATE audit_chainhead SET sequence = 2 WHERE kind = %s", ["tests.case"]) == 1
    assert select(BY_KIND, ["tests.case"]) == [("1", 2)]


def test_a_constraint_that_refuses_is_djangos_error_and_the_transaction_goes_on_behind_its_savepoint():
    insert(ChainHead, COLUMNS, [ROW])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(ChainHead, COLUMNS, [ROW])
    assert select(BY_KIND, ["tests.case"]) == [("1", 1)]


def test_a_wrong_statement_is_djangos_error():
    with pytest.raises(DatabaseError), transaction.atomic():
        select("SELECT nothing FROM nowhere", [])


def test_a_broken_transaction_takes_no_statement():
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            select(BY_KIND, ["tests.case"])


def test_whoever_counts_statements_sees_those_by_hand():
    select(BY_KIND, ["tests.case"])
    with CaptureQueriesContext(connection) as seen:
        select(BY_KIND, ["tests.case"])
    assert [query["sql"].partition(" WHERE")[0] for query in seen] == [BY_KIND.partition(" WHERE")[0]]


def test_postgresql_plans_a_statement_once():
    if is_lite():
        pytest.skip("SQLite keeps statements by itself")
    select(BY_KIND, ["tests.case"])
    select(BY_KIND, ["tests.other"])
    prepared = "SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE statement LIKE %s"
    with connection.cursor() as cursor:
        cursor.execute(prepared, ["SELECT case_id, sequence FROM audit_chainhead%"])
        assert cursor.fetchall() == [(2,)]
