"""Keys: refused when they do not fit, turned while workers die, destroyed only when nobody needs them."""

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from keqiao.web.audit.queries import timeline
from keqiao.web.parties.models import Person
from keqiao.web.privacy import indexing, keys, turning
from keqiao.web.privacy.indexing import reindex
from keqiao.web.privacy.keyring import KeyMissing, RingUnfit, draw_ring, ring
from keqiao.web.privacy.models import CipherKey
from keqiao.web.privacy.verification import check_locked_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_ring")]

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NUMBER = "11010519491231002X"
INDEX = Person._meta.get_field("identity_key")
COLUMN = keys.Column(Person, "identity_number")


def identity_number(number: int) -> str:
    """A different number with a right check digit for each ``number``."""
    body = f"4101011980{1 + number // 1000 % 12:02d}01{number % 1000:03d}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def person(number=NUMBER):
    return Person.objects.create(name="张三", identity_number=number)


def test_the_first_start_draws_the_keys_and_the_second_finds_them(own_ring):
    own_ring.unlink()

    first = keys.establish(NOW)
    second = keys.establish(NOW)

    assert first == second
    assert own_ring.stat().st_mode & 0o777 == 0o600
    assert {row.id: row.fingerprint for row in CipherKey.objects.all()} == {
        k.id: k.fingerprint for k in first.all()
    }
    assert [event.act for event in timeline(keys.CASE)] == ["key_added", "key_added"]


def test_a_start_without_the_key_file_is_refused_and_draws_no_other(own_ring):
    keys.establish(NOW)
    own_ring.unlink()

    with pytest.raises(KeyMissing, match=r"Put back the copy of keyring\.json"):
        keys.establish(NOW)

    assert not own_ring.exists()


def test_a_start_without_the_key_file_is_refused_also_where_the_database_knows_no_keys(own_ring):
    person()
    own_ring.unlink()

    with pytest.raises(KeyMissing, match=r"Put back the copy of keyring\.json"):
        keys.establish(NOW)


def test_a_start_with_the_key_file_of_another_installation_is_refused(own_ring):
    keys.establish(NOW)
    own_ring.unlink()
    draw_ring()

    with pytest.raises(KeyMissing, match="does not hold"):
        keys.establish(NOW)


def test_another_key_under_the_same_name_is_refused(own_ring):
    keys.establish(NOW)
    said = json.loads(own_ring.read_text())
    said["keys"][0]["secret"] = said["index"]["secret"]
    own_ring.write_text(json.dumps(said))

    with pytest.raises(RingUnfit, match="another key under the name"):
        keys.establish(NOW)


def test_a_key_file_that_others_can_read_is_refused(own_ring):
    own_ring.chmod(0o640)

    with pytest.raises(RingUnfit, match="chmod 600"):
        keys.establish(NOW)


@pytest.mark.parametrize("damage", ["", "{}", '{"keys": [], "index": {}}', "not json"])
def test_a_damaged_key_file_is_refused(own_ring, damage):
    own_ring.write_text(damage)

    with pytest.raises(RingUnfit):
        keys.establish(NOW)


@pytest.mark.django_db(transaction=True)
def test_turning_keys_over_many_rows_survives_a_kill_in_the_middle(monkeypatch):
    people = [Person(name=f"人{n}", identity_number=identity_number(n)) for n in range(2000)]
    for one in people:
        one.save()
    old = ring().current.id
    new = keys.turn(at=NOW).id
    turn_some, turned = turning._turn_some, []

    class Killed(BaseException):
        pass

    def killed_after_a_thousand(column):
        if sum(turned) >= 1000:
            raise Killed
        turned.append(turn_some(column))
        return turned[-1]

    with monkeypatch.context() as patched:
        patched.setattr(turning, "_turn_some", killed_after_a_thousand)
        with pytest.raises(Killed):
            turning.turn_rows(NOW)
    assert keys.keys_in_use(COLUMN) == {old: 1000, new: 1000}
    assert keys.retire_unused(NOW) == []

    done = turning.turn_rows(NOW)

    assert (done.values, done.retired) == (1000, [old])
    assert keys.keys_in_use(COLUMN) == {new: 2000}
    assert check_locked_values().faults == ()
    read = dict(Person.objects.values_list("name", "pk"))
    assert all(
        Person.objects.get(pk=read[f"人{n}"]).identity_number.plain() == identity_number(n)
        for n in range(0, 2000, 97)
    )


def test_what_somebody_changes_meanwhile_is_not_overwritten(monkeypatch):
    made = person()
    keys.turn(at=NOW)
    real = turning.unlock

    def changed_in_between(token, place):
        text = real(token, place)
        again = Person.objects.get(pk=made.pk)
        again.identity_number = identity_number(7)
        again.save()
        monkeypatch.setattr(turning, "unlock", real)
        return text

    monkeypatch.setattr(turning, "unlock", changed_in_between)
    turning.turn_rows(NOW)

    assert Person.objects.get(pk=made.pk).identity_number.plain() == identity_number(7)


def test_a_retired_key_goes_on_reading_until_it_is_destroyed(own_ring):
    keys.establish(NOW)
    old = ring().current.id
    made = person()
    with pytest.raises(RingUnfit, match="not a retired key"):
        keys.forget(old, at=NOW)
    before = dict(Person.objects.values_list("pk", "identity_number"))
    keys.turn(at=NOW)
    turning.turn_rows(NOW)
    Person.objects.filter(pk=made.pk).update(identity_number=before[made.pk])  # a row of an old backup

    assert Person.objects.get(pk=made.pk).identity_number.plain() == NUMBER
    with pytest.raises(RingUnfit, match="still locked"):
        keys.forget(old, at=NOW)
    turning.turn_rows(NOW)
    keys.forget(old, at=NOW)

    assert [key.id for key in ring().keys] == [ring().current.id]
    keys.establish(NOW)


def test_the_commands_turn_and_copy_keys_and_leave_events(tmp_path, capsys):
    person()
    call_command("keys", "rotate", "--wait")
    call_command("keys", "copy", str(tmp_path / "copy.json"))
    call_command("keys", "status")

    assert (tmp_path / "copy.json").read_bytes() == ring_bytes()
    assert (tmp_path / "copy.json").stat().st_mode & 0o777 == 0o600
    acts = [event.act for event in timeline(keys.CASE)]
    assert acts == ["key_added", "key_added", "key_added", "key_retired", "keys_copied"]
    assert f"{ring().current.id}\t" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("keys", "copy", str(tmp_path / "copy.json"))


def ring_bytes():
    return keys.ring_path().read_bytes()


@pytest.mark.django_db(transaction=True)
def test_the_raw_database_file_holds_no_canary():
    if connection.vendor != "sqlite":
        pytest.skip("the one raw file is SQLite's; the next test reads the backup of either engine")
    made = person()
    made.name = "金丝雀"
    made.save()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = Path(connection.settings_dict["NAME"])
    raw = b"".join(path.read_bytes() for path in (file, *file.parent.glob(f"{file.name}-wal")))

    assert "金丝雀".encode() in raw
    assert NUMBER.encode() not in raw


@pytest.mark.django_db(transaction=True)
def test_a_backup_holds_no_canary(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "stored"
    person().names.create(kind="full", text="金丝雀", valid_from=NOW.date())

    call_command("backup", tmp_path / "copy")

    dump = tmp_path / "copy" / "database.dump"
    raw = b"".join(path.read_bytes() for path in (tmp_path / "copy").rglob("*") if path.is_file())
    if dump.exists():
        raw += subprocess.run(["pg_restore", "-f", "-", str(dump)], capture_output=True, check=True).stdout
    assert "金丝雀".encode() in raw
    assert NUMBER.encode() not in raw


def test_indexes_are_made_anew_with_another_key_and_find_what_they_found():
    keys.establish(NOW)
    rows = [person(identity_number(number)) for number in range(3)]
    Person.objects.create(name="无证件")
    before, key_before = dict(Person.objects.values_list("pk", "identity_key")), ring().index

    assert reindex(NOW) == 3

    after = dict(Person.objects.values_list("pk", "identity_key"))
    assert set(before.values()) & set(after.values()) == {None}
    number = INDEX.digest_of(identity_number(1))
    assert Person.objects.get(identity_key=number).pk == rows[1].pk
    assert (check_locked_values().checked, check_locked_values().faults) == (3, ())
    retired = {row.id for row in CipherKey.objects.filter(retired_at__isnull=False)}
    assert (ring().older_indexes, retired) == ((key_before,), {key_before.id})
    assert timeline(keys.CASE).last().act == "indexes_made_anew"
    assert keys.establish(NOW) == ring()


def test_turning_and_dropping_keys_keeps_the_older_keys_of_indexes():
    keys.establish(NOW)
    reindex(NOW)
    older = ring().older_indexes

    keys.turn(at=NOW)
    turning.turn_rows(NOW)

    assert (len(older), ring().older_indexes) == (1, older)


def test_making_indexes_anew_that_was_broken_off_stops_the_start_and_goes_on_with_the_same_key(monkeypatch):
    keys.establish(NOW)
    made = person()
    old = made.identity_key

    def killed(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(indexing, "_take_over", killed)
        with pytest.raises(KeyboardInterrupt):
            reindex(NOW)
    drawn = ring().index
    made = Person.objects.get()
    assert made.identity_key == old
    with pytest.raises(RingUnfit, match="keqiao keys index"):
        keys.establish(NOW)

    assert reindex(NOW) == 1

    assert ring().index == drawn
    assert keys.establish(NOW) == ring()
    assert check_locked_values().faults == ()


def test_the_command_wants_the_program_stopped(capsys):
    keys.establish(NOW)
    before = ring()
    with pytest.raises(CommandError, match="Stop the program"):
        call_command("keys", "index")
    assert ring() == before

    call_command("keys", "index", "--stopped")

    assert "0 rows were made anew" in capsys.readouterr().out
    assert ring().older_indexes == (before.index,)
