"""Citations: what is cited, of which version and day of the record, at which address, and the sources behind it."""
