"""Moments that programs send: without an offset they are in the body's own time."""

from datetime import datetime
from typing import Annotated

from django.utils.timezone import make_aware
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

_FIRST_YEAR, _LAST_YEAR = 1900, 2999  # beyond, a change of zone may leave what a date can be


def _aware(moment: datetime) -> datetime:
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise PydanticCustomError("datetime_range", "no moment of our time")
    return moment if moment.tzinfo else make_aware(moment)


Moment = Annotated[datetime, AfterValidator(_aware)]
