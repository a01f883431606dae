"""Why a source's answer cannot be used."""


class SourceError(ValueError):
    """The source gave nothing usable; the text says why in words for the one who started the import."""

    def __init__(self, reason: str, code: str = "") -> None:
        super().__init__(reason)
        self.code = code  # the source's own, such as EXTRACT-TOOBIG
