"""What the command line says where a version of a programme is not drafted, published or released."""

PROGRAMME_SENTENCES = {
    "bad-version": "{said!r} names no version; write a file, a key, or KEY@NUMBER.",
    "cycle-runs-still": "the cycle {cycle} runs until {until_on}, and this version keeps none of its windows; keep "
    "them with its period, or publish it from {from_on} on.",
    "cycles-by-themselves": "the cycles of {programme} follow each other by themselves; there is nothing to draft.",
    "draft-changed-meanwhile": "somebody has edited this draft meanwhile (revision {revision}); look at it again.",
    "draft-outdated": "this draft was made from version {based_on}, and version {published} is published by now; "
    "draft it anew.",
    "effect-changed": "the effect is another one by now: {now} duties would change, and {shown} were shown. Nothing "
    "was published; look at it again, then release it.",
    "newer-version-published": "a version above {version} of {programme} is published already.",
    "next-cycle-drafted": "the next cycle of {programme} is drafted already, as version {version}.",
    "no-recurrence": "{programme} does not say after how many months it comes again ([recurrence] every_months).",
    "no-such-version": "{programme} has no version {version}.",
    "not-a-draft": "that version is no draft: it is published or laid aside.",
    "not-held": "that version does not wait for a second officer.",
    "not-yourself": "{person_id} asked for this publication; another officer must release it.",
    "option-begun": "people in the running cycle have begun the course {course} or completed it ({people}), and this "
    "version drops it. Keep it with `withdrawn_on`, so that they may finish and it counts.",
    "preset-unsigned": "a legal preset in this programme is not signed here in its wording (upstander preset sign).",
    "programme-exists": "there is a programme {programme} already.",
    "programme-invalid": "the programme has problems; `upstander programme check` names them.",
    "programme-key-unfit": "{programme!r} is no key: small letters, digits and hyphens, at most 60.",
}
