"""Fetching as the web's owners would like it: robots.txt, a name and a contact, patience, and public addresses only."""
