"""Open data: feeds, DCAT catalogues, the changelog."""
