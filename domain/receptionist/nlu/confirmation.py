"""How a caller answers a question of ours: yes, no, no idea, say again, or a change of mind."""

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.receptionist.nlu.heard import Heard
from domain.receptionist.nlu.spans import Span


class Answer(StrEnum):
    """What an answer amounts to."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    REPEAT = "repeat"
    CHANGE = "change"


@dataclass(frozen=True)
class Confirmation:
    """An answer, and the words that give it away."""

    span: Span
    answer: Answer


_REPEAT = (
    r"\b(?:repeat|say|tell me|run|go over)\b[\w' ]{0,28}\b(?:again|once more|one more time"
    r"|1 more time)"
    r"|\brepeat (?:that|it|please|yourself|the|what)|\b(?:can|could|would"
    r"|will) you (?:please )?(?:repeat|say that again)"
    r"|\b(?:didn't|did not|couldn't|could not|can't|cannot) (?:quite )?(?:hear|catch|get that"
    r"|get what|make out|understand)"
    r"|\b(?:come again|once more|(?:one|1) more time|pardon(?: me)?|what was that"
    r"|what did you (?:just )?(?:say|ask)"
    r"|what was (?:the question|said)|say what|beg your pardon|louder|speak up|slower"
    r"|missed that|repeat(?:ed)?|restate|say that over)\b"
    r"|\b(?:ask|know|hear)\b[\w' ]{0,28}\bagain\b"
    r"|^\W*(?:excuse me|sorry|what|huh|eh)\W*$"
)
_UNSURE = (
    r"\b(?:i )?(?:really |honestly |just |actually )?(?:don't|do not|dont|wouldn't|wouldnt"
    r"|cannot|can't|cant|couldn't)"
    r" (?:really )?(?:know|recall|remember|tell|say for (?:sure|certain))\b(?! me| you| him| her)"
    r"|\bno idea\b|\b(?:not|isn't|ain't) (?:too |really |so |quite |entirely |100 % "
    r"|100 percent )?(?:sure|certain)\b"
    r"|\b(?:unsure|clueless|no clue|hard to (?:tell|say)|who knows|dunno|beats me|have doubts"
    r"|i forgot|haven't decided"
    r"|i guess\?|not decided|(?<!can )(?<!could )(?<!would )(?<!will )(?<!please )you tell me"
    r"|let me think)\b|^\W*(?:maybe|perhaps|possibly"
    r"|it depends)\W*$"
)
_NO_CHANGE = r"\b(?:don't|do not|no need to|needn't) change\b"
_CHANGE = (
    r"\bchanged? my mind\b|\bon second thou?ght\b|\b(?:no|wait|hold on|sorry"
    r"|oh)\b[ ,.]*(?:actually|wait|i mean(?:t)?|make (?:it|that)|scratch that)\b"
    r"|\bactually\b[ ,]*(?:no|can|could|make|let's|i(?:'d| would| want| need)|how about"
    r"|what about|change)\b"
    r"|\b(?:i meant|i mean|scratch that|make (?:it|that) .{1,30} instead|rather|instead)\b"
    r"|\b(?:can|could) (?:we|i|you) (?:change|make it|move|switch)\b|\b(?:that's|that is"
    r"|it's) not what i\b"
)
_NO = (
    r"^\W*(?:um+ |uh+ |oh |well |hell |sorry )*(?:no|nope|nah|nay|never|not|negative|none"
    r"|nothing)\b"
    r"|\bno[ ,]+(?:no|thanks|thank you|way|sir|ma'am)\b|\bdefinitely not\b|\bof course not\b"
    r"|\babsolutely not\b"
    r"|\b(?:is|it's|that's|was|are|you're|am|i'm|be) (?:not|never|in ?correct|wrong|false"
    r"|inaccurate|untrue)\b"
    r"|\b(?:isn't|wasn't|aren't|ain't)\b|\b(?:answer|response|reply)(?: \w+){0,3} (?:is|be"
    r"|as) (?:a )?\W*no\b"
    r"|\b(?:say|said|saying|go with|be|vote|a|is) \W*(?:no|negative|false)\b|\bi (?:don't"
    r"|do not|dont) (?:think so|want|like|agree|believe)"
    r"|\b(?:i'd|i would) rather not\b|\b(?:doesn't|does not|won't|will not|can't"
    r"|cannot) (?:work|do|make|suit)"
    r"|\b(?:incorrect|wrong|false|inaccurate|negatory|disagree|forget it|nothing else"
    r"|negative)\b|\bthat will not do\b"
    r"|\bno\W*$|\bto that is no\b|\b(?:i never|not it|seems not|i'll pass|erroneous|hard no)\b"
    r"|\b(?:don't|dont|do not) (?:need|think)\b"
)
_YES = (
    r"^\W*(?:um+ |uh+ |oh |well |hell |why |i think |i guess )*(?:yes|yeah|yea|yep|yup|yah|ya"
    r"|sure|ok|okay|okey|aye|right|correct|exactly|ofcourse|confirmed"
    r"|seems (?:right|good|fine|correct|ok|okay)"
    r"|absolutely|definitely|certainly|indeed|affirmative|true|fine|great|good|perfect|awesome"
    r"|excellent|alright"
    r"|cool|lovely|wonderful|brilliant|totally|uh huh|mm ?-? ?hmm?|mhm|please|sounds|deal"
    r"|agreed|super|of course|by all means)\b"
    r"|\b(?:yes|yeah|yep|yup|affirmative|absolutely|definitely|surely|for sure|of course"
    r"|go ahead|please do|book (?:it|that|this)|make that work"
    r"|sounds (?:good|great|fine|perfect|right|lovely|reasonable)"
    r"|works for me|that works|makes sense|accepted|that(?:'s| is| would be| will be|'ll be"
    r"|'d be)? (?:\w+ )?(?:fine|great|good|perfect|right|correct|true|ok|okay|it|awesome|works"
    r"|accurate|lovely|do|brilliant|totally)"
    r"|you(?:'re| are|'ve| have)? (?:\w+ )?(?:right|correct|got it)|is (?:true|correct|right"
    r"|accurate)|i (?:agree|do|am|confirm|accept|think so|believe so|would)|i'll take (?:it"
    r"|that)"
    r"|do that|let's do (?:it|that)|it (?:surely |definitely |certainly )?is|sure thing"
    r"|i (?:certainly|surely|definitely) do"
    r"|no problem|why not|no worries|correct|true|i'd (?:like|love) (?:that|it|to))\b"
)
_ORDER = tuple(
    (answer, re.compile(pattern))
    for answer, pattern in (
        (Answer.REPEAT, _REPEAT),
        (Answer.UNSURE, _UNSURE),
        (Answer.CHANGE, _CHANGE),
        (Answer.NO, _NO),
        (Answer.YES, _YES),
    )
)
_LEADING_YES = re.compile(
    r"^\W*(?:yes|yeah|yep|yup|correct|absolutely|definitely|sure|exactly)\b(?! not)"
)
# "No problem" and "not bad" agree; "why not" does too.
_AGREEING_NO = re.compile(
    r"\b(?:no problem|no worries|not a problem|why not|not bad|can't wait|no objections?"
    r"|wouldn't mind|no ,? ?that's (?:fine|ok|okay|good|great|perfect|it|right))\b"
)


def find_confirmation(heard: Heard) -> Confirmation | None:
    """What the utterance answers to a question, if it answers one; a refusal beats a "yes, but"."""
    text = heard.text
    if agreeing := _AGREEING_NO.search(text):
        return Confirmation(heard.of(agreeing), Answer.YES)
    for answer, pattern in _ORDER:
        if match := pattern.search(text):
            if answer is Answer.NO and _LEADING_YES.search(text):
                continue
            if answer is Answer.CHANGE and re.search(_NO_CHANGE, text):
                continue
            return Confirmation(heard.of(match), answer)
    return None
