"""The pieces of the page. They take vars and handlers and never import state; rx.el and our own CSS only."""
