"""The graph for language-model agents: a server of the Model Context Protocol, over stdin and stdout."""
