"""The rules: what is drafted from a verb of each kind, and from words in their order."""
