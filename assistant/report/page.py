"""A page that shows how answers were said: one HTML file that loads nothing and runs nothing."""

from __future__ import annotations

from dataclasses import dataclass

from assistant import __version__
from assistant.report.answer import Kind, ShownAnswer
from assistant.report.stretches import PIXELS_PER_S, stretches


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds.

    Attributes
    ----------
    title : str
    facts : tuple of (str, str)
        What is known of all of it: when, which film, which speech model.
    answers : tuple of ShownAnswer
    review : tuple of str
        The paragraphs of the review that was made of it, if one was.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    answers: tuple[ShownAnswer, ...]
    review: tuple[str, ...] = ()


def html(page: Page) -> str:
    """The page's source.

    What was said and how files are named is escaped by the template language, wherever it is put; the page forbids
    itself scripts and everything from elsewhere by a content security policy.
    """
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("assistant.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": lambda share: f"{share:.0%}", "seconds": lambda at_s: f"{at_s:.2f}"}
    environment.globals |= {"stretches": stretches, "pixels_per_s": PIXELS_PER_S, "Kind": Kind, "version": __version__}
    return environment.get_template("page.html").render(page=page)
