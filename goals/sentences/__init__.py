"""The Danish sentences that say a status."""
