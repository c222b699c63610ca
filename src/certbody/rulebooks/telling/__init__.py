"""A rulebook's data in the reader's words: conditions, amounts, durations, roundings."""
