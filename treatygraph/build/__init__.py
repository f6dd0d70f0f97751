"""From facts to one index, built whole or not at all."""
