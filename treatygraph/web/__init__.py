"""The graph on the web: pages for people, SPARQL and JSON for programs, each answer within limits.

``application`` makes the server's application from a build; ``treatygraph serve`` runs it. Whatever a visitor
may ask is computed in worker processes that can be killed, and that can open neither a file nor a socket.
"""
