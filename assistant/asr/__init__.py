"""From sound to words: Vosk, voice activity, pauses, and the end of a turn."""
