"""Questions in plain English, by grammar and the graph's own names."""
