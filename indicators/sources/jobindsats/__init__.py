"""Jobindsats (STAR): query, client, answers, metadata, JSON in slabs."""

from indicators.sources.jobindsats.source import fetch, name_of, parse, queries, update_of

__all__ = ["fetch", "name_of", "parse", "queries", "update_of"]
