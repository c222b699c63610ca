"""Removing bytes that no row names: what a rolled-back act left behind."""

from datetime import datetime, timedelta
from pathlib import PurePosixPath

from django.core.files.storage import Storage, default_storage

from certbody.files.models import StoredFile

_GRACE = timedelta(days=1)  # an act that is still under way has not committed its row yet


def sweep(now: datetime, storage: Storage = default_storage) -> int:
    """Remove files that have had no row for a day; return how many."""
    orphans = [
        key
        for key in _keys(storage, "files")
        if now - storage.get_modified_time(key) > _GRACE
        and not StoredFile.objects.filter(key=key).exists()
    ]
    for key in orphans:
        storage.delete(key)
    return len(orphans)


def _keys(storage: Storage, folder: str) -> list[str]:
    if not storage.exists(folder):
        return []
    folders, files = storage.listdir(folder)
    own = [str(PurePosixPath(folder, name)) for name in files]
    return own + [key for name in folders for key in _keys(storage, f"{folder}/{name}")]
