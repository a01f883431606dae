"""/indsatser/, /partnere/, /maalsaetninger/: the tree of objectives."""
