"""Reads roasters' shops: fetches politely, understands what is there, and hands on coffees."""
