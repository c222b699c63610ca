"""The contract as a paper. Print quality comes with the papers of certification (7.7)."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from certbody.documents.making import pdf


def contract_paper(number: str, content: Mapping[str, object], at: datetime) -> BytesIO:
    """Return the contract as a PDF, in Chinese with English beside it."""
    return BytesIO(pdf("contract", {"number": number, **content}, at=at))
