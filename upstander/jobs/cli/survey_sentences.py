"""What the command line says when a verb of the survey is refused."""

SURVEY_SENTENCES = {
    "analyst-not-proved": "the analyst and the password do not belong together, or this is no analyst.",
    "exports-differ": "these are not different exports of one survey with the same questions.",
    "export-unreadable": "{file} is no export of a survey, or was changed.",
    "file-stands": "{file} is there already; nothing was written over it.",
    "no-such-export": "{survey} has no export {number}.",
    "no-such-survey": "there is no survey {survey}.",
    "no-survey-key": "this is no key of a survey, or none is in force.",
    "small-cells": "a limit of {k} is below {least}; it goes only up.",
    "spool-locked": "the newest answers of {survey} were stored under another UPSTANDER_SECRET_KEY; set it again.",
    "survey-broken": "the survey {survey} has {problems} problems; `upstander survey check` names them.",
    "survey-unreadable": "{file} cannot be read: {because}.",
    "tables-stand": "tables of export {number} of {survey} stand already; the same answers are shown once.",
    "tables-unreadable": "this is no file of tables that `upstander survey open` has made.",
    "too-few": "there are fewer than {k} answers; nothing is opened for so few.",
    "too-few-answers": "fewer than {k} new answers of {survey} are ready; nothing was handed out.",
}
