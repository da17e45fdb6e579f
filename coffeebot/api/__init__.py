"""HTTP: the turn as server-sent events, redirects, drawings and health."""
