"""What is stored of the body's people: interests, qualifications, undertakings."""

from certbody.personnel.models.interests import Interest
from certbody.personnel.models.qualifications import Function, Level, Qualification
from certbody.personnel.models.undertakings import Undertaking

__all__ = ["Function", "Interest", "Level", "Qualification", "Undertaking"]
