"""What programs send and read of an audit."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StringConstraints

from certbody.api.moments import Moment

Text = Annotated[str, StringConstraints(max_length=4000)]
Short = Annotated[str, StringConstraints(max_length=300)]
Name = Annotated[str, StringConstraints(max_length=80)]
Given = Annotated[dict[Name, str | list[str]], Field(max_length=100)]
Figure = int | Short
Value = Name | Annotated[dict[Name, Figure], Field(max_length=2)]


class DoneOut(Schema):
    """Where the case stands after an act."""

    number: str
    state: str
    steps: dict[str, str]


class PointIn(Schema):
    """What was found on one point."""

    met: bool
    finding: Text


class DocumentReviewIn(Schema):
    """A document review to sign."""

    findings: Annotated[dict[Name, PointIn], Field(max_length=100)]
    points: Annotated[list[Text], Field(max_length=200)] = []
    outcome: Name
    focus: Text = ""
    given: Given = {}


class TextIn(Schema):
    """A text: an answer, how a point was settled, a reason."""

    text: Text


class SchemeIn(Schema):
    """An evaluation scheme."""

    content: Text
    pass_mark: Name


class StartIn(Schema):
    """What is answered when a part starts."""

    given: Given = {}


class OutcomeIn(Schema):
    """An outcome with its reason."""

    outcome: Name
    reason: Text = ""
    given: Given = {}


class ResultIn(Schema):
    """The result of a criterion; ``seen`` is the revision that was seen, 0 for none."""

    value: Value
    note: Text = ""
    reason: Text = ""
    site: int | None = None
    seen: int = 0


class NamedResultIn(ResultIn):
    """One result of several."""

    criterion: Name


class ResultsIn(Schema):
    """Several results, saved all or none."""

    results: Annotated[list[NamedResultIn], Field(min_length=1, max_length=500)]


class ResultOut(Schema):
    """A result as it stands."""

    criterion: str
    site: int | None
    value: Any
    note: str
    reason: str
    revision: int
    by: str
    at: str


class LiveOut(Schema):
    """How a part stands: figures leave out what is not assessed yet."""

    step: str
    outcome: str
    figures: dict[str, Any] | None
    grade: str | None
    not_assessed: list[str]
    assessed: int
    of: int
    results: list[ResultOut]


class ElementIn(Schema):
    """A finding on an element, or why it is left out."""

    finding: Text = ""
    left_out: bool = False
    ground: Name = ""
    reason: Text = ""


class SampleIn(Schema):
    """A sample."""

    what: Text
    taken_at: Moment
    place: Annotated[str, StringConstraints(max_length=200)] = ""
    site: int | None = None
    criterion: Name = ""
    method: Name = ""
    conforms: bool | None = None
    result: Text = ""
    hidden: bool = False
    given: Given = {}


class SampleOut(Schema):
    """A sample that was recorded."""

    id: int
    number: int


class TimeIn(Schema):
    """Man-days of a person on a day."""

    person: int
    step: Name
    day: date
    man_days: Decimal
