-- Links follow decisions, and what a report's nodes are found by can be taken out again.

DELETE FROM node_keys;
DELETE FROM likely;
DROP TABLE linked;
CREATE TABLE linked (
  report   INTEGER PRIMARY KEY REFERENCES reports,
  accounts BLOB NOT NULL,
  nodes    BLOB NOT NULL,
  filed    BLOB NOT NULL
) STRICT;
INSERT OR IGNORE INTO to_link SELECT number FROM reports;
CREATE TRIGGER decisions_are_linked AFTER INSERT ON reviewed WHEN NEW.page > 0
  BEGIN INSERT OR IGNORE INTO to_link VALUES (NEW.page); END;
CREATE TRIGGER decisions_are_linked_again AFTER UPDATE ON reviewed WHEN NEW.page > 0
  BEGIN INSERT OR IGNORE INTO to_link VALUES (NEW.page); END;
CREATE TRIGGER decisions_are_unlinked AFTER DELETE ON reviewed WHEN OLD.page > 0
  BEGIN INSERT OR IGNORE INTO to_link SELECT number FROM reports WHERE number = OLD.page; END;
CREATE TRIGGER modes_are_linked AFTER INSERT ON review_modes
  BEGIN INSERT OR IGNORE INTO to_link SELECT DISTINCT page FROM reviewed WHERE page > 0; END;
