"""The verbatim model: one that lets fillers out, made on the spot from an installed one."""
