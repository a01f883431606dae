"""Static files: stylesheets joined, all named by their content and compressed once, when they are collected."""

from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

from indicators.http.stylesheets import joined

Sources = dict[str, tuple[Storage, str]]


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise has no types
    """With gzip alone: brotli, which is here to unpack a typeface, would add six seconds to every first start."""

    def create_compressor(self, **options: Any) -> Compressor:
        return Compressor(use_brotli=False, **options)

    def post_process(self, paths: Sources, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        yield from super().post_process(paths | joined_sheets(paths), dry_run=dry_run, **options)


def joined_sheets(paths: Sources) -> Sources:
    """The sheets a page names, each as one file in place of the list of sheets it imports."""
    memory = InMemoryStorage()
    names = [name for name in paths if PurePath(name).match("css/*.css")]
    for name in names:
        storage, path = paths[name]
        memory.save(name, ContentFile(joined(Path(storage.path(path))).encode()))
    return {name: (memory, name) for name in names}
