"""Where the filled-pause network learns: made-up hesitation with exact times, real speech, rooms and telephones."""
