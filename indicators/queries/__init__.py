"""Questions with one SQL statement each: histories, corrections, revisions, deliveries, series index, columns."""
