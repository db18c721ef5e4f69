-- What the desk writes is on record; events are counted by day, so that a timeline takes no time.

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

CREATE TABLE event_days (               -- events counted by their first and last possible day and type
  first_day TEXT NOT NULL,
  last_day  TEXT NOT NULL,
  type      TEXT NOT NULL,
  n         INTEGER NOT NULL,
  PRIMARY KEY (first_day, last_day, type)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER events_are_counted AFTER INSERT ON events BEGIN
  INSERT INTO event_days VALUES (NEW.first_day, NEW.last_day, NEW.type, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER events_are_counted_no_more AFTER DELETE ON events BEGIN
  UPDATE event_days SET n = n - 1 WHERE first_day = OLD.first_day AND last_day = OLD.last_day AND type = OLD.type;
  DELETE FROM event_days WHERE first_day = OLD.first_day AND last_day = OLD.last_day AND type = OLD.type AND n = 0;
END;
INSERT INTO event_days SELECT first_day, last_day, type, count(*) FROM events GROUP BY 1, 2, 3;
