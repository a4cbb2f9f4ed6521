"""What several files of tests use: simulated users, servers, sound, small models, and answers made of text."""
