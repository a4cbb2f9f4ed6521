"""The ways in which orders are worded that take no words of the person's own."""

from __future__ import annotations

import re
from functools import cache

from assistant.editing.intents import EditIntent

# Some are what the recogniser makes of others: "then review", "not know".
# A wording a line; "(a|b)" is one or the other, "[a]" a or nothing.
_WORDINGS = {
    EditIntent.SCRATCH: """
        (scratch|strike|delete|remove|erase|cut|scrap|drop|lose|bin) (that|this|it)
        (scratch|strike|delete|remove|erase|drop|cut|scrap|lose|bin) (that|this) (sentence|line|one|part|bit)
        (scratch|strike|delete|remove|scrap) the (sentence|line)
        scratch that last (one|bit|part)
        (strike|cut|cross|leave|take) (that|this|it) out
        (strike|cut|cross|leave|take) (that|this) (sentence|line|one|part|bit) out
        (cross|take|leave|cut) out (that|this) [(sentence|line|one|part|bit)]
        get rid of (that|this|it)
        get rid of (that|this) (sentence|line|one|part|bit)
        scratch
        scratch that again
        forget i said that
    """,
    EditIntent.UNDO: """
        undo [(that|this|it)]
        undo (that|the|my) [last] (change|edit|one)
        undo (the last|last) (change|edit|one)
        take that back
        (put|change) (that|it) back [(in|the way it was|how it was|to how it was)]
        (revert|reverse) [(that|it)]
        undo (the|that) (deletion|replacement)
        undo (the|that) last thing
        undo last thing
        undo what (i|you) [just] did
        go back one step
        [go] back to (how|the way) it was [before]
    """,
    EditIntent.REDO: """
        redo [(that|this|it)]
        redo (that|the|my) [last] (change|edit|one)
        redo (the last|last) (change|edit|one|thing)
        undo the undo
        redo what (i|you) [just] undid
        put the change back [in]
        (make|do) (that|the) [same] change again
    """,
    EditIntent.READ_AGAIN: """
        (read|repeat) (that|it|this) [(again|once more|one more time|once again)]
        say (that|it|this) (again|once more|one more time|once again)
        read (that|it) back [to me]
        (read|repeat) (that|this|the|the last|last|that last) (sentence|line|one|bit|part) [again]
        read (that|it) to me [again]
        read me (that|it) again
        read me that [(sentence|line)] again
        hear (that|it|that one|that sentence) (again|once more|one more time)
        read again
        read
        repeat
        repeat please
        (once more|one more time|again please|come again|pardon)
        (what was that|what did (it|you) say|i didn't catch that)
        (reed|red) that again
    """,
    EditIntent.READ_ALL: """
        (read|repeat|hear) [me] [back] (the whole thing|everything|all of it|the entire thing|the full thing) [again]
        read (it|that) all [again]
        read all [of that]
        read the whole [(again|lot)]
        (read|repeat|hear) [me] (the|my) [(whole|entire|full|complete)] (review|text) [(again|back|once more|to me)]
        read (the|my) [(whole|entire|full)] (review|text) back to me
        read review [again]
        read whole (thing|review)
        read whole (thing|review) again
        read [me] the (whole|entire|full) (review|text|thing) (back|from the beginning|from the start|from the top)
        read [(it|that)] [(again|all)] from the (beginning|start|top)
        read everything from the (beginning|start|top)
        read it [all the way] through
        let me hear (the whole review|the review) [again]
        read it [to me] from start to finish
        (from the top|the whole thing again|start from the (beginning|top))
    """,
    EditIntent.STOP: """
        stop [(it|here|now|there|that|reading|talking)]
        stop right there
        stop (a|for a) (minute|moment|second)
        stop you there
        (pause|wait|hold on|hang on) [(there|a minute|a moment|a second)]
        (quit|exit)
        stop reading (it|that|this)
        [that's] enough [reading]
    """,
    EditIntent.CONTINUE: """
        (continue|resume) [reading]
        go on [(reading|then)]
        carry on [reading]
        keep (going|reading)
        read on
        go ahead
        (read|hear) the rest
        continue (with it|from there|where you (stopped|were|left off))
    """,
    EditIntent.DELETE_SENTENCE: """
        (delete|remove|scratch|erase|cut|drop|strike|lose|scrap) [(the|my)] [very] (last|final) (sentence|line)
        take (out|off) the last (sentence|line)
        take the last (sentence|line) (out|off)
        get rid of the last (sentence|line)
        (delete|remove) that last (sentence|line)
        delete the sentence at the end
    """,
    EditIntent.DELETE_PARAGRAPH: """
        (delete|remove|scratch|erase|cut|drop|strike|lose|scrap) [(the|my)] [(whole|entire)] (last|final) paragraph
        take (out|off) the [(whole|entire)] last paragraph
        take the [(whole|entire)] last paragraph (out|off)
        get rid of (the|that) [(whole|entire)] last paragraph
        (delete|remove) (that|this) [(last|whole)] paragraph
        delete the paragraph at the end
    """,
    EditIntent.MOVE: """
        (move|put|shift|stick) (that|it|this) [(sentence|line|one|part|bit)] (to|at|on) the [very] (end|bottom)
        (move|put) (that|it|this) [one] last
        (move|put) (that|the|this|the last) (sentence|line) (to the end|last|at the end)
        move to [the] end
        move (that|it) to end
        (move|put) (that|it) (down) to the (end|bottom)
        move that down
        (that|that one|it) (goes|should go) (last|at the end|to the end)
        that [one] at the end
    """,
    EditIntent.PARAGRAPH: """
        [(start|begin|make|open|insert|add|put|do|have)] [a] (new paragraph|paragraph break) [(here|there)]
        (make|start) (that|this) a new paragraph
        (next|another) paragraph
        (start|begin) a paragraph [here]
        (new|start a) paragraph here
        (break|split) the paragraph [(here|there)]
        that should be a new paragraph
    """,
    EditIntent.SHORTER: """
        make (it|that|this) [(a bit|a little|a little bit|a lot|much|even)] shorter
        make (the|my) review [(a bit|a little|a lot)] shorter
        shorter
        (shorten|trim) (it|that|this|the review|my review) [(a bit|a little|down)]
        cut (it|the review) down [(a bit|a little)]
        make (it|that) short
        use fewer words
        make (it|this|that) more (concise|brief)
        make (it|that) briefer
        i want it shorter
    """,
    EditIntent.FUNNIER: """
        make (it|that|this) [(a bit|a little|a little bit|a lot|much|way|even)] (funnier|more funny|more fun|funny)
        make (the|my) review [(a bit|a little|a lot)] (funnier|more funny)
        (funnier|more funny)
        make (it|that) more humorous
        i want it funnier
        add (some|a few) jokes
    """,
    EditIntent.INTROSPECTIVE: """
        make (it|that|this) [(a bit|a little|a lot|even)] more (introspective|thoughtful|personal|reflective)
        make (the|my) review [(a bit|a little)] more (introspective|thoughtful|personal|reflective)
        more (introspective|reflective|thoughtful)
        make (it|that) (introspective|deeper)
        i want it more introspective
    """,
    EditIntent.MY_WORDS: """
        (say|read|put) (that|it|this) [(one|sentence)] [again] in my [own] words
        [say] in my [own] words
        in my [own] words again
        (let me|can i|could i|i want to|i'd like to) (say|put|try|do|start) (that|it|that one) (again|over|myself)
        (let me|can i|could i|i want to|i'd like to) (say|put|try|do|start) that sentence (again|over|myself)
        let me (say|put) (that|it) [again] (my way|differently|another way)
        i want to put (that|it) (my way|differently|another way)
        let me (say|try) again
        (let me|can i|could i|i want to|i'd like to) (rephrase|reword|redo|rewrite) (that|it|this) [(sentence|one)]
        (rephrase|reword|rewrite) (that|it|this) [sentence]
        (redo|re do) (that|this) sentence
        let me try (that|it) again
        i'll say (that|it|that one) (again|myself|again myself)
        i'll say (that|it) [again] in my [own] words
        (change|re record) that sentence
    """,
    EditIntent.HELP: """
        what (can|could|do|should) i (say|do)
        what can i (say|do) (here|now|again)
        what do i say (now|here)
        what am i supposed to say
        what (are|were) (the|my) (commands|options|choices) [again]
        (which|what) commands (are there|can i use|do you know|are available)
        (help|i need help) [me]
        list [(the|all|all the)] commands
        what else can i (say|do)
        tell me (what i can say|the commands)
        remind me what (i can|to) say
        i (forgot|don't know) what (i can|to) say
        how does this work [again]
    """,
    EditIntent.SEND: """
        (send|post|submit|publish) [(the|my|this|that|a)] review [(now|off|out)]
        (send|post|submit|publish) (it|that|this) [(now|off|out)]
        send
        (sent|then|sand|sam|cent) review
        send it [off] to letterboxd
        send off the review
        send the whole thing
        (it's|it is|that's) ready to send
        (it's|that's) (good|fine) send it
        (send|post) it [as it is|like that]
    """,
    EditIntent.NOT_NOW: """
        not (now|yet|know|today)
        not right now
        not (just|quite) yet
        (don't|do not) send [(it|that|the review)] [(yet|now)]
        not send (it|that)
        maybe later
        later please
        no thanks
        no thank you
        (keep|leave|save) it for (now|later)
        (just keep it|keep it)
        send it later
        i'll send it (later|another time)
        i'd rather not send it
        not now keep it
    """,
    EditIntent.ANOTHER: """
        another (one|version|review|arrangement)
        [(give|show|read)] me another (one|version|arrangement|review)
        (give|show|read|try|hear|have|do|make|write) another (one|version|arrangement|review)
        [(try|hear|have|do|give me|show me|read me)] a different (one|version|arrangement)
        one more version
        give me the other (one|version)
        try it a different way
        put it in another order
        arrange it differently
        is there another (one|version)
    """,
}

_MARK = re.compile(r"[\[\]()|]|[^\[\]()|\s]+")


@cache
def phrases() -> dict[tuple[str, ...], EditIntent]:
    """Every wording, word by word, with its order."""
    return {
        tuple(phrase.split()): order
        for order, wordings in _WORDINGS.items()
        for wording in wordings.strip().splitlines()
        for phrase in expand(wording.strip())
    }


def expand(wording: str) -> list[str]:
    """All phrases that a wording stands for: "undo [(that|it)]" is "undo", "undo that" and "undo it"."""
    marks = _MARK.findall(wording)
    found, at = _alternatives(marks, 0)
    assert at == len(marks), wording
    return list(dict.fromkeys(" ".join(phrase.split()) for phrase in found))


def _alternatives(marks: list[str], at: int) -> tuple[list[str], int]:
    found: list[str] = []
    row = [""]
    while at < len(marks) and marks[at] not in ")]":
        mark = marks[at]
        if mark == "|":
            found += row
            row = [""]
            at += 1
            continue
        if mark in "([":
            inner, at = _alternatives(marks, at + 1)
            choices = [*inner, ""] if mark == "[" else inner
        else:
            choices = [mark]
        at += 1
        row = [f"{begun} {choice}" for begun in row for choice in choices]
    return [*found, *row], at
