"""Plans: from the frame of a question to the commands that answer it, and the sentence of the reply."""
