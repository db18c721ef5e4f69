-- Links are kept: incidents, disputes, holdings, and what they are made from. What is there is linked by the next `add`.

-- Linked: what all reports say together (sayso.linking), made from `readings`, `copies` and what people decided ----------

CREATE TABLE to_link (                  -- reports that came or changed, and are not linked yet: linking goes on from here
  report INTEGER PRIMARY KEY
) STRICT;
CREATE TRIGGER reports_are_linked AFTER INSERT ON reports
  BEGIN INSERT OR IGNORE INTO to_link VALUES (NEW.number); END;
CREATE TRIGGER copies_are_linked AFTER INSERT ON copies
  BEGIN INSERT OR IGNORE INTO to_link VALUES (NEW.b); END;
CREATE TRIGGER copies_are_unlinked AFTER DELETE ON copies
  BEGIN INSERT OR IGNORE INTO to_link SELECT number FROM reports WHERE number IN (OLD.a, OLD.b); END;

CREATE TABLE to_join (                  -- events whose incident lost others, and is to be settled anew
  event INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE to_hold (                  -- places of which another history is told
  place TEXT PRIMARY KEY                -- places.id
) STRICT, WITHOUT ROWID;

CREATE TABLE link_notes (               -- "linker": the version that linked
  what TEXT PRIMARY KEY,
  said TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE linked (
  report   INTEGER PRIMARY KEY REFERENCES reports,
  accounts BLOB NOT NULL,               -- its events as records.pool.Account, msgpack, zstd
  nodes    BLOB NOT NULL                -- what of them is compared (sayso.linking.nodes), msgpack, zstd
) STRICT;

CREATE TABLE node_keys (                -- what nodes are found by (sayso.linking.candidates); a node is its first event
  key  INTEGER NOT NULL,                -- digest of place and days, of parties, of rare words
  day  INTEGER NOT NULL,                -- since year 1; 0: not known
  type INTEGER NOT NULL,
  rank INTEGER NOT NULL,                -- digest of its id: an order that does not depend on which came first
  node INTEGER NOT NULL,
  PRIMARY KEY (key, day, type, rank, node)
) STRICT, WITHOUT ROWID;

CREATE TABLE likely (                   -- nodes more likely one incident than not, each pair both ways
  one   INTEGER NOT NULL,
  other INTEGER NOT NULL,
  score REAL NOT NULL,                  -- log odds
  why   INTEGER NOT NULL REFERENCES reasons,
  PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

CREATE TABLE reasons (
  number INTEGER PRIMARY KEY,
  names  TEXT NOT NULL UNIQUE           -- JSON: what spoke for it, the weightiest first
) STRICT;

CREATE TABLE incidents (
  number       INTEGER PRIMARY KEY,
  id           TEXT NOT NULL UNIQUE,
  type         TEXT NOT NULL,
  status       TEXT NOT NULL,
  place        INTEGER REFERENCES places,
  first_day    TEXT NOT NULL,           -- '': not known
  last_day     TEXT NOT NULL,
  killed_low   INTEGER,
  killed_high  INTEGER,
  wounded_low  INTEGER,
  wounded_high INTEGER,
  accounts     INTEGER NOT NULL,        -- from here on: how many
  reports      INTEGER NOT NULL,
  outlets      INTEGER NOT NULL,
  origins      INTEGER NOT NULL,
  independent  INTEGER NOT NULL,
  disputes     INTEGER NOT NULL,
  added        TEXT NOT NULL,           -- UTC: when it, or the first of those that are one with it now, was linked
  changed      TEXT NOT NULL,           -- UTC: when it last said something else
  packed       BLOB                     -- records.pool.Incident as JSON, zstd; NULL: to be settled anew (to_join)
) STRICT;
CREATE INDEX incidents_by_day ON incidents (first_day, number);
CREATE INDEX incidents_by_last_day ON incidents (last_day, number);
CREATE INDEX incidents_by_type ON incidents (type, first_day, number);
CREATE INDEX incidents_by_status ON incidents (status, first_day, number);
CREATE INDEX incidents_by_place ON incidents (place, first_day, number);
CREATE INDEX incidents_by_independent ON incidents (independent, first_day, number);
CREATE INDEX incidents_by_added ON incidents (added, number);
CREATE INDEX incidents_disputed ON incidents (first_day, number) WHERE disputes > 0;

CREATE TABLE incident_events (
  event    INTEGER PRIMARY KEY REFERENCES events,
  incident INTEGER NOT NULL REFERENCES incidents,
  node     INTEGER NOT NULL             -- the first of the events that its report takes for one incident
) STRICT;
CREATE INDEX incident_events_by_incident ON incident_events (incident);

CREATE TABLE incident_marks (           -- who took part in an incident, who told of it, and in which outlets
  what     TEXT NOT NULL CHECK (what IN ('party', 'voice', 'outlet')),
  number   INTEGER NOT NULL,            -- of names, or outlets
  incident INTEGER NOT NULL REFERENCES incidents,
  PRIMARY KEY (what, number, incident)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_marks_by_incident ON incident_marks (incident);

CREATE TABLE incident_was (             -- ids that incidents had: links to them lead on
  id  TEXT PRIMARY KEY,
  now TEXT                              -- incidents.id; NULL: nothing is left of it
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_was_now ON incident_was (now);

CREATE TABLE incident_days (            -- incidents counted by first day and type
  day  TEXT NOT NULL,
  type TEXT NOT NULL,
  n    INTEGER NOT NULL,
  PRIMARY KEY (day, type)
) STRICT, WITHOUT ROWID;

CREATE TABLE disputes (
  number    INTEGER PRIMARY KEY,
  id        TEXT NOT NULL,
  incident  INTEGER REFERENCES incidents, -- NULL: about who holds a place
  place     INTEGER REFERENCES places,
  kind      TEXT NOT NULL,
  about     TEXT NOT NULL,
  first_day TEXT NOT NULL,
  packed    BLOB NOT NULL               -- records.pool.Dispute as JSON, zstd
) STRICT;
CREATE INDEX disputes_by_id ON disputes (id);
CREATE INDEX disputes_by_incident ON disputes (incident);
CREATE INDEX disputes_by_place ON disputes (place, first_day);
CREATE INDEX disputes_by_day ON disputes (first_day, number);

CREATE TABLE statements (               -- accounts of who holds, takes, leaves or besieges a place
  place  TEXT NOT NULL,                 -- places.id
  event  INTEGER NOT NULL REFERENCES events,
  packed BLOB NOT NULL,                 -- records.pool.Account, msgpack
  PRIMARY KEY (place, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX statements_by_event ON statements (event);

CREATE TABLE holdings (
  number INTEGER PRIMARY KEY,
  place  INTEGER NOT NULL REFERENCES places,
  actor  TEXT,
  actor_id TEXT,
  since  TEXT NOT NULL,                 -- '': open
  until  TEXT NOT NULL,
  said   TEXT NOT NULL,                 -- day of the last word on it
  status TEXT NOT NULL,
  packed BLOB NOT NULL                  -- records.pool.Holding as JSON, zstd
) STRICT;
CREATE INDEX holdings_by_place ON holdings (place, since);

CREATE TABLE incident_decisions (       -- merges and splits by people; what linking makes of accounts obeys them
  number INTEGER PRIMARY KEY,
  kind   TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'undo')),
  undoes INTEGER REFERENCES incident_decisions,
  said   TEXT NOT NULL,                 -- JSON: ids of the incidents as they were then
  who    TEXT NOT NULL,
  at     TEXT NOT NULL,                 -- UTC
  note   TEXT NOT NULL
) STRICT;

CREATE TABLE decided_events (           -- the events that a merge or split is about
  decision INTEGER NOT NULL REFERENCES incident_decisions,
  page     INTEGER NOT NULL REFERENCES pages,
  record   TEXT NOT NULL,               -- e3
  side     INTEGER NOT NULL,            -- 1: split off; 0: the others, or merged
  mark     TEXT NOT NULL,               -- as in `reviews`
  found    INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX decided_events_by_page ON decided_events (page);

CREATE VIEW incidents_view AS
  SELECT i.number, i.id, i.type, i.status, g.name AS place, g.id AS place_id, g.country, g.admin1, g.lat, g.lon,
         nullif(i.first_day, '') AS first_day, nullif(i.last_day, '') AS last_day, i.killed_low, i.killed_high,
         i.wounded_low, i.wounded_high, i.accounts, i.reports, i.outlets, i.origins, i.independent, i.disputes, i.added,
         i.changed
  FROM incidents i LEFT JOIN places g ON g.number = i.place WHERE i.packed IS NOT NULL;

CREATE VIEW incident_events_view AS
  SELECT i.id AS incident, p.id || '#' || e.id AS event
  FROM incident_events m JOIN incidents i ON i.number = m.incident JOIN events e ON e.number = m.event
  JOIN pages p ON p.number = e.report;

CREATE VIEW holdings_view AS
  SELECT h.number, g.name AS place, g.id AS place_id, g.lat, g.lon, h.actor, h.actor_id, h.status,
         nullif(h.since, '') AS since, nullif(h.until, '') AS until, h.said
  FROM holdings h JOIN places g ON g.number = h.place;

CREATE VIEW disputes_view AS
  SELECT d.number, d.id, i.id AS incident, g.name AS place, d.kind, d.about, nullif(d.first_day, '') AS first_day
  FROM disputes d LEFT JOIN incidents i ON i.number = d.incident LEFT JOIN places g ON g.number = d.place;

INSERT INTO to_link SELECT number FROM reports;

-- Decisions can be undone, mend fields, settle what two people disagree on; and a queue of what to look at first -----------

DROP VIEW reviews_view;
CREATE TABLE reviews_of_2 (
  number   INTEGER PRIMARY KEY,         -- in the order in which they were taken
  page     INTEGER REFERENCES pages,    -- NULL: of an incident
  record   TEXT NOT NULL,               -- e3, c1; an incident's id; '' for the report itself
  decision TEXT NOT NULL,               -- accept, reject, mend, unsure, skip, note, undo
  who      TEXT NOT NULL,
  at       TEXT NOT NULL,               -- UTC
  note     TEXT NOT NULL,
  mark     TEXT NOT NULL,               -- JSON: what the record was and where it stood, to find it in a new reading
  found    INTEGER NOT NULL DEFAULT 1,  -- 0: the reading of today has no such record
  mend     TEXT,                        -- JSON: the record's fields that are otherwise, as they should be
  undoes   INTEGER REFERENCES reviews,  -- the decision that this one takes back
  blind    INTEGER NOT NULL DEFAULT 1,  -- 0: whoever took it could see what others had decided, and settled it
  key      TEXT                         -- of whoever sent it: sent again, it is not decided again
) STRICT;
INSERT INTO reviews_of_2 (number, page, record, decision, who, at, note, mark, found)
  SELECT number, page, record, decision, who, at, note, mark, found FROM reviews;
DROP TABLE reviews;
ALTER TABLE reviews_of_2 RENAME TO reviews;
CREATE INDEX reviews_by_page ON reviews (page, record);
CREATE INDEX reviews_by_record ON reviews (record, number) WHERE page IS NULL;
CREATE INDEX reviews_by_who ON reviews (who, number);
CREATE INDEX reviews_by_undoes ON reviews (undoes) WHERE undoes IS NOT NULL;
CREATE UNIQUE INDEX reviews_by_key ON reviews (key) WHERE key IS NOT NULL;
CREATE TRIGGER reviews_are_not_changed BEFORE UPDATE OF number, page, decision, who, at, note, mark, mend, undoes, blind
  ON reviews BEGIN SELECT RAISE(ABORT, 'a decision is not changed: it is undone by another'); END;
CREATE TRIGGER reviews_are_not_deleted BEFORE DELETE ON reviews
  WHEN NOT EXISTS (SELECT 1 FROM pages WHERE number = OLD.page AND state = 'redacted')
  BEGIN SELECT RAISE(ABORT, 'decisions only grow'); END;

CREATE TABLE reviewed (                 -- what the decisions on a record come to; made anew with each of them
  page     INTEGER NOT NULL,            -- 0: of an incident
  record   TEXT NOT NULL,
  status   TEXT NOT NULL,               -- once, agreed, disagreed, settled
  decision TEXT NOT NULL,               -- accept, reject, mend, unsure: the last of them
  coders   INTEGER NOT NULL,
  last     INTEGER NOT NULL,            -- reviews.number of that decision
  PRIMARY KEY (page, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX reviewed_by_status ON reviewed (status, page, record);

CREATE TABLE reviewed_by (              -- what each coder decided last on a record, and did not undo
  page     INTEGER NOT NULL,            -- 0: of an incident
  record   TEXT NOT NULL,
  who      TEXT NOT NULL,
  decision TEXT NOT NULL,               -- accept, reject, mend, unsure, skip
  number   INTEGER NOT NULL,            -- of the row in `reviews`
  PRIMARY KEY (page, record, who)
) STRICT, WITHOUT ROWID;
CREATE INDEX reviewed_by_who ON reviewed_by (who, number);

CREATE TABLE review_modes (             -- how many people decide on a record before it counts; the last row holds
  number INTEGER PRIMARY KEY,
  coders INTEGER NOT NULL CHECK (coders IN (1, 2)),
  who    TEXT NOT NULL,
  at     TEXT NOT NULL                  -- UTC
) STRICT;

CREATE INDEX events_by_weight ON events (
  CAST(50 * (1 - min(1.0, abs(score - 0.5) * 2)) AS INTEGER) + CASE
    WHEN max(ifnull(killed_low, 0), ifnull(killed_high, 0)) >= 50 THEN 40
    WHEN max(ifnull(killed_low, 0), ifnull(killed_high, 0)) >= 10 THEN 30
    WHEN max(ifnull(killed_low, 0), ifnull(killed_high, 0)) >= 1 THEN 20
    WHEN max(ifnull(wounded_low, 0), ifnull(wounded_high, 0)) >= 1 THEN 10 ELSE 0 END, number);
CREATE INDEX claims_by_weight ON claims (
  CAST(50 * (1 - min(1.0, abs(score - 0.5) * 2)) AS INTEGER)
  + CASE stance WHEN 'denies' THEN 20 WHEN 'doubts' THEN 10 ELSE 0 END + (voice IS NULL) * 10, number);
CREATE INDEX incidents_by_weight ON incidents (
  (disputes > 0) * 40 + CASE WHEN reports >= 20 THEN 30 WHEN reports >= 10 THEN 25 WHEN reports >= 5 THEN 20
    WHEN reports >= 2 THEN 10 ELSE 0 END + CASE
    WHEN max(ifnull(killed_low, 0), ifnull(killed_high, 0)) >= 50 THEN 40
    WHEN max(ifnull(killed_low, 0), ifnull(killed_high, 0)) >= 10 THEN 30
    WHEN max(ifnull(killed_low, 0), ifnull(killed_high, 0)) >= 1 THEN 20
    WHEN max(ifnull(wounded_low, 0), ifnull(wounded_high, 0)) >= 1 THEN 10 ELSE 0 END, number);

CREATE TABLE review_first (             -- events of incidents that are disputed or told by several reports
  event  INTEGER PRIMARY KEY,
  weight INTEGER NOT NULL               -- that of the index above, and for the incident
) STRICT;
CREATE INDEX review_first_by_weight ON review_first (weight, event);
CREATE TRIGGER events_are_weighed AFTER INSERT ON incident_events BEGIN
  DELETE FROM review_first WHERE event = NEW.event;
  INSERT INTO review_first SELECT e.number, CAST(50 * (1 - min(1.0, abs(e.score - 0.5) * 2)) AS INTEGER) + CASE
    WHEN max(ifnull(e.killed_low, 0), ifnull(e.killed_high, 0)) >= 50 THEN 40
    WHEN max(ifnull(e.killed_low, 0), ifnull(e.killed_high, 0)) >= 10 THEN 30
    WHEN max(ifnull(e.killed_low, 0), ifnull(e.killed_high, 0)) >= 1 THEN 20
    WHEN max(ifnull(e.wounded_low, 0), ifnull(e.wounded_high, 0)) >= 1 THEN 10 ELSE 0 END
    + (i.disputes > 0) * 30 + CASE WHEN i.reports >= 20 THEN 20 WHEN i.reports >= 10 THEN 15 WHEN i.reports >= 5 THEN 10
    ELSE 5 END
    FROM events e JOIN incidents i ON i.number = NEW.incident
    WHERE e.number = NEW.event AND (i.reports > 1 OR i.disputes > 0);
END;
CREATE TRIGGER events_are_weighed_no_more AFTER DELETE ON incident_events
  BEGIN DELETE FROM review_first WHERE event = OLD.event; END;

CREATE VIEW reviews_view AS
  SELECT v.number, CASE WHEN v.page IS NULL THEN v.record WHEN v.record = '' THEN p.id ELSE p.id || '#' || v.record END
         AS id, v.decision, v.who, v.at, v.note, v.mend, v.undoes, v.blind, v.found
  FROM reviews v LEFT JOIN pages p ON p.number = v.page;
