"""The law of treaties as pure functions: from acts, clauses and assertions to standings."""
