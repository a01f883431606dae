"""The raw bytes of deliveries: kept while a run may need them or a batch was made of them, and forgotten after."""

from indicators.models import Batch, ImportRun, Payload


def compressed(payload: bytes) -> bytes:
    """By zstd, which is denser and three times as fast as zlib; `Payload.raw` turns it back."""
    import pyarrow  # slow to load, and most imports bring what is already known

    return pyarrow.Codec("zstd", 1).compress(payload, asbytes=True)


def keep_payload(payload: bytes, sha256: str) -> None:
    """The bytes of a delivery that waits for a person."""
    Payload.objects.get_or_create(sha256=sha256, defaults={"size": len(payload), "content": compressed(payload)})


def forget_payload(run: ImportRun) -> None:
    """The bytes go unless another run or a batch was made of them."""
    others = ImportRun.objects.filter(sha256=run.sha256).exclude(pk=run.pk).exclude(state=ImportRun.State.FAILED)
    if run.sha256 and not others.exists() and not Batch.objects.filter(sha256=run.sha256).exists():
        Payload.objects.filter(sha256=run.sha256).delete()
