"""RQ jobs and their schedule; the only place where scrapers meet services."""
