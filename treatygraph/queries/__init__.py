"""The named questions: their headers, their parameters, and those that are computed."""
