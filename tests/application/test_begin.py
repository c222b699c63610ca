"""Beginning an application: one at a time for each scheme."""

from functools import partial

import pytest

from certbody.application.transitions.begin import begin
from certbody.application.transitions.withdraw import withdraw
from certbody.cases.models import Case
from certbody.rules.terms import Refused
from tests.applications import begun
from tests.people import NOON

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("P-A2")
def test_a_second_case_of_a_scheme_is_refused_while_one_is_under_way():
    play = begun("ecpsc")
    client, by = play.client.pk, play.applicant
    more = partial(begin, client=client, activity="initial", by=by, at=NOON)
    with pytest.raises(Refused) as refused:
        more(scheme="ecpsc")
    (reason,) = refused.value.refusals
    assert (reason.code, reason.facts["number"]) == ("case_under_way", play.number)
    assert Case.objects.count() == 1

    more(scheme="ccai")
    withdraw(number=play.number, reason="以后再申请", by=play.applicant, at=NOON)
    more(scheme="ecpsc")
    assert Case.objects.count() == 3
