"""Wikidata, both ways: find the items of our records, compare statements, propose what it lacks, take in labels.

Nothing here writes to Wikidata. What is asked of it goes through one module, :mod:`treatygraph.wikidata.wire`.
"""
