"""What is found in an evaluation, and what becomes of it. ISO/IEC 17065:2012, 7.4."""

from certbody.evaluation.models.assessment import (
    ElementNote,
    EvaluationScheme,
    Part,
    Result,
    Sample,
    TimeSpent,
)
from certbody.evaluation.models.documents import (
    DocumentFinding,
    DocumentReview,
    OpenPoint,
)
from certbody.evaluation.models.findings import (
    Correction,
    Evidence,
    Nonconformity,
)

__all__ = [
    "Correction",
    "DocumentFinding",
    "DocumentReview",
    "ElementNote",
    "EvaluationScheme",
    "Evidence",
    "Nonconformity",
    "OpenPoint",
    "Part",
    "Result",
    "Sample",
    "TimeSpent",
]
