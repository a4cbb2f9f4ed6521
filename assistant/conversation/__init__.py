"""The interview: what to ask, what was meant, what comes next. Knows no audio."""
