"""Statistics Denmark's StatBank: query, client, answers."""

from indicators.sources.statbank.source import fetch, name_of, parse, queries, update_of

__all__ = ["fetch", "name_of", "parse", "queries", "update_of"]
