-- What changed last is told, so that columns in memory stay up to date; what they count is not counted here as well.
-- JSONL lines are kept as they came.

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

DROP INDEX incidents_in_time;
CREATE INDEX incidents_in_time ON incidents (
  first_day, number, type, status, last_day, place, disputes, independent, added
) WHERE packed IS NOT NULL;             -- whatever is filtered and sorted by: few of the wide rows are looked at

DROP TRIGGER events_are_counted;
DROP TRIGGER events_are_counted_no_more;
DROP TABLE event_days;
CREATE TABLE marks_of_old AS SELECT what, number, incident FROM incident_marks;
DROP TABLE incident_marks;
CREATE TABLE incident_marks (           -- who took part in an incident, who told of it, and in which outlets
  what     TEXT NOT NULL CHECK (what IN ('party', 'voice', 'outlet')),
  number   INTEGER NOT NULL,            -- of names, or outlets
  incident INTEGER NOT NULL REFERENCES incidents,
  PRIMARY KEY (what, number, incident)
) STRICT, WITHOUT ROWID;
INSERT INTO incident_marks SELECT what, number, incident FROM marks_of_old;
CREATE INDEX incident_marks_by_incident ON incident_marks (incident);
DROP TABLE marks_of_old;

ALTER TABLE pages ADD COLUMN line BLOB;
ALTER TABLE custody ADD COLUMN line_digest TEXT;
