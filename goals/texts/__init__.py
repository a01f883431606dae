"""Texts that are drafted, sent, returned and approved; closed months."""
