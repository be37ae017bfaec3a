-- Version 2: what became of what was found. Officers write these rows; no verification touches them.
CREATE TABLE inspection (
    id TEXT NOT NULL PRIMARY KEY,
    unit TEXT NOT NULL,
    day TEXT NOT NULL,
    officers INTEGER,
    vehicles INTEGER
) WITHOUT ROWID;
CREATE TABLE follow_up (
    id TEXT NOT NULL PRIMARY KEY,
    unit TEXT NOT NULL,
    submission TEXT NOT NULL,
    rule TEXT NOT NULL,
    what TEXT NOT NULL,
    inspection TEXT NOT NULL,
    found TEXT NOT NULL,
    deadline TEXT,
    corrected TEXT
) WITHOUT ROWID;
