import { describe, expect, it } from 'vitest';
import { anchorOfClaim, marksOfClaim, marksOfEvent, type ClaimSpans, type EventSpans } from './roles';

const claim: ClaimSpans = { id: 'c1', source: [36, 49], cue: [50, 54], content: [[0, 34]] };
const event: EventSpans = {
  id: 'e1',
  trigger: [9, 16],
  actors: [[0, 8]],
  targets: [],
  place: null,
  time: null,
  killed: [20, 22],
  wounded: null,
  weapon: null,
};

describe('marks', () => {
  it("are a claim's source, cue and content", () => {
    expect(marksOfClaim(claim)).toEqual([
      { id: 'c1', kind: 'source', start: 36, end: 49 },
      { id: 'c1', kind: 'cue', start: 50, end: 54 },
      { id: 'c1', kind: 'content', start: 0, end: 34 },
    ]);
  });

  it("are an event's trigger and the roles that it has", () => {
    expect(marksOfEvent(event).map((mark) => mark.kind)).toEqual(['trigger', 'actor', 'killed']);
  });

  it('find a claim by its cue, without one by its first words', () => {
    expect(anchorOfClaim(claim)).toEqual([50, 54]);
    expect(anchorOfClaim({ ...claim, cue: null })).toEqual([0, 34]);
  });
});
