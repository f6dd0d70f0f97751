"""Questions of the graph as typed answers: what remains, how an instrument stands, what happened."""
