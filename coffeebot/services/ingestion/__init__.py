"""From what shops say to what a curator is asked: snapshot, reading, match, proposals, prices, alarms.

`run.ingest` is the way in. Nothing here knows how a shop is fetched or parsed: `Reader` turns a stored item into facts.
"""
