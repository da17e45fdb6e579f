"""Who may speak as the barista."""
