"""The requirements table: what each clause asks, which data hold it, which tests show it.

``table.rows`` gives the table, ``faults.faults`` what CI refuses about it.
"""

from certbody.traceability.faults import faults
from certbody.traceability.table import Row, rows

__all__ = ["Row", "faults", "rows"]
