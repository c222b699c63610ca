"""How far each client has come: a story is a list of acts. Later stages lengthen the stories."""

from collections.abc import Mapping, Sequence

from certbody.demo import play
from certbody.demo.play import Act

REGISTERED: Sequence[Act] = (play.signs_up, play.registers, play.lists_sites)
_DRAFT: list[Act] = [play.begins, play.describes]
_FILLED: list[Act] = [*_DRAFT, play.answers_questions, play.hands_in_all]
_SUBMITTED: list[Act] = [*_FILLED, play.submits]
_ASKED: list[Act] = [*_SUBMITTED, play.asks_for_more]
_ANSWERED: list[Act] = [*_ASKED, play.answers_what_was_asked, play.submits]
_REVIEWED: list[Act] = [*_SUBMITTED, play.reviews]
_ACCEPTED: list[Act] = [*_REVIEWED, play.accepts]
_DRAWN_UP: list[Act] = [*_ACCEPTED, play.draws_up]

STORIES: Mapping[str, Sequence[Act]] = {
    "registered": [],
    "draft": _DRAFT,
    "draft_half": [*_DRAFT, play.answers_questions, play.hands_in_half],
    "submitted": _SUBMITTED,
    "supplement_asked": _ASKED,
    "supplement_answered": _ANSWERED,
    "reviewed": _REVIEWED,
    "accepted": _ACCEPTED,
    "contract_drawn_up": _DRAWN_UP,
    "contracted": _DRAWN_UP,  # signed afterwards, see ``signing``
    "deferred": [*_SUBMITTED, play.defers],
    "declined": [*_REVIEWED, play.declines],
    "withdrawn": [*_SUBMITTED, play.withdraws],
}
