"""The facts and standings as triples: how they are made, loaded and asked."""
