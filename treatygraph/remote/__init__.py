"""The graph on a SPARQL 1.1 server: laid down by ``publish``, asked with ``--store URL``.

On a server every part is a named graph, since servers differ in what their default graph is: facts in
:data:`treatygraph.model.terms.FACTS`, what is derived in :data:`treatygraph.model.terms.DERIVED`. Which build is there
stands in :data:`treatygraph.model.terms.CURRENT`, and the index travels along as documents.
"""
