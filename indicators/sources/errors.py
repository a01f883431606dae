"""Why a source's answer cannot be used."""


class SourceError(ValueError):
    """The source gave nothing usable; the text says why in words for the one who started the import."""
