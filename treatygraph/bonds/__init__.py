"""Who is bound to whom: of two powers with the reasons, of all at once as arrays."""
