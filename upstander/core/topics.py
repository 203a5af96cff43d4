"""The topics that laws name and courses teach: the words by which minutes are counted; never reused."""

TOPICS = frozenset({
    "abusive-conduct", "agency-contacts", "alcohol-drugs", "bystander", "civility", "complaint-routes",
    "confidentiality-limits", "consent", "consequences", "coordinator-roles", "definition", "disclosures",
    "examples", "fair-process", "freedom-of-speech", "gender-identity-orientation", "greater-risk", "hearing",
    "impact", "impartiality", "internal-process", "investigation", "law", "liability", "local-definitions", "myths",
    "peer-support", "policy", "prevention", "prohibition", "relationships", "remedies", "reporting-duty",
    "resources", "retaliation", "risk-reduction", "safety-devices", "scope", "supervisor-duties",
    "supportive-measures", "third-party", "trauma-informed",
})  # fmt: skip
