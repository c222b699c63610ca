"""Working days as data for the rules, and today's date for those who may ask for it."""

from certbody.calendars.china import CHINA, today

__all__ = ["CHINA", "today"]
