"""Making the demonstration: every act of every client, in the order of their moments.

All of it is one transaction, so a start that is cut off leaves nothing behind; only signing comes
after it, since the code to sign with arrives by mail. What is there already is not made again.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import cycle
from random import Random

from django.db import transaction
from django.utils import timezone

from certbody.accounts.models import Account, ApiToken
from certbody.accounts.roles import Role
from certbody.accounts.scopes import SCOPES
from certbody.accounts.transitions.open import open_account
from certbody.accounts.transitions.tokens import digest_of, make_token
from certbody.demo.cast import Organisation, Person, organisations, staff
from certbody.demo.people import qualify
from certbody.demo.play import Act, Play
from certbody.demo.secrets import password, token
from certbody.demo.signing import sign_what_is_drawn_up
from certbody.demo.stories import REGISTERED, STORIES

_BEGAN = timedelta(days=200)  # before the day the demonstration is made
_SETTLED = timedelta(days=5)  # the body's own people come first
_QUALIFIED = timedelta(days=1)  # after the first accounts are opened
_APART = timedelta(days=2)  # one client after the other
_TOKENS_LAST = timedelta(days=365)
_MONDAY, _SATURDAY, _WEEK = 0, 5, 7
_OPENS, _WORKS = 9, 8 * 60  # hour of the day, minutes of work

Moment = tuple[datetime, int, Play, Act]


class NotADemonstration(Exception):  # noqa: N818  named for what is found
    """There are accounts that no demonstration has made."""


def demonstrate(say: Callable[[str], None]) -> None:
    """Make what is missing; raise ``NotADemonstration`` for an installation with its own people."""
    if not Account.objects.exists():
        say("正在生成演示数据，约需半分钟。 Making the demonstration's data, about half a minute.")
        _made(timezone.now())
    elif not is_one():
        raise NotADemonstration
    sign_what_is_drawn_up()


def is_one() -> bool:
    """Tell whether this installation is a demonstration: its administrator has the token of one."""
    return ApiToken.objects.filter(digest=digest_of(token(staff()[0].login))).exists()


def accounts(*, everybody: bool) -> Iterator[str]:
    """Return a line an account and role: role, login, password, token; of clients some, or all."""
    for person in staff():
        for role in person.roles:
            yield "\t".join((role, person.login, password(person.login), token(person.login)))
    for one in organisations() if everybody else organisations()[:6]:
        yield "\t".join((Role.CLIENT, one.login, password(one.login), token(one.login)))


@transaction.atomic
def _made(now: datetime) -> None:
    began = _working(timezone.localtime(now) - _BEGAN, Random(0))  # noqa: S311  no secret
    people = _employed(staff(), began)
    qualify(staff(), began + _QUALIFIED, timezone.localdate(now))
    reviewers = cycle([one for one in people if Role.APPLICATION_REVIEWER in one.roles])
    for at, _, play, act in sorted(_moments(reviewers, began), key=lambda moment: moment[:2]):
        act(play, at)
    for account in Account.objects.order_by("pk"):
        _given_token(account, now)


def _employed(persons: Iterable[Person], began: datetime) -> list[Account]:
    """Open the accounts of the staff; the administrator's comes first and opens the others."""
    opened: list[Account] = []
    for minute, one in enumerate(persons):
        account = open_account(
            login=one.login,
            name=one.name,
            email=f"{one.login}@example.org",
            password=password(one.login),
            roles=[Role(role) for role in one.roles],
            by=opened[0] if opened else None,
            at=began + timedelta(minutes=minute),
        )
        opened.append(Account.objects.get(pk=account.pk))
    return opened


def _moments(reviewers: Iterator[Account], began: datetime) -> Iterator[Moment]:
    """Return every act with its moment, and an order for those of the same one."""
    for place, one in enumerate(organisations()):
        first = began + _SETTLED + place * _APART
        for at, play, act in _timed(one, reviewers, first, Random(one.login)):  # noqa: S311
            yield at, place, play, act


def _timed(
    one: Organisation, reviewers: Iterator[Account], at: datetime, chance: Random
) -> Iterator[tuple[datetime, Play, Act]]:
    """Return the acts of one client, some days between them; a second scheme comes after."""
    plays = [Play(one, scheme, next(reviewers)) for scheme in one.schemes]
    for play in plays:
        play.registered = plays[0].registered
    acts = [(plays[0], act) for act in REGISTERED]
    acts += [(play, act) for play in plays for act in STORIES[one.story]]
    for play, act in acts:
        at = _working(at + timedelta(days=chance.choice((0, 1, 1, 2))), chance, after=at)
        yield at, play, act


def _working(day: datetime, chance: Random, after: datetime | None = None) -> datetime:
    """Return a moment of work on that day, or on Monday after a weekend; later than ``after``."""
    weekend = day.weekday() >= _SATURDAY
    day += timedelta(days=(_WEEK - day.weekday() + _MONDAY) if weekend else 0)
    opened = day.replace(hour=_OPENS, minute=0, second=0, microsecond=0)
    at = opened + timedelta(minutes=chance.randrange(_WORKS), seconds=chance.randrange(60))
    return at if after is None or at > after else after + timedelta(minutes=11)


def _given_token(account: Account, now: datetime) -> None:
    make_token(
        name="演示 demo",
        scopes=SCOPES,
        ends_at=now + _TOKENS_LAST,
        by=account,
        at=now,
        token=token(account.login),
    )
