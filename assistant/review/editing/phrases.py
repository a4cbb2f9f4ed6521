"""The ways in which orders are worded that take no words of the person's own."""

from __future__ import annotations

import re
from functools import cache

from assistant.review.editing.orders import Order

# Some are what the recogniser makes of others: "then review", "not know".
# A wording a line; "(a|b)" is one or the other, "[a]" a or nothing.
_WORDINGS = {
    Order.SCRATCH: """
        (scratch|strike|delete|remove|erase) (that|this|it)
        cut that
        (scratch|strike|delete|remove|erase|drop|cut) (that|this) (sentence|line|one|part|bit)
        (scratch|strike|delete|remove) the (sentence|line)
        scratch that last (one|bit|part)
        strike that out
        take that out
        take (that|this) sentence out
        take out that sentence
        get rid of that
        get rid of that sentence
        leave that out
        scratch
        scratch that again
    """,
    Order.UNDO: """
        undo [(that|this|it)]
        undo (that|the|my) [last] (change|edit)
        undo (the last|last) (change|edit|one)
        take that back
        put that back
        change that back
        revert [that]
        undo (the|that) (deletion|replacement)
        undo [the] last thing
        undo what (i|you) [just] did
        go back one step
    """,
    Order.REDO: """
        redo [(that|this|it)]
        redo (that|the|my) [last] (change|edit)
        redo (the last|last) (change|edit|one)
        undo the undo
        redo what (i|you) [just] undid
    """,
    Order.READ_AGAIN: """
        (read|repeat) (that|it|this) [(again|once more|one more time|once again)]
        say (that|it|this) (again|once more|one more time|once again)
        read (that|it) back [to me]
        (read|repeat) (that|this|the|the last|last|that last) (sentence|line|one|bit|part) [again]
        read (that|it) to me [again]
        read me (that|it) again
        read me that [(sentence|line)] again
        read again
        read
        repeat
        repeat please
        one more time
        (reed|red) that again
    """,
    Order.READ_ALL: """
        (read|repeat) [me] [back] (the whole thing|everything|all of it|the entire thing|the full thing) [again]
        read (it|that) all [again]
        read all [of that]
        read the whole [again]
        (read|repeat) [me] (the|my) [(whole|entire|full|complete)] (review|text) [(again|back|once more|to me)]
        read (the|my) [(whole|entire|full)] (review|text) back to me
        read review [again]
        read whole (thing|review)
        read whole (thing|review) again
        read [me] the (whole|entire|full) (review|text|thing) (back|from the beginning|from the start|from the top)
        read [(it|that)] [(again|all)] from the (beginning|start|top)
        read it through
        let me hear (the whole review|the review) [again]
        read it [to me] from start to finish
    """,
    Order.STOP: """
        stop [(it|here|now|there|that|reading|talking)]
        stop right there
        quit
        exit
        i want to stop
        let's stop [here]
        stop reading (it|that|this)
    """,
    Order.CONTINUE: """
        (continue|resume) [reading]
        go on [reading]
        carry on [reading]
        keep (going|reading)
        read on
        go ahead
        continue (with it|from there|where you (stopped|were|left off))
    """,
    Order.DELETE_SENTENCE: """
        (delete|remove|scratch|erase|cut|drop|strike) [the] (last|final) (sentence|line)
        take out the last (sentence|line)
        take the last (sentence|line) out
        get rid of the last (sentence|line)
        (delete|remove) that last (sentence|line)
        delete the sentence at the end
    """,
    Order.DELETE_PARAGRAPH: """
        (delete|remove|scratch|erase|cut|drop|strike) [the] (last|final) paragraph
        take out the last paragraph
        take the last paragraph out
        get rid of the last paragraph
        (delete|remove) (that|this) [last] paragraph
        delete the paragraph at the end
    """,
    Order.MOVE: """
        (move|put|shift) (that|it|this) [(sentence|line|one|part|bit)] (to|at) the [very] (end|bottom)
        (move|put) (that|it|this) last
        (move|put) (that|the|this|the last) (sentence|line) (to the end|last|at the end)
        move to [the] end
        move (that|it) to end
        (move|put) (that|it) (down) to the end
        move that down
    """,
    Order.PARAGRAPH: """
        [(start|begin|make|open|insert|add)] [a] (new paragraph|paragraph break) [here]
        next paragraph
        start a paragraph [here]
        (new|start a) paragraph here
    """,
    Order.SHORTER: """
        make (it|that|this) [(a bit|a little|a little bit|much|even)] shorter
        make (the|my) review [(a bit|a little)] shorter
        shorter
        shorten (it|that|this|the review|my review)
        make (it|that) short
        use fewer words
        make (it|this|that) more (concise|brief)
        make (it|that) briefer
    """,
    Order.FUNNIER: """
        make (it|that|this) [(a bit|a little|a little bit|much|even)] (funnier|more funny|more fun|funny)
        make (the|my) review [(a bit|a little)] (funnier|more funny)
        funnier
        make (it|that) more humorous
    """,
    Order.INTROSPECTIVE: """
        make (it|that|this) [(a bit|a little|a little bit|even)] more (introspective|thoughtful|personal)
        make (the|my) review [(a bit|a little)] more (introspective|thoughtful|personal)
        more introspective
        make (it|that) introspective
    """,
    Order.MY_WORDS: """
        (say|read|put) (that|it|this) [again] in my [own] words
        [say] in my [own] words
        in my [own] words again
        let me (say|put) (that|it|this) [again] in my [own] words
        let me (say|put) (that|it) again
        let me (rephrase|reword|redo) (that|it|this) [sentence]
        (rephrase|reword|rewrite) (that|it|this) [sentence]
        (redo|re do) (that|this) sentence
        let me try (that|it) again
        i (want|would like) to (say|put) (that|it) [again] in my [own] words
        i want to (rephrase|reword|say) (that|it) again
        i want to rephrase (that|it)
        i'll say (that|it) [again] in my [own] words
        (change|re record) that sentence
        let me say that sentence again
        i'd like to (say|put) (that|it) [again] in my [own] words
    """,
    Order.HELP: """
        what can i (say|do)
        what can i (say|do) (here|now|again)
        what (are the|are my) (commands|options|choices)
        (which|what) commands (are there|can i use|do you know|are available)
        help [me]
        list [(the|all|all the)] commands
        what else can i (say|do)
        tell me what i can say
    """,
    Order.SEND: """
        (send|post|submit|publish) [(the|my|this|that|a)] review [(now|off|out)]
        (send|post|submit|publish) (it|that|this) [(now|off|out)]
        send
        (sent|then|sand|sam|cent) review
        send it [off] to letterboxd
        send off the review
        send the whole thing
        (it's|it is|that's) ready to send
        i want to send (it|the review|my review)
        (send|post) it [as it is|like that]
        i'd like to send (it|the review|my review)
        let's send (it|the review)
        go ahead and send (it|the review)
        you can send (it|the review)
    """,
    Order.NOT_NOW: """
        not (now|yet|know)
        not right now
        not (just|quite) yet
        (don't|do not) send [(it|that|the review)] [(yet|now)]
        maybe later
        no thanks
        no thank you
        keep it
        keep it for later
        save it for later
        send it later
        i'll send it later
        i'd rather not send it
    """,
    Order.ANOTHER: """
        another (one|version|review|arrangement)
        [(give|show|read) me] another one
        (give|show|read) [me] another (version|arrangement|review)
        try another (one|version)
        (do|make|write) another version
        a different (version|arrangement)
        (give me|show me|try|read me) a different (one|version)
        let me hear another [(one|version)]
        i want to hear another (one|version)
        one more version
        give me the other (one|version)
        i'd like to hear another (one|version)
    """,
}

LEAD_INS = frozenset(
    "no nope yes yeah okay ok please well now just oh then and so alright right actually wait sorry hey".split()
)
"""What people say before an order."""

_MARK = re.compile(r"[\[\]()|]|[^\[\]()|\s]+")


@cache
def phrases() -> dict[tuple[str, ...], Order]:
    """Every wording, word by word, with its order."""
    return {
        tuple(phrase.split()): order
        for order, wordings in _WORDINGS.items()
        for wording in wordings.strip().splitlines()
        for phrase in expanded(wording.strip())
    }


def expanded(wording: str) -> list[str]:
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
