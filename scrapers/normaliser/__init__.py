"""Raw items to coffees: facts with the words they were read from, or a refusal with its code."""
