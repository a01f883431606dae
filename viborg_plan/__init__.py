"""The roof: settings, urls, celery and the API router."""
