"""How words hang together: verbs, questions, clauses, and where sentences end."""
