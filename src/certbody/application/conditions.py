"""What must be true before an act: every condition with its clause, met or not, and who mends it.

The gate on the screen, the refusal of the transition and the answer of the API are all made from
these, so they cannot differ.
"""

from collections.abc import Iterator
from datetime import date

from certbody.application import rulebook
from certbody.application.models import Application
from certbody.cases.editions import asked
from certbody.cases.gates import Condition, Places, in_order, judged, unanswered, words_of
from certbody.rules.terms import BadInput, Clause, Refusal, Refused, Words

# Where a condition is mended: a page of the application, or a part of its review.
PLACES = Places(
    "eligibility", {"licences": "licences", "incidents": "incidents", "penalties": "incidents"}
)


def to_submit(application: Application, on: date) -> list[Condition]:
    """Return what must be true before an application is submitted or handed in again."""
    act = "submit" if application.case.state == "draft" else "resubmit"
    return [
        *in_order(application.case, act, on),
        *eligibility(application, on),
        *scope(application),
        *documents(application, on),
        *_threads_answered(application),
        _declared(application),
    ]


def to_accept(application: Application, asked_facts: rulebook.Given, on: date) -> list[Condition]:
    """Return what must be true before an application is accepted."""
    return [
        *in_order(application.case, "accept", on),
        *_acceptance(application, asked_facts, on),
        *_threads_settled(application),
        *_audit_time(application),
        *_outcome(application, "accept", {}, on),
    ]


def to_answer(application: Application, act: str, reason: str, on: date) -> list[Condition]:
    """Return what must be true before an application is deferred or declined, with a reason."""
    return [
        *in_order(application.case, act, on),
        *_outcome(application, act, {"reason": reason}, on),
    ]


def to_ask(application: Application, asked_for: int, on: date) -> list[Condition]:
    """Return what must be true before more material is asked for."""
    facts: rulebook.Given = {"missing": asked_for, "missing_named": asked_for > 0}
    return [
        *in_order(application.case, "ask_supplement", on),
        *_outcome(application, "ask_supplement", facts, on),
    ]


def eligibility(application: Application, on: date) -> list[Condition]:
    """Return every condition for applying, tested for the day of application."""
    section = rulebook.requirements(application, rulebook.ELIGIBILITY)
    if section is None:
        return []
    given = {
        **application.facts,
        **rulebook.known_for(application, section.inputs, on),
    }
    return judged(application.case, rulebook.ELIGIBILITY, given, on, PLACES)


def scope(application: Application) -> list[Condition]:
    """Return what the scope lacks: its text, the people in it, and each element asked for."""
    case, clause = application.case, Clause("7.2", "ISO/IEC 17065:2012")
    needs = [
        ("scope_text", bool(application.scope_text.strip()), "scope_text_missing"),
        ("people", bool(application.people), "people_missing"),
    ]
    found = [
        _plain(_WORDS[name], clause, "scope", None if met else Refusal(code, clause))
        for name, met, code in needs
    ]
    sites = case.client.sites.filter(closed_on__isnull=True).exists()
    refusal = None if sites else Refusal("sites_missing", clause)
    found.append(_plain(_WORDS["sites"], clause, "sites", refusal))
    return [
        *found,
        *_listed(application, rulebook.SCOPE, "scope", case.submitted_on or case.opened_at.date()),
    ]


def documents(application: Application, on: date) -> list[Condition]:
    """Return the documents that are missing; one condition that holds where none is."""
    return _listed(application, rulebook.DOCUMENTS, "documents", on)


def documents_given(application: Application) -> rulebook.Given:
    """Return which documents are present and why others are left out, as the checklist asks."""
    present = application.documents.filter(taken_back_at__isnull=True)
    return {
        "present": sorted(set(present.values_list("item", flat=True))),
        "not_applicable": dict(application.left_out.values_list("item", "reason")),
    }


def _listed(application: Application, name: str, where: str, on: date) -> list[Condition]:
    section = rulebook.checklist(application, name)
    if section is None:
        return []
    given = {**_present(application, name), **_facts_for(application, name, on)}
    try:
        answer = asked(application.case, name, given, on)
    except BadInput as bad:
        return [unanswered(problem, section.clause, PLACES) for problem in bad.problems]
    missing = [
        Condition(words_of(refusal), refusal.clause, where, refusal)
        for refusal in answer.more["refusals"]
    ]
    return missing or [Condition(section.words, section.clause, where)]


def _present(application: Application, name: str) -> rulebook.Given:
    if name == rulebook.DOCUMENTS:
        return documents_given(application)
    described = {item for item, text in application.scope.items() if text.strip()}
    known = {item.id for item in rulebook.items(application, name)}
    return {"present": sorted(described & known), "not_applicable": {}}


def _facts_for(application: Application, name: str, on: date) -> rulebook.Given:
    section = rulebook.checklist(application, name)
    inputs = section.inputs if section else {}
    answers = {name: value for name, value in application.facts.items() if name in inputs}
    return {**answers, **rulebook.known_for(application, inputs, on)}


def _acceptance(application: Application, asked_facts: rulebook.Given, on: date) -> list[Condition]:
    section = rulebook.requirements(application, rulebook.ACCEPTANCE)
    if section is None:
        return []
    given = {**asked_facts, **acceptance_facts(application, on)}
    return judged(application.case, rulebook.ACCEPTANCE, given, on, PLACES)


def acceptance_facts(application: Application, on: date) -> rulebook.Given:
    """Return what the program knows of the questions that acceptance asks."""
    review = application.reviews.first()
    answers = dict(review.answers.values_list("question", "met")) if review else {}
    questions = [item.id for item in rulebook.items(application, rulebook.QUESTIONS)]
    missing = [one for one in documents(application, on) if not one.met]
    elements = _listed(application, rulebook.SCOPE, "scope", on)
    return {
        **{name: answers.get(name, False) for name in questions},
        "eligible": all(one.met for one in eligibility(application, on)),
        "documents_missing": len(missing),
        "scope_missing": len([one for one in elements if not one.met]),
        "questions_not_met": len([name for name in questions if not answers.get(name)]),
        "review_signed": review is not None,
        "written_reply": True,  # acceptance itself writes the reply, in the same transaction
        "truth_confirmed": application.declared_at is not None,
    }


def _outcome(
    application: Application, act: str, facts: rulebook.Given, on: date
) -> Iterator[Condition]:
    """Give what the rulebook's own outcome for this act requires."""
    option = rulebook.outcome_for(application, act)
    if option is None:
        return
    given = {"choose": option.id, "in_writing": True, **facts}
    try:
        asked(application.case, rulebook.OUTCOMES, given, on)
    except Refused as refused:
        for one in refused.refusals:
            yield Condition(words_of(one), one.clause, "outcome", one)
    except BadInput as bad:
        for problem in bad.problems:
            yield unanswered(problem, option.clause, PLACES)


def _threads_answered(application: Application) -> Iterator[Condition]:
    clause = Clause("7.2", "ISO/IEC 17065:2012")
    for thread in application.supplements.filter(answered_at__isnull=True, settled_at__isnull=True):
        refusal = Refusal("supplement_unanswered", clause, {"what": thread.asked})
        yield Condition(_WORDS["answered"], clause, "supplements", refusal)


def _threads_settled(application: Application) -> Iterator[Condition]:
    clause = Clause("7.3.1", "ISO/IEC 17065:2012")
    for thread in application.supplements.filter(settled_at__isnull=True):
        refusal = Refusal("supplement_open", clause, {"what": thread.asked})
        yield Condition(_WORDS["settled"], clause, "supplements", refusal)


def _audit_time(application: Application) -> Iterator[Condition]:
    found = rulebook.sum_for(application, rulebook.MAN_DAYS)
    if found is None:
        return
    section = found[1]
    there = application.determinations.exists()
    refusal = None if there else Refusal("audit_time_missing", section.clause)
    yield Condition(section.words, section.clause, "man_days", refusal)


def _declared(application: Application) -> Condition:
    clause = Clause("7.2", "ISO/IEC 17065:2012")
    refusal = None if application.declared_at else Refusal("not_declared", clause)
    return Condition(_WORDS["declared"], clause, "submit", refusal)


def _plain(what: Words, clause: Clause, where: str, refusal: Refusal | None) -> Condition:
    return Condition(what, clause, where, refusal)


_WORDS = {
    "scope_text": Words("已说明申请的认证范围", "The scope applied for is described"),
    "people": Words("已填写范围内人数", "The people within the scope are counted"),
    "sites": Words("已登记服务场所", "The service sites are registered"),
    "answered": Words("已答复补充要求", "What was asked for is answered"),
    "settled": Words("补充要求均已解决", "Everything asked for is settled"),
    "declared": Words("委托人确认资料真实", "The client confirms that the information is true"),
}
