"""Receiving an upload: on disk, piece by piece, and never more than is taken."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps an upload up to one byte over the bound; the rest is read and thrown away.

    So who hands the file in gets the message beside the field, as for any other fault, and nobody
    fills the disk. Memory holds one piece at a time.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write what is still within the bound."""
        left = settings.FILE_AT_MOST + 1 - start
        if left > 0:
            self.file.write(raw_data[:left])
