"""A survey as content: its questions in their sections, its words in two languages, and the record of one person.

Every question is a choice among few; none asks for words of one's own, and every one can be left out.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from upstander.core.errors import Refusal
from upstander.core.suppression import K

LANGUAGES = ("en", "es")
#: What somebody chose who prefers not to say; a question left out has no answer at all. Tables tell both as one.
UNSAID = "unsaid"
NO_ANSWER = "-"
#: A record is padded to so many bytes before it is sealed, so that its length tells nothing.
RECORD_BYTES = 1024
MOST_CROSSED = 2


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its options in order; those of a scale have points from which a mean is made."""

    id: str
    options: tuple[str, ...]
    scale: str = ""

    @property
    def points(self) -> dict[str, int]:
        return {option: int(option) for option in self.options} if self.scale else {}


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that stand together; the demographic ones tell groups apart and are tables of nothing themselves."""

    id: str
    questions: tuple[Question, ...]
    demographic: bool = False


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey with its words by language: `words["en"]["questions"]["k1"]["text"]`."""

    key: str
    sections: tuple[Section, ...]
    words: Mapping[str, Mapping] = field(default_factory=dict)
    smallest_cell: int = K
    crossed: tuple[tuple[str, str], ...] = ()
    digest: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)

    @property
    def asked(self) -> tuple[Question, ...]:
        return tuple(q for section in self.sections if not section.demographic for q in section.questions)

    @property
    def demographics(self) -> tuple[Question, ...]:
        return tuple(q for section in self.sections if section.demographic for q in section.questions)


@dataclass(frozen=True, slots=True)
class SurveyProblem:
    """Something wrong in a file of a survey: a permanent code, the file, and what it is about."""

    code: str
    file: str
    about: str


def read_survey(texts: Mapping[str, str]) -> tuple[Survey, list[SurveyProblem]]:
    """The survey of these files (`survey.toml`, `en.toml`, `es.toml`) and everything that is wrong with it.

    Refuses `survey-unreadable` {file, because} where a file is missing or no TOML.
    """
    read = {name: _toml(name, texts) for name in ("survey.toml", *(f"{lang}.toml" for lang in LANGUAGES))}
    structure = read["survey.toml"]
    problems: list[SurveyProblem] = []
    sections = tuple(_sections(structure, problems))
    survey = Survey(
        key=str(structure.get("key", "")),
        sections=sections,
        words={lang: read[f"{lang}.toml"] for lang in LANGUAGES},
        smallest_cell=_limit(structure, problems),
        crossed=tuple(_crossed(structure, sections, problems)),
        digest=sha256("\0".join(texts[name] for name in sorted(read)).encode()).hexdigest(),
    )
    for lang in LANGUAGES:
        problems += _wordless(survey, lang)
    if not problems and len(encoded(survey, longest(survey))) > RECORD_BYTES:
        problems.append(SurveyProblem("record-too-long", "survey.toml", str(RECORD_BYTES)))
    return survey, problems


def _toml(name: str, texts: Mapping[str, str]) -> dict:
    if name not in texts:
        raise Refusal("survey-unreadable", {"file": name, "because": "it is not there"})
    try:
        return tomllib.loads(texts[name])
    except tomllib.TOMLDecodeError as problem:
        raise Refusal("survey-unreadable", {"file": name, "because": str(problem)}) from problem


def _limit(structure: Mapping, problems: list[SurveyProblem]) -> int:
    k = structure.get("smallest_cell", K)
    if isinstance(k, int) and not isinstance(k, bool) and k >= K:
        return k
    problems.append(SurveyProblem("small-cells", "survey.toml", str(k)))
    return K


def _sections(structure: Mapping, problems: list[SurveyProblem]) -> Iterator[Section]:
    scales, seen = structure.get("scales", {}), set()
    for section in structure.get("sections", []):
        questions = []
        for one in section.get("questions", []):
            name, scale = str(one.get("id", "")), str(one.get("scale", ""))
            options = tuple(scales.get(scale, ()) if scale else one.get("options", ()))
            if not name or name in seen:
                problems.append(SurveyProblem("question-twice", "survey.toml", name))
            if len(options) < 2 or len(set(options)) < len(options) or {UNSAID, NO_ANSWER, ""} & set(options):
                problems.append(SurveyProblem("bad-options", "survey.toml", name))
            if scale and not all(str(option).isdigit() for option in options):
                problems.append(SurveyProblem("scale-without-points", "survey.toml", name))
            if set(one) - {"id", "scale", "options"}:
                problems.append(SurveyProblem("unknown-field", "survey.toml", name))
            seen.add(name)
            questions.append(Question(name, options, scale))
        yield Section(str(section.get("id", "")), tuple(questions), bool(section.get("demographic", False)))


def _crossed(structure: Mapping, sections: tuple[Section, ...], problems: list[SurveyProblem]) -> Iterator[tuple]:
    known = {question.id for section in sections if section.demographic for question in section.questions}
    for pair in structure.get("crossed", []):
        if len(pair) != MOST_CROSSED or len(set(pair)) != MOST_CROSSED or not set(pair) <= known:
            problems.append(SurveyProblem("bad-crossing", "survey.toml", ", ".join(map(str, pair))))
        else:
            yield tuple(pair)


def _wordless(survey: Survey, lang: str) -> list[SurveyProblem]:
    """What has no words in this language, and words of which there is nothing."""
    words, file = survey.words[lang], f"{lang}.toml"
    needed = {"title", "note"}
    for section in survey.sections:
        needed.add(f"sections.{section.id}.title")
        for question in section.questions:
            needed.add(f"questions.{question.id}.text")
            place = f"scales.{question.scale}" if question.scale else f"questions.{question.id}.options"
            needed.update(f"{place}.{option}" for option in question.options)
    found = dict(_leaves(words))
    optional = {f"sections.{section.id}.lead" for section in survey.sections}
    missing = [name for name in sorted(needed) if not found.get(name)]
    return [SurveyProblem("words-missing", file, name) for name in missing] + [
        SurveyProblem("words-of-nothing", file, name) for name in sorted(set(found) - needed - optional)
    ]


def _leaves(tree: Mapping, before: str = "") -> Iterator[tuple[str, object]]:
    for name, value in tree.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def option_words(survey: Survey, question: Question, lang: str) -> dict[str, str]:
    """The options of a question with their words, in order."""
    words = survey.words[lang]
    found = words["scales"][question.scale] if question.scale else words["questions"][question.id]["options"]
    return {option: found[option] for option in question.options}


def question_words(survey: Survey, question: Question, lang: str) -> str:
    return survey.words[lang]["questions"][question.id]["text"]


def taken_from(survey: Survey, given: Mapping[str, str]) -> dict[str, str]:
    """The answers among what a form sent; whatever is no option of its question counts as left out."""
    return {q.id: given[q.id] for q in survey.questions if given.get(q.id) in (*q.options, UNSAID)}


def longest(survey: Survey) -> dict[str, str]:
    return {q.id: max((*q.options, UNSAID), key=len) for q in survey.questions}


def encoded(survey: Survey, answers: Mapping[str, str]) -> bytes:
    """The record as it is sealed: the survey and every question with its answer or nothing; no person, day or order."""
    record = {"survey": survey.key, "answers": {q.id: answers.get(q.id) for q in survey.questions}}
    return json.dumps(record, ensure_ascii=True, separators=(",", ":")).encode()


def decoded(survey: Survey, record: bytes) -> dict[str, str] | None:
    """The answers of a record by question, `-` where there is none; None where it is no record of this survey."""
    try:
        read = json.loads(record)
        if read["survey"] != survey.key:
            return None
        given = taken_from(survey, read["answers"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return {q.id: given[q.id] if given.get(q.id) in q.options else NO_ANSWER for q in survey.questions}
