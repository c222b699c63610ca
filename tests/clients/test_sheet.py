"""The site list by Excel: what is handed out, read back, compared and imported."""

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from certbody.accounts.roles import Role
from certbody.clients.importing import dry_run
from certbody.clients.sheet import EXAMPLE, GUIDE, SHEET, read, template
from certbody.clients.transitions.import_sites import import_sites
from certbody.clients.transitions.lists import set_sites
from certbody.records.reading import events_of
from certbody.rules.terms import BadInput
from tests.clients.making import HEADINGS, saved, sheet, site, sites
from tests.people import NOON, open_account, organisation_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant():
    return open_account("applicant", Role.CLIENT)


@pytest.fixture
def organisation(applicant):
    return organisation_of(applicant)


@pytest.fixture
def bring(applicant, organisation, tmp_path):
    def act(content: bytes):
        path = saved(content, tmp_path)
        return import_sites(client=organisation.pk, path=path, by=applicant, at=NOON)

    return act


def faults_of(act) -> list[tuple[str, str]]:
    with pytest.raises(BadInput) as bad:
        act()
    return [(one.where, one.code) for one in bad.value.problems]


def test_the_template_explains_itself_in_both_languages(tmp_path):
    book = CalamineWorkbook.from_filelike(BytesIO(template()))
    assert book.sheet_names == [SHEET, GUIDE]
    headings, example = book.get_sheet_by_name(SHEET).to_python()[:2]
    assert headings == HEADINGS
    assert str(example[1]).startswith(EXAMPLE)
    guide = [str(cell) for row in book.get_sheet_by_name(GUIDE).to_python() for cell in row]
    assert all(heading in guide for heading in HEADINGS)
    assert faults_of(lambda: read(saved(template(), tmp_path))) == [("file", "no_site_in_sheet")]


def test_what_is_handed_out_can_be_handed_in_again(bring, applicant, organisation):
    set_sites(client=organisation.pk, rows=sites(3), by=applicant, at=NOON)
    bring(template(list(organisation.sites.all())))
    assert organisation.sites.count() == 3
    assert events_of(organisation.stream).count() == 1  # nothing was changed


@pytest.mark.requirement("E-6.2.2B")
def test_38_sites_are_imported_and_again_without_doubling(bring, organisation):
    content = sheet(sites(38))
    bring(content)
    bring(content)
    assert organisation.sites.count() == 38
    assert organisation.sites.get(number=7).people == 7
    assert events_of(organisation.stream).count() == 1


@pytest.mark.requirement("E-6.2.2B")
def test_three_bad_rows_are_told_by_row_and_column_and_nothing_is_imported(bring, organisation):
    rows = sites(38)
    rows[4]["address"] = ""
    rows[20]["people"] = "约十人"
    rows[36]["kind"] = "分店"
    assert faults_of(lambda: bring(sheet(rows))) == [
        ("sites.6.address", "missing_input"),
        ("sites.22.people", "not_a_count"),
        ("sites.38.kind", "not_a_choice"),
    ]
    assert not organisation.sites.exists()


def test_rows_are_named_as_excel_shows_them(bring):
    rows = [site(1, name=f"{EXAMPLE}店"), {}, site(1), {}, site(1, head_office="否"), site(2)]
    with pytest.raises(BadInput) as bad:
        bring(sheet(rows))
    (fault,) = bad.value.problems
    assert (fault.where, fault.facts["row"]) == ("sites.6.name", 4)


def test_the_dry_run_tells_what_would_change_and_changes_nothing(applicant, organisation, tmp_path):
    set_sites(client=organisation.pk, rows=sites(3), by=applicant, at=NOON)
    rows = [site(1), site(2, people="99"), site(4)]
    run = dry_run(organisation, saved(sheet(rows), tmp_path))
    assert [one.name for one in run.changes.added] == ["门店 4"]
    assert [after.people for _before, after in run.changes.changed] == [99]
    assert [one.name for one in run.changes.same] == ["门店 1"]
    assert [one.name for one in run.changes.gone] == ["门店 3"]
    assert organisation.sites.filter(closed_on__isnull=True).count() == 3
    assert not organisation.sites.filter(people=99).exists()


def test_columns_may_stand_in_another_order_or_be_left_out(bring, organisation):
    headings = ["No.", "名称", "Address", "服务内容 / Service content"]
    bring(sheet([site(1)], [*headings, *HEADINGS[4:]]))
    assert organisation.sites.get().name == "门店 1"


def test_headings_that_are_not_ours_are_named(tmp_path):
    content = sheet([site(1)], ["序号", "名称", "名称", "电话"])
    assert faults_of(lambda: read(saved(content, tmp_path))) == [
        ("file", "heading_doubled"),
        ("file", "unknown_heading"),
        ("file", "no_heading"),
    ]


@pytest.mark.parametrize("content", [b"", b"name;address\n", b"PK\x03\x04" + b"x" * 200])
def test_what_is_no_workbook_is_refused(tmp_path, content):
    assert [code for _, code in faults_of(lambda: read(saved(content, tmp_path)))] == ["bad_file"]


def test_days_and_numbers_of_excel_are_read_as_text(bring, organisation):
    bring(sheet([site(1, name=date(2026, 6, 1), service_content=12)]))
    one = organisation.sites.get()
    assert one.service_content == "12"
