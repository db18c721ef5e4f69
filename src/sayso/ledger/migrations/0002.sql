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
