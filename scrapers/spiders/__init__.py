"""Spiders parse and never fetch: one file a shop system, or a roaster with a page of its own kind."""
