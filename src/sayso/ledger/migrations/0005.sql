-- Incidents are counted and filtered without looking at their wide rows.

CREATE INDEX incidents_in_time ON incidents (first_day, number, type, status, last_day, place, disputes)
  WHERE packed IS NOT NULL;             -- whatever is filtered by, so that few of the wide rows are looked at

CREATE TABLE marks_of_old AS SELECT * FROM incident_marks;
DROP TABLE incident_marks;
CREATE TABLE incident_marks (           -- who took part in an incident, who told of it, and in which outlets
  what     TEXT NOT NULL CHECK (what IN ('party', 'voice', 'outlet')),
  number   INTEGER NOT NULL,            -- of names, or outlets
  incident INTEGER NOT NULL REFERENCES incidents,
  day      TEXT NOT NULL,               -- the incident's first day and type: to be counted without looking it up
  type     TEXT NOT NULL,
  PRIMARY KEY (what, number, incident)
) STRICT, WITHOUT ROWID;
INSERT INTO incident_marks SELECT m.what, m.number, m.incident, i.first_day, i.type
  FROM marks_of_old m JOIN incidents i ON i.number = m.incident ORDER BY 1, 2, 3;
CREATE INDEX incident_marks_by_incident ON incident_marks (incident);
DROP TABLE marks_of_old;
