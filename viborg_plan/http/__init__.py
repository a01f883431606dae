"""Middleware and what stands around an answer: response cache, headers, language, access, health, static files."""
