"""What depositaries publish, read and laid beside the ledgers: what agrees, what is new, what differs, what is gone.

A format is a module of :mod:`treatygraph.intake.formats`: it tells from the content whether a page is its own, and
reads it into one :class:`~treatygraph.intake.register.Register`. Everything after that is the same for all of them.
"""
