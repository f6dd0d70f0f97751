"""What English text names: instruments, states, groups, people, days, numbers and acts, each with its place.

One lexicon for stories (:mod:`treatygraph.read`) and for questions. The names are those of the record; the words of
newsrooms that no card bears (capitals, adjectives, short forms) stand in ``data/``. There is no model here: word
lists, and rules over words and their order.
"""
