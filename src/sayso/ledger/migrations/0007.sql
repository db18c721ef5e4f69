-- Of a place's history only what comes from a day on is told anew. What is kept is all linked anew anyway: the linker is
-- another.

ALTER TABLE to_hold ADD COLUMN day TEXT NOT NULL DEFAULT '';
ALTER TABLE statements ADD COLUMN day TEXT NOT NULL DEFAULT '';
CREATE INDEX statements_by_day ON statements (place, day);
ALTER TABLE holdings ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
ALTER TABLE holdings ADD COLUMN begun TEXT NOT NULL DEFAULT '';
CREATE INDEX holdings_by_turn ON holdings (place, turn);
CREATE INDEX holdings_by_beginning ON holdings (place, begun);
ALTER TABLE disputes ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
CREATE INDEX disputes_over_holders ON disputes (place, turn) WHERE incident IS NULL;
CREATE INDEX incidents_to_settle ON incidents (number) WHERE packed IS NULL;
