"""The example's discussion: the graph of whys from the debrief of 24 December."""

from typing import Final, NamedTuple

from secondstory.whys.schemas import WhyCreate


class Asked(NamedTuple):
    """A why with a name of its own, the whys it is below of, and the moments that show it."""

    name: str
    by: str
    why: WhyCreate
    below: tuple[str, ...] = ()
    shown_by: tuple[str, ...] = ()


# From the top down: a why comes after those it is below of.
DISCUSSION: Final = (
    Asked(
        "down",
        "Yuki",
        WhyCreate(
            question="How did two production applications come to stand without a database?",
            answer="The one database that both of them used was removed, and nothing on the way "
            "to that told that it was in use.",
            expectation="Something that serves customers cannot disappear with one click.",
            assumption="Each application has a database of its own.",
        ),
        shown_by=("removed", "down", "production"),
    ),
    Asked(
        "looks",
        "Marek",
        WhyCreate(
            question="How did a production database look like a development one?",
            answer="It had the prefix, the size and the project of the development ones, and "
            "nobody's name on it. Each of these was right for the day it was given.",
            expectation="What serves customers says so, in its name or by where it stands.",
            assumption="`dde-` and the smallest size mean development.",
        ),
        below=("down",),
        shown_by=("looked",),
    ),
    Asked(
        "asked",
        "Marek",
        WhyCreate(
            question="What did the delete ask for?",
            answer="The name of the project. It showed neither open connections nor the last "
            "write, although both were one page away.",
            expectation="A step that cannot be taken back asks for the name of the very thing.",
            assumption="If something were connected, the console would say so.",
        ),
        below=("down",),
        shown_by=("removed",),
    ),
    Asked(
        "alone",
        "Idris",
        WhyCreate(
            question="How did it make sense to do this alone?",
            answer="Clearing up development datastores is a task for one; pairs are agreed on for "
            "production only. By all that could be seen, this was development.",
            expectation="The second pair of eyes comes in where customers could notice.",
        ),
        below=("asked",),
        shown_by=("clearing",),
    ),
    Asked(
        "alike",
        "Lena",
        WhyCreate(
            question="How did the two environments come to look alike?",
            answer="`dde-shared` began as a trial in 2018. When the trial worked, the "
            "applications were pointed at it. It kept its name, its size and its place.",
            expectation="A thing that moves to production is made anew there.",
            assumption="Whoever needs to know, knows.",
        ),
        below=("looks", "alone"),
        shown_by=("production",),
    ),
    Asked(
        "in place",
        "Lena",
        WhyCreate(
            question="What made it sensible to promote it where it stood?",
            answer="Copying it needed a night without orders, and the launch was a week away. It "
            "was to be moved in the quiet weeks after.",
            assumption="The move would still be on somebody's list then.",
        ),
        below=("alike",),
    ),
    Asked(
        "promise",
        "Lena",
        WhyCreate(
            question="Where did the plan to move it go?",
            answer="It was a line in a chat, and in two heads. Both of them work on other products "
            "today.",
            expectation="What we say we will do later comes up again later.",
        ),
        below=("in place",),
    ),
    Asked(
        "owner",
        "Farah",
        WhyCreate(
            question="How did the owner field come to be empty?",
            answer="It was added in 2019 and is optional. Of 112 datastores, 41 have none: all of "
            "them are older than the field.",
            assumption="No owner means that nobody needs it.",
        ),
        below=("looks",),
        shown_by=("looked",),
    ),
    Asked(
        "small",
        "Yuki",
        WhyCreate(
            question="What happens to promises that are too small for the plan?",
            answer="There is no place for them. The plan takes work of a day and more; the rest "
            "lives in chats and heads, and ends when people move on.",
        ),
        below=("promise", "owner"),
    ),
    Asked(
        "restore",
        "Lena",
        WhyCreate(
            question="What did the recovery need, that it took three hours?",
            answer="A larger instance than the one it replaced. The runbook says *create an "
            "instance*, and the default is the smallest.",
            expectation="A recovery takes forty minutes.",
            assumption="It had been timed.",
        ),
        below=("down",),
        shown_by=("restore", "slow", "larger"),
    ),
    Asked(
        "timed",
        "Lena",
        WhyCreate(
            question="How did we come to expect forty minutes?",
            answer="The rehearsal of spring used a copy of 4 GB. The database had grown to 210.",
            assumption="Copying grows slower than data does.",
        ),
        below=("restore",),
        shown_by=("slow",),
    ),
    Asked(
        "heard",
        "Tobias",
        WhyCreate(
            question="How did the message in the channel come before the alert?",
            answer="The alert looks at ten minutes, so that it stays quiet when a deploy hiccups. "
            "Marek needed five to be sure enough to write.",
            expectation="The alert is first.",
        ),
        shown_by=("told", "alert", "first call"),
    ),
    Asked(
        "easy",
        "Ngozi",
        WhyCreate(
            question="What made it easy to write “I think it was me”?",
            answer="He had heard two others say it this year, and had seen what came next: people "
            "asked how to help.",
        ),
        below=("heard",),
        shown_by=("told", "stories"),
    ),
)
