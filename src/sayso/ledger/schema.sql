-- The ledger: one SQLite file. What was received stands byte for byte in `received`; how it came is in `custody`, which
-- only grows; everything else can be made again from these two.
--
-- Numbers (INTEGER PRIMARY KEY) join tables inside this file and mean nothing outside it; ids are for people and other
-- programs. A claim or event has the number (report << 20) | position, so a report's records lie together.
-- Offsets (start, stop) are half-open code points of reports.text. Days are ISO dates; '' is an unknown one.

-- Received -----------------------------------------------------------------------------------------------------------

CREATE TABLE received (
  digest TEXT PRIMARY KEY,              -- "sha256:" and the hex digest of the bytes
  size   INTEGER NOT NULL,              -- of the bytes, before packing
  packed BLOB NOT NULL                  -- the bytes, zstd
) STRICT;

CREATE TABLE pages (
  number   INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,        -- the report's: the digest, or the id a JSONL line gave
  digest   TEXT REFERENCES received,    -- NULL: redacted
  state    TEXT NOT NULL CHECK (state IN ('read', 'unreadable', 'redacted')),
  problem  TEXT,                        -- why it could not be read
  received TEXT,                        -- JSON: where from, how, medium, charset, line, record (docs/reading.md)
  context  TEXT,                        -- JSON: what its container said of it and what the caller gave; to read it again
  line     BLOB                         -- of JSONL, whose text is in `received`: the whole line byte for byte, zstd
) STRICT;
CREATE INDEX pages_by_digest ON pages (digest);

CREATE TABLE custody (
  number   INTEGER PRIMARY KEY,         -- 1, 2, 3, ... without gaps
  at       TEXT NOT NULL,               -- UTC
  act      TEXT NOT NULL CHECK (act IN ('created', 'received', 'received again', 'reread', 'redacted')),
  page     TEXT,                        -- pages.id
  place    TEXT,                        -- file, address or "<stdin>" it came from
  record   TEXT,                        -- line of a JSONL file, id of a feed's entry or of a WARC record
  how      TEXT,                        -- file, stdin, url, warc, feed, jsonl, python
  size     INTEGER,
  digest   TEXT,                        -- of the bytes received
  reading  TEXT,                        -- digest of what was read from them; NULL: nothing could be
  tool     TEXT NOT NULL,               -- sayso's version, and the reader's
  note     TEXT,                        -- reason of a redaction, of not being readable
  previous TEXT NOT NULL,               -- hash of the line before
  hash     TEXT NOT NULL UNIQUE,        -- SHA-256 of all other columns as JSON (docs/ledger.md)
  line_digest TEXT                      -- of the JSONL line whose text was received
) STRICT;
CREATE INDEX custody_by_page ON custody (page);
CREATE TRIGGER custody_is_not_changed BEFORE UPDATE ON custody
  BEGIN SELECT RAISE(ABORT, 'the custody log only grows'); END;
CREATE TRIGGER custody_is_not_deleted BEFORE DELETE ON custody
  BEGIN SELECT RAISE(ABORT, 'the custody log only grows'); END;

CREATE TRIGGER custody_is_not_replaced BEFORE INSERT ON custody
  WHEN EXISTS (SELECT 1 FROM custody WHERE number >= NEW.number) OR EXISTS (SELECT 1 FROM custody WHERE hash = NEW.hash)
  BEGIN SELECT RAISE(ABORT, 'the custody log only grows'); END;

-- Names and places that many records share ---------------------------------------------------------------------------

CREATE TABLE outlets (
  number INTEGER PRIMARY KEY,
  name   TEXT NOT NULL,                 -- as the report has it
  id     TEXT,                          -- in the register of outlets
  kind   TEXT,
  key    TEXT NOT NULL                  -- the name folded for search
) STRICT;
CREATE UNIQUE INDEX outlets_once ON outlets (name, ifnull(id, ''));

CREATE TABLE names (
  number INTEGER PRIMARY KEY,
  name   TEXT NOT NULL,                 -- of an actor, target or source: the fullest in its report
  actor  TEXT,                          -- its id in the register of actors
  key    TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX names_once ON names (name, ifnull(actor, ''));
CREATE INDEX names_by_actor ON names (actor) WHERE actor IS NOT NULL;
CREATE VIRTUAL TABLE name_words USING fts5 (key, content='names', content_rowid='number',
  tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER names_are_found AFTER INSERT ON names
  BEGIN INSERT INTO name_words (rowid, key) VALUES (NEW.number, NEW.key); END;
CREATE TRIGGER names_are_found_no_more AFTER DELETE ON names
  BEGIN INSERT INTO name_words (name_words, rowid, key) VALUES ('delete', OLD.number, OLD.key); END;

CREATE TABLE actors (
  id   TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE places (
  number    INTEGER PRIMARY KEY,
  id        TEXT,                       -- of a gazetteer; NULL: words that are not resolved
  name      TEXT NOT NULL,
  country   TEXT,
  admin1    TEXT,
  lat       REAL,
  lon       REAL,
  level     TEXT,
  geonameid INTEGER,
  key       TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX places_once ON places (ifnull(id, ''), name);
CREATE INDEX places_by_key ON places (key);
CREATE VIRTUAL TABLE place_areas USING rtree (number, south, north, west, east);

-- Read ---------------------------------------------------------------------------------------------------------------

CREATE TABLE reports (
  number     INTEGER PRIMARY KEY REFERENCES pages,
  title      TEXT,
  outlet     INTEGER REFERENCES outlets,
  outlet_why TEXT,
  byline     TEXT,
  published  TEXT,                      -- ISO 8601, as precise as the page
  day        TEXT NOT NULL,             -- of publication
  language   TEXT,
  url        TEXT,
  words      INTEGER NOT NULL,
  claims     INTEGER NOT NULL,
  events     INTEGER NOT NULL,
  known      TEXT NOT NULL,             -- JSON: where title, outlet, ... came from
  notes      TEXT NOT NULL,             -- JSON: what was mended, what does not fit
  reader     TEXT NOT NULL,             -- version of what read it
  text       TEXT NOT NULL
) STRICT;
CREATE INDEX reports_by_day ON reports (day, number, outlet);
CREATE INDEX reports_by_outlet ON reports (outlet, day);

CREATE TABLE readings (
  report INTEGER PRIMARY KEY REFERENCES reports,
  digest TEXT NOT NULL,                 -- of its JSON with the text (sayso.ledger.packing)
  packed BLOB NOT NULL                  -- that JSON without the text, zstd
) STRICT;

CREATE TABLE parts (
  report   INTEGER NOT NULL REFERENCES reports,
  position INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  start    INTEGER NOT NULL,
  stop     INTEGER NOT NULL,
  score    REAL NOT NULL,
  doubt    INTEGER NOT NULL,
  why      TEXT NOT NULL,
  aside    TEXT,                        -- a line that was set aside
  PRIMARY KEY (report, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE claims (
  number  INTEGER PRIMARY KEY,
  report  INTEGER NOT NULL REFERENCES reports,
  id      TEXT NOT NULL,                -- c1, c2, ... in its report
  source  TEXT,                         -- as written
  voice   INTEGER REFERENCES names,     -- who that is; NULL: not said who
  cue     TEXT,
  content TEXT NOT NULL,
  spans   TEXT NOT NULL,                -- JSON: of the content
  via     TEXT NOT NULL,                -- relays, "; " between
  stance  TEXT NOT NULL,
  within  TEXT,
  score   REAL NOT NULL,
  outlet  INTEGER REFERENCES outlets,   -- the report's, as its day
  day     TEXT NOT NULL
) STRICT;
CREATE INDEX claims_by_report ON claims (report);
CREATE INDEX claims_by_day ON claims (day, number, voice, outlet, stance);
CREATE INDEX claims_by_voice ON claims (voice, day, number);
CREATE INDEX claims_by_outlet ON claims (outlet, day, number);

CREATE TABLE events (
  number      INTEGER PRIMARY KEY,
  report      INTEGER NOT NULL REFERENCES reports,
  id          TEXT NOT NULL,            -- e1, e2, ... in its report
  type        TEXT NOT NULL,
  words       TEXT NOT NULL,            -- the trigger
  start       INTEGER NOT NULL,         -- of the trigger
  stop        INTEGER NOT NULL,
  actors      TEXT NOT NULL,            -- by their fullest names, "; " between
  targets     TEXT NOT NULL,
  place_words TEXT,
  place       INTEGER REFERENCES places,
  place_precision INTEGER,              -- UCDP's where_prec
  place_why   TEXT,
  time_words  TEXT,
  date        TEXT,                     -- NULL: none is warranted
  date_precision INTEGER,               -- UCDP's date_prec
  date_why    TEXT NOT NULL,
  first_day   TEXT NOT NULL,            -- possible; without any bound the day of publication
  last_day    TEXT NOT NULL,
  killed_low  INTEGER,
  killed_high INTEGER,
  wounded_low INTEGER,
  wounded_high INTEGER,
  weapon      TEXT,
  status      TEXT NOT NULL,
  claim       INTEGER REFERENCES claims,
  voice       INTEGER REFERENCES names, -- on whose word; NULL with a claim: not said who; without: the report's own
  outlet      INTEGER REFERENCES outlets,
  incident    TEXT NOT NULL,
  score       REAL NOT NULL,
  acled       TEXT,                     -- JSON: what the codebooks call it
  plover      TEXT,
  ucdp        TEXT
) STRICT;
CREATE INDEX events_by_report ON events (report);
CREATE INDEX events_by_claim ON events (claim) WHERE claim IS NOT NULL;
CREATE INDEX events_by_day ON events (first_day, number, last_day, type, status, place, voice, outlet);
CREATE INDEX events_by_last_day ON events (last_day, number);
CREATE INDEX events_by_type ON events (type, first_day, number);
CREATE INDEX events_by_status ON events (status, first_day, number);
CREATE INDEX events_by_place ON events (place, first_day, number, claim);
CREATE INDEX events_by_voice ON events (voice, first_day, number);
CREATE INDEX events_by_outlet ON events (outlet, first_day, number);

CREATE TABLE parties (
  name  INTEGER NOT NULL REFERENCES names,
  event INTEGER NOT NULL REFERENCES events,
  role  TEXT NOT NULL CHECK (role IN ('actor', 'target')),
  PRIMARY KEY (name, event, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX parties_by_event ON parties (event);

CREATE TABLE toponyms (
  report     INTEGER NOT NULL REFERENCES reports,
  start      INTEGER NOT NULL,
  stop       INTEGER NOT NULL,
  words      TEXT NOT NULL,
  place      INTEGER REFERENCES places, -- NULL: not known, or no place is meant
  precision  INTEGER,
  candidates INTEGER,
  why        TEXT NOT NULL,
  PRIMARY KEY (report, start, stop)
) STRICT, WITHOUT ROWID;
CREATE INDEX toponyms_by_place ON toponyms (place) WHERE place IS NOT NULL;

CREATE TABLE times (
  report    INTEGER NOT NULL REFERENCES reports,
  start     INTEGER NOT NULL,
  stop      INTEGER NOT NULL,
  words     TEXT NOT NULL,
  type      TEXT NOT NULL,
  value     TEXT,
  first_day TEXT,
  last_day  TEXT,
  precision INTEGER,
  anchor    TEXT,
  why       TEXT NOT NULL,
  PRIMARY KEY (report, start, stop)
) STRICT, WITHOUT ROWID;

-- Copies -------------------------------------------------------------------------------------------------------------

CREATE TABLE copies (
  a     INTEGER NOT NULL REFERENCES reports, -- came into the ledger before b
  b     INTEGER NOT NULL REFERENCES reports,
  kind  TEXT NOT NULL,
  how   TEXT,
  first TEXT,                           -- a, b, common; NULL: undecided
  why   TEXT NOT NULL,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX copies_by_b ON copies (b);

CREATE TABLE passages (
  a       INTEGER NOT NULL,
  b       INTEGER NOT NULL,
  a_start INTEGER NOT NULL,
  a_stop  INTEGER NOT NULL,
  b_start INTEGER NOT NULL,
  b_stop  INTEGER NOT NULL,
  words   INTEGER NOT NULL,
  kind    TEXT NOT NULL,
  why     TEXT NOT NULL,
  PRIMARY KEY (a, b, a_start, b_start),
  FOREIGN KEY (a, b) REFERENCES copies
) STRICT, WITHOUT ROWID;

CREATE TABLE compared (
  report INTEGER PRIMARY KEY REFERENCES reports,
  digest INTEGER NOT NULL,              -- of its words
  near   INTEGER REFERENCES reports,    -- the earlier report that it (almost) copies
  hashes BLOB NOT NULL                  -- its rows in `fingerprints`, 8 bytes each, to take them out again
) STRICT;
CREATE INDEX compared_by_digest ON compared (digest);
CREATE INDEX compared_by_near ON compared (near) WHERE near IS NOT NULL;

CREATE TABLE fingerprints (
  hash   INTEGER NOT NULL,
  report INTEGER NOT NULL,
  PRIMARY KEY (hash, report)
) STRICT, WITHOUT ROWID;

-- Decided by people --------------------------------------------------------------------------------------------------

CREATE TABLE reviews (
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

CREATE TABLE audit (                    -- whatever was written through the desk, besides the rows it wrote
  number  INTEGER PRIMARY KEY,
  at      TEXT NOT NULL,                -- UTC
  who     TEXT NOT NULL,                -- the name given at the desk
  session TEXT NOT NULL,                -- of the browser: tells two people of one name apart
  act     TEXT NOT NULL,                -- accept, merge, undo, ...
  subject TEXT NOT NULL                 -- id of the record or incident
) STRICT;
CREATE INDEX audit_by_subject ON audit (subject);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END;

-- Kept up to date beside the rest, so that counting takes no time ----------------------------------------------------

CREATE TABLE tallies (
  what TEXT NOT NULL,                   -- "event type", "status", "outlet", "month", ...
  name TEXT NOT NULL,
  n    INTEGER NOT NULL,
  PRIMARY KEY (what, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE said (
  voice   INTEGER NOT NULL REFERENCES names,
  outlet  INTEGER NOT NULL,             -- outlets.number; 0: unknown
  month   TEXT NOT NULL,
  claims  INTEGER NOT NULL,
  reports INTEGER NOT NULL,
  PRIMARY KEY (voice, outlet, month)
) STRICT, WITHOUT ROWID;
CREATE INDEX said_by_month ON said (month);
CREATE INDEX said_by_outlet ON said (outlet, month);

CREATE TABLE cited (                    -- `said`, summed up
  voice   INTEGER PRIMARY KEY REFERENCES names,
  claims  INTEGER NOT NULL,
  reports INTEGER NOT NULL
) STRICT;
CREATE INDEX cited_by_claims ON cited (claims);

-- Words of titles and texts, folded (sayso.ledger.folding): Arabic and Cyrillic are found however they are written.
CREATE VIRTUAL TABLE words USING fts5 (title, text, content='', tokenize='unicode61 remove_diacritics 2');

-- What is asked of feeds again and again (sayso watch).
CREATE TABLE feeds (
  url      TEXT PRIMARY KEY,
  etag     TEXT,
  modified TEXT,
  checked  TEXT,                        -- UTC
  due      TEXT,                        -- not to be asked before; UTC
  failures INTEGER NOT NULL DEFAULT 0,  -- in a row
  problem  TEXT
) STRICT, WITHOUT ROWID;

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

CREATE TRIGGER decisions_are_linked AFTER INSERT ON reviewed WHEN NEW.page > 0
  BEGIN INSERT OR IGNORE INTO to_link VALUES (NEW.page); END;
CREATE TRIGGER decisions_are_linked_again AFTER UPDATE ON reviewed WHEN NEW.page > 0
  BEGIN INSERT OR IGNORE INTO to_link VALUES (NEW.page); END;
CREATE TRIGGER decisions_are_unlinked AFTER DELETE ON reviewed WHEN OLD.page > 0
  BEGIN INSERT OR IGNORE INTO to_link SELECT number FROM reports WHERE number = OLD.page; END;
CREATE TRIGGER modes_are_linked AFTER INSERT ON review_modes
  BEGIN INSERT OR IGNORE INTO to_link SELECT DISTINCT page FROM reviewed WHERE page > 0; END;

CREATE TABLE to_join (                  -- events whose incident lost others, and is to be settled anew
  event INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE to_hold (                  -- places of which another history is told
  place TEXT PRIMARY KEY,               -- places.id
  day   TEXT NOT NULL DEFAULT ''        -- from which day on
) STRICT, WITHOUT ROWID;

CREATE TABLE link_notes (               -- "linker": the version that linked
  what TEXT PRIMARY KEY,
  said TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE linked (
  report   INTEGER PRIMARY KEY REFERENCES reports,
  accounts BLOB NOT NULL,               -- its events as records.pool.Account, msgpack, zstd
  nodes    BLOB NOT NULL,               -- what of them is compared (sayso.linking.nodes), msgpack, zstd
  filed    BLOB NOT NULL                -- their rows in `node_keys`, to take them out again
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
CREATE INDEX incidents_in_time ON incidents (
  first_day, number, type, status, last_day, place, disputes, independent, added
) WHERE packed IS NOT NULL;             -- whatever is filtered and sorted by: few of the wide rows are looked at
CREATE INDEX incidents_by_last_day ON incidents (last_day, number);
CREATE INDEX incidents_by_type ON incidents (type, first_day, number);
CREATE INDEX incidents_by_status ON incidents (status, first_day, number);
CREATE INDEX incidents_by_place ON incidents (place, first_day, number);
CREATE INDEX incidents_by_independent ON incidents (independent, first_day, number);
CREATE INDEX incidents_by_added ON incidents (added, number);
CREATE INDEX incidents_disputed ON incidents (first_day, number) WHERE disputes > 0;
CREATE INDEX incidents_to_settle ON incidents (number) WHERE packed IS NULL;

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

CREATE TABLE changes (                  -- what came, changed or went last: columns in memory (columns.py) are old there
  turn   INTEGER PRIMARY KEY,
  what   TEXT NOT NULL CHECK (what IN ('report', 'incident')),
  number INTEGER NOT NULL               -- of pages, where its events did; of incidents
) STRICT;
CREATE TRIGGER changes_are_forgotten AFTER INSERT ON changes
  BEGIN DELETE FROM changes WHERE turn <= NEW.turn - 100000; END;
CREATE TRIGGER events_came AFTER INSERT ON events
  BEGIN INSERT INTO changes (what, number) VALUES ('report', NEW.report); END;
CREATE TRIGGER events_went AFTER DELETE ON events
  BEGIN INSERT INTO changes (what, number) VALUES ('report', OLD.report); END;
CREATE TRIGGER incidents_came AFTER INSERT ON incidents
  BEGIN INSERT INTO changes (what, number) VALUES ('incident', NEW.number); END;
CREATE TRIGGER incidents_changed AFTER UPDATE ON incidents
  BEGIN INSERT INTO changes (what, number) VALUES ('incident', NEW.number); END;
CREATE TRIGGER incidents_went AFTER DELETE ON incidents
  BEGIN INSERT INTO changes (what, number) VALUES ('incident', OLD.number); END;

CREATE TABLE disputes (
  number    INTEGER PRIMARY KEY,
  id        TEXT NOT NULL,
  incident  INTEGER REFERENCES incidents, -- NULL: about who holds a place
  place     INTEGER REFERENCES places,
  kind      TEXT NOT NULL,
  about     TEXT NOT NULL,
  first_day TEXT NOT NULL,
  packed    BLOB NOT NULL,              -- records.pool.Dispute as JSON, zstd
  turn      INTEGER NOT NULL DEFAULT 0  -- of which of the place's holders, as in `holdings`
) STRICT;
CREATE INDEX disputes_over_holders ON disputes (place, turn) WHERE incident IS NULL;
CREATE INDEX disputes_by_id ON disputes (id);
CREATE INDEX disputes_by_incident ON disputes (incident);
CREATE INDEX disputes_by_place ON disputes (place, first_day);
CREATE INDEX disputes_by_day ON disputes (first_day, number);

CREATE TABLE statements (               -- accounts of who holds, takes, leaves or besieges a place
  place  TEXT NOT NULL,                 -- places.id
  event  INTEGER NOT NULL REFERENCES events,
  packed BLOB NOT NULL,                 -- records.pool.Account, msgpack
  day    TEXT NOT NULL DEFAULT '',      -- that it speaks of
  PRIMARY KEY (place, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX statements_by_event ON statements (event);
CREATE INDEX statements_by_day ON statements (place, day);

CREATE TABLE holdings (
  number INTEGER PRIMARY KEY,
  place  INTEGER NOT NULL REFERENCES places,
  actor  TEXT,
  actor_id TEXT,
  since  TEXT NOT NULL,                 -- '': open
  until  TEXT NOT NULL,
  said   TEXT NOT NULL,                 -- day of the last word on it
  status TEXT NOT NULL,
  packed BLOB NOT NULL,                 -- records.pool.Holding as JSON, zstd
  turn   INTEGER NOT NULL DEFAULT 0,    -- of the place's holders, one after the other; each has its stretches
  begun  TEXT NOT NULL DEFAULT ''       -- where the words on the holder begin, JSON: day, day it was said, account, ...
) STRICT;
CREATE INDEX holdings_by_place ON holdings (place, since);
CREATE INDEX holdings_by_turn ON holdings (place, turn);
CREATE INDEX holdings_by_beginning ON holdings (place, begun);

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

-- What people should look at first (sayso.ledger.review_weights has the same words): where the reader is in doubt, people
-- were killed, accounts are disputed or many.
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

-- For people who look with other tools -------------------------------------------------------------------------------

CREATE VIEW reports_view AS
  SELECT r.number, p.id, r.title, o.name AS outlet, o.id AS outlet_id, r.byline, r.published, r.language, r.url, r.words,
         r.claims, r.events, p.digest, json_extract(p.received, '$.where') AS received_from, r.reader, r.text
  FROM reports r JOIN pages p USING (number) LEFT JOIN outlets o ON o.number = r.outlet;

CREATE VIEW claims_view AS
  SELECT c.number, p.id || '#' || c.id AS id, p.id AS report, o.name AS outlet, r.published, n.name AS source,
         n.actor AS source_id, c.via, c.stance, c.cue, c.content, c.spans, c.within, c.score
  FROM claims c JOIN reports r ON r.number = c.report JOIN pages p ON p.number = c.report
  LEFT JOIN outlets o ON o.number = c.outlet LEFT JOIN names n ON n.number = c.voice;

CREATE VIEW events_view AS
  SELECT e.number, p.id || '#' || e.id AS id, p.id AS report, o.name AS outlet, r.published, e.type, e.words, e.actors,
         e.targets, e.place_words, g.name AS place, g.id AS place_id, g.country, g.admin1, g.lat, g.lon, e.place_precision,
         e.place_why, e.time_words, e.date, e.date_precision, nullif(e.first_day, '') AS first_day,
         nullif(e.last_day, '') AS last_day, e.date_why, e.killed_low, e.killed_high, e.wounded_low, e.wounded_high,
         e.weapon, e.status, p.id || '#' || c.id AS claim, n.name AS source, n.actor AS source_id, e.incident, e.score,
         e.start, e.stop, e.acled, e.plover, e.ucdp
  FROM events e JOIN reports r ON r.number = e.report JOIN pages p ON p.number = e.report
  LEFT JOIN outlets o ON o.number = e.outlet LEFT JOIN places g ON g.number = e.place
  LEFT JOIN claims c ON c.number = e.claim LEFT JOIN names n ON n.number = e.voice;

CREATE VIEW parties_view AS
  SELECT pg.id || '#' || e.id AS event, p.role, n.name, n.actor, a.name AS actor_name, a.kind AS actor_kind
  FROM parties p JOIN events e ON e.number = p.event JOIN pages pg ON pg.number = e.report
  JOIN names n ON n.number = p.name LEFT JOIN actors a ON a.id = n.actor;

CREATE VIEW copies_view AS
  SELECT pa.id AS a, pb.id AS b, c.kind, c.how, c.first, c.why
  FROM copies c JOIN pages pa ON pa.number = c.a JOIN pages pb ON pb.number = c.b;

CREATE VIEW reviews_view AS
  SELECT v.number, CASE WHEN v.page IS NULL THEN v.record WHEN v.record = '' THEN p.id ELSE p.id || '#' || v.record END
         AS id, v.decision, v.who, v.at, v.note, v.mend, v.undoes, v.blind, v.found
  FROM reviews v LEFT JOIN pages p ON p.number = v.page;

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
