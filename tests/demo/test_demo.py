"""The demonstration: invented people and organisations, made by the transitions themselves."""

from collections import Counter

import pytest
from stdnum.cn import uscc

from certbody.accounts.models import Account
from certbody.accounts.roles import Role
from certbody.cases.models import Case, State
from certbody.clients.models import Client, Site
from certbody.demo.cast import organisations, staff
from certbody.demo.making import NotADemonstration, accounts, demonstrate
from certbody.demo.paper import paper
from certbody.demo.stories import STORIES
from certbody.records.models import Event
from certbody.records.sealing import seal
from certbody.records.verify import verify
from tests.people import open_account


def test_forty_organisations_in_several_provinces_with_one_to_38_sites():
    there = organisations()
    sites = [len(one.sites) for one in there]

    assert len(there) == len({one.credit_code for one in there}) == 40
    assert (min(sites), max(sites)) == (1, 38)
    assert len({one.place.code[:2] for one in there}) >= 8
    assert {site.kind for one in there for site in one.sites} == {"own", "franchise", "subsidiary"}


def test_codes_check_and_heads_add_up():
    for one in organisations():
        assert uscc.is_valid(one.credit_code)
        assert one.credit_code[2:8] == one.place.code
        assert sum(site.people for site in one.sites) == one.people


def test_eighteen_people_fill_every_role_of_the_body():
    assert len(staff()) == 18
    assert {role for one in staff() for role in one.roles} == set(Role.values) - {Role.CLIENT}


def test_every_story_is_told_and_known():
    assert {one.story for one in organisations()} == set(STORIES)


def test_a_paper_is_one_that_readers_open():
    pdf = paper("licence")
    place = int(pdf.split(b"startxref\n")[1].split()[0])
    assert pdf[place : place + 4] == b"xref"


@pytest.mark.django_db
def test_an_installation_with_its_own_people_stays_as_it_is():
    open_account("own", Role.ADMINISTRATOR)
    with pytest.raises(NotADemonstration):
        demonstrate(print)
    assert Account.objects.count() == 1


@pytest.mark.django_db(transaction=True)
class TestMade:
    """One making for all of it: it takes a while."""

    def test_the_log_reads_true_and_a_second_start_adds_nothing(self, settings, tmp_path):
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = tmp_path / "mail"
        demonstrate(lambda _: None)

        self.everybody_is_there()
        self.cases_stand_everywhere()
        self.events_follow_in_time()
        before = Event.objects.count()
        demonstrate(lambda _: None)
        assert Event.objects.count() == before

    def everybody_is_there(self):
        assert Client.objects.count() == 40
        assert Site.objects.count() == sum(len(one.sites) for one in organisations())
        for line in accounts(everybody=True):
            role, login, password, token = line.split("\t")
            account = Account.objects.get(login=login)
            assert role in account.roles
            assert account.check_password(password)
            assert account.tokens.get().start == token[:10]

    def cases_stand_everywhere(self):
        states = Counter(Case.objects.values_list("state", flat=True))
        early = set(State.values[: State.values.index("contracted") + 1])
        assert set(states) == early
        assert {"ecpsc", "ccai"} == set(Case.objects.values_list("scheme", flat=True))

    def events_follow_in_time(self):
        for case in Case.objects.all():
            times = list(
                Event.objects.filter(stream=case.stream)
                .order_by("number")
                .values_list("at", flat=True)
            )
            assert times == sorted(times)
        seal()
        assert verify().faults == []
