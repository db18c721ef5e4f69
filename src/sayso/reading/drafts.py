"""Claims and events in the making: spans of characters, before it is known who and what they stand for."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.records.span import Span

AS_FACT = ("happened", "ongoing")  # statuses


@dataclass(slots=True)
class ClaimDraft:
    """A claim in the making: spans of characters; `within` is the index of the claim around it, `speaker` of the
    claim whose source goes on speaking in a quotation without a cue."""

    content: list[Span]
    source: Span | None
    cue: Span | None
    via: list[Span]
    stance: str
    score: float
    within: int | None = None
    speaker: int | None = None

    @property
    def place(self) -> tuple[int, int]:
        """Where the claim stands: at its cue, else at the beginning of its content."""
        return self.cue or (self.content[0][0], self.content[0][0] + 1)


@dataclass(slots=True)
class EventDraft:
    """An event in the making; `claim` is the index of the innermost claim that it stands in, `denies` the event before
    that its words take up, to deny it."""

    type: str
    trigger: Span
    status: str
    score: float
    spans: dict[str, list[Span]] = field(default_factory=dict)
    claim: int | None = None
    denies: EventDraft | None = None

    def one(self, role: str) -> Span | None:
        """The first span of a role that has at most one."""
        found = self.spans.get(role)
        return found[0] if found else None
