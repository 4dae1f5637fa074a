"""Years announced to an installation: the command loads a sound file and refuses any other with all its faults."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command

from keqiao.core.workdays import YearNotPublished, is_working_day
from keqiao.web.audit.queries import timeline
from keqiao.web.calendars.actions import load_year
from keqiao.web.calendars.models import LoadedYear
from keqiao.web.calendars.queries import calendar_for, known_years
from keqiao.web.calendars.verification import check_years
from tests.web import make
from tests.web.calendars.announced import YEAR_2027

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 1, tzinfo=UTC)


def test_a_loaded_year_holds_for_the_whole_installation(tmp_path, capsys):
    here, there = make.association(), make.association()
    with pytest.raises(YearNotPublished):
        calendar_for(here.pk).note_on(date(2027, 2, 5))
    file = tmp_path / "2027.yaml"
    file.write_text(YEAR_2027, encoding="utf-8-sig")

    call_command("calendars", "load", str(file))
    call_command("calendars", "list")

    for association in (here, there):
        assert calendar_for(association.pk).note_on(date(2027, 2, 5)).name == "春节"
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2027\tloaded, version 1\t国办发明电〔2026〕0号"
    assert lines[-1] == "2027\tloaded\t国办发明电〔2026〕0号"
    assert lines[1] == "2010\tshipped\t国办发明电〔2009〕31号" or lines[1].startswith("2010\tshipped\t")
    event = timeline(LoadedYear.objects.get()).get()
    assert (event.act, event.role, event.data["year"]) == ("year_loaded", "command", 2027)


def test_a_wrong_file_is_refused_with_all_its_faults(tmp_path, capsys):
    wrong = YEAR_2027.replace("2027-02-14", "2027-02-15").replace("last: 2027-04-05", "last: 2027-04-04")
    file = tmp_path / "2027.yaml"
    file.write_text(wrong, encoding="utf-8")

    with pytest.raises(CommandError) as refused:
        call_command("calendars", "load", str(file))

    lines = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"{file}:5", f"{file}:10"]
    assert str(refused.value) == f"{file}: not loaded, 2 to correct"
    assert LoadedYear.objects.count() == 0


def test_a_file_that_is_not_there_or_not_named_by_a_year_is_refused(tmp_path, capsys):
    with pytest.raises(CommandError, match="No such file"):
        call_command("calendars", "load", str(tmp_path / "2027.yaml"))
    misnamed = tmp_path / "next.yaml"
    misnamed.write_text(YEAR_2027, encoding="utf-8")
    with pytest.raises(CommandError, match="1 to correct"):
        call_command("calendars", "load", str(misnamed))
    assert LoadedYear.objects.count() == 0
    assert "next.yaml" in capsys.readouterr().err


def test_an_amended_notice_is_a_further_version_and_the_same_file_changes_nothing():
    association = make.association()
    load_year("2027.yaml", YEAR_2027.encode(), at=AT)
    load_year("2027.yaml", YEAR_2027.encode(), at=AT)
    assert [row.number for row in LoadedYear.objects.all()] == [1]
    assert is_working_day(date(2027, 3, 15), calendar_for(association.pk))

    amended = (
        YEAR_2027
        + "amended_by: [国办发明电〔2027〕1号]\noverrides: [{day: 2027-03-15, works: false, reason: 哀悼日}]\n"
    )
    load_year("2027.yaml", amended.encode(), at=AT)

    assert [row.number for row in LoadedYear.objects.all()] == [1, 2]
    assert known_years()[2027].notices == ("国办发明电〔2026〕0号", "国办发明电〔2027〕1号")
    assert not is_working_day(date(2027, 3, 15), calendar_for(association.pk))


def test_a_loaded_year_that_was_altered_is_found_by_verify():
    load_year("2027.yaml", YEAR_2027.encode(), at=AT)
    assert (check_years().checked, check_years().faults) == (1, ())

    LoadedYear.objects.update(content=YEAR_2027.replace("2027-10-09", "2027-10-10"))
    assert [fault.code for fault in check_years().faults] == ["year.altered"]
    LoadedYear.objects.update(content="notice: ''")
    assert [fault.code for fault in check_years().faults] == ["year.altered", "year.unsound"]
