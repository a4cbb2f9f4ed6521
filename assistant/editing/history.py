"""What the review was before each change, and what it was before that was undone."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.editing.document import Document


@dataclass(frozen=True, slots=True)
class EditHistory:
    """A document with those before it and those undone."""

    present: Document
    past: tuple[Document, ...] = ()
    future: tuple[Document, ...] = ()

    def changed(self, document: Document) -> EditHistory:
        """After a change; what was undone can't be redone any more."""
        return EditHistory(document, (*self.past, self.present))

    @property
    def undone(self) -> EditHistory | None:
        """Before the last change; None where there is none."""
        if not self.past:
            return None
        return EditHistory(self.past[-1], self.past[:-1], (self.present, *self.future))

    @property
    def redone(self) -> EditHistory | None:
        """Before the last undoing; None where there is none."""
        if not self.future:
            return None
        return EditHistory(self.future[0], (*self.past, self.present), self.future[1:])
