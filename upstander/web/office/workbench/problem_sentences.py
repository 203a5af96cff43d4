"""The rules' own words for a problem of a document, and the sentence that an officer reads."""

from django.utils.translation import gettext_noop as _

#: The rules' own words -> the sentence; what a group catches goes into it by its name.
PROBLEM_SENTENCES: tuple[tuple[str, str], ...] = (
    (
        r"must be a month and day that every year has",
        _("A month and day that every year has belongs here, such as 07-01."),
    ),
    (
        r"must be the year in which the first cycle begins",
        _("The year in which the first cycle begins belongs here, such as 2027."),
    ),
    (r"stands before first_on", _("The last day stands before the first day.")),
    (r"stands before opens_on", _("The due day stands before the opening day.")),
    (r"stands before from_on", _("The last day stands before the first day.")),
    (r"the period begins before the last one ends", _("This period begins before the one above it ends.")),
    (r"at least one period is needed", _("At least one period is needed.")),
    (
        r"is missing: how many days before its due day a renewal opens",
        _("It is not said how many days before its due day a renewal opens."),
    ),
    (
        r"is as long as the cycle itself",
        _("These days are as long as the cycle itself: the window would never be shut."),
    ),
    (r"goes with counted_from = 'completion' only", _("This goes only with a cycle that is counted from completion.")),
    (
        r"is missing: the number of months from one cycle to the next",
        _("The number of months from one cycle to the next is missing."),
    ),
    (r"(?P<months>\d+) months cannot be meant", _("%(months)s months cannot be meant.")),
    (r"is missing: 31 January and one month is", _("It is not said which day is meant when a month has no such day.")),
    (r"either days or months, not both", _("Say either days or months, not both.")),
    (
        r"either \[\[groups\]\] with their dates or \[window\]",
        _("Either groups with their dates or a window with its days is needed, and not both."),
    ),
    (r"must be true or false", _("Yes or no belongs here.")),
    (r"at least one way into the audience is needed", _("At least one way into the audience is needed.")),
    (
        r"only the last group may be without a condition",
        _("Only the last group may be without a condition: it takes everybody left."),
    ),
    (
        r"either every group has a rank or none",
        _("Either every group has a rank, or none: the order in the list is a rank of its own."),
    ),
    (
        r"groups with dates need \[cycle\] kind = 'named'",
        _("Groups with dates need a cycle in periods that have their own dates."),
    ),
    (r"the window does not lie within any", _("The window lies in none of the cycle’s periods.")),
    (r"is missing: say 'continues' or 'defers'", _("It is not said for every kind of leave whether the clock stands.")),
    (r"must be a list of whole numbers of days", _("Whole numbers of days belong here, such as 14, 3.")),
    (r"must stand in every language", _("This must stand in English and in Spanish.")),
    (r"is missing: the digest of the preset", _("The digest of the preset’s text is missing.")),
    (r"must be a list of tables", _("A list of entries belongs here.")),
    (r"must be a table of conditions", _("A condition is missing here.")),
    (r"must be a list of conditions", _("A list of conditions belongs here.")),
    (r"must be a table", _("Several values with their names belong here.")),
    (r"is not known here; known are (?P<known>.*)", _("No part of a programme has this name. Known are: %(known)s.")),
    (r"is not a condition; known are (?P<known>.*)", _("No condition has this name. Known are: %(known)s.")),
    (r"is missing; a date such as", _("A date is missing.")),
    (r"must be a date such as 2021-02-17, without quotes, not (?P<value>.*)", _("A date belongs here, not %(value)s.")),
    (r"the year (?P<year>\d+) cannot be meant", _("The year %(year)s cannot be meant.")),
    (r"must be a whole number from (?P<least>\d+) on", _("A whole number from %(least)s on belongs here.")),
    (r"must be a short name in letters", _("A short name in letters, digits and hyphens belongs here.")),
    (r"must give a text in each language", _("A text in English and in Spanish belongs here.")),
    (r"must be a list of words", _("At least one must be chosen or named.")),
    (r"'(?P<word>[^']*)' is not one of (?P<allowed>.*)", _("“%(word)s” is none of these: %(allowed)s.")),
    (r"'(?P<key>[^']*)' stands twice", _("“%(key)s” stands twice.")),
    (r"must be one of (?P<allowed>.*), not (?P<value>.*)", _("One of these belongs here: %(allowed)s.")),
    (r"must be text", _("A text belongs here.")),
    (r"at least one course is needed", _("At least one course is needed.")),
    (r"is the course itself", _("A course cannot count as itself.")),
    (
        r"has no sense where cycles are each person's own",
        _("This makes no sense where each person’s cycles are their own."),
    ),
    (r"at most (?P<n>\d+) of them may be limited", _("At most %(n)s equivalencies may be limited in number.")),
    (r"at least one part is needed", _("At least one part is needed.")),
    (r"asks for (?P<need>\d+) of (?P<among>\d+)", _("It asks for %(need)s, and there are %(among)s.")),
    (r"parts within parts go (?P<n>\d+) deep", _("Parts within parts go %(n)s deep and no further.")),
    (
        r"exactly one of `of`, `parts` and `minutes`",
        _("A part asks for courses, for parts of its own or for minutes: for exactly one of them."),
    ),
    (r"goes with `of` or `parts`, not with minutes", _("This number goes with courses or parts, not with minutes.")),
    (r"goes with minutes only", _("This goes with minutes only.")),
    (
        r"cannot go with cycles counted from completion",
        _("This cannot go with cycles that are counted from completion. Leave it empty."),
    ),
    (
        r"a gap: (?P<category>\S+) in area (?P<area>\S+) is in the audience",
        _("A gap: the audience takes people of the category %(category)s in the area %(area)s, and no group does."),
    ),
    (r"(?P<cycle>\S+) never opens", _("The cycle %(cycle)s never opens: no group has a window in it.")),
    (
        r"asks for (?P<n>\d+) courses; too many",
        _("It asks for %(n)s courses, and too many of its courses are withdrawn."),
    ),
    (r"matches nobody", _("This takes nobody: no combination of the values it names meets it.")),
    (r"matches everybody", _("This takes everybody on the roster.")),
    (
        r"every window is past: the last was due on (?P<day>\S+)",
        _("Every window is past. The last was due on %(day)s."),
    ),
    (r"every period is past: the last ended on (?P<day>\S+)", _("Every period is past. The last ended on %(day)s.")),
    (
        r"all of them ended before this cycle began, the last on (?P<day>\S+)",
        _("All of these ended before this cycle began, the last on %(day)s."),
    ),
    (
        r"the windows of (?P<cycle>\S+) are not kept here",
        _("The windows of the cycle %(cycle)s are not kept in this version."),
    ),
    (
        r"the preset '(?P<preset>[^']*)' is not signed here",
        _("The preset %(preset)s is not signed here in this wording."),
    ),
    (
        r"(?P<keys>.*) have the same rank and both claim (?P<category>\S+) in area (?P<area>\S+)",
        _("%(keys)s have the same rank, and both take people of the category %(category)s in the area %(area)s."),
    ),
    (
        r"asks for (?P<n>\d+) minutes; its courses, each taken once, come to (?P<sum>\d+)",
        _("It asks for %(n)s minutes. Its courses, each taken once, come to %(sum)s."),
    ),
    (r"is missing$", _("This is missing.")),
)
