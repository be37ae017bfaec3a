-- The ledger of an office, version 1: docs/office.md says what each column holds. Keys are natural ones: nothing here
-- depends on the order in which submissions were verified, or on the clock.
CREATE TABLE submission (
    name TEXT NOT NULL PRIMARY KEY,
    sha256 TEXT NOT NULL,
    program TEXT NOT NULL,
    data TEXT NOT NULL,
    plugins TEXT NOT NULL,
    asked TEXT NOT NULL,
    outcome TEXT NOT NULL,
    exit_code INTEGER NOT NULL,
    applicant TEXT NOT NULL,
    reference TEXT NOT NULL,
    dated TEXT,
    manifest INTEGER NOT NULL,
    refusal TEXT,
    again INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE room (
    submission TEXT NOT NULL REFERENCES submission (name),
    design TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    day TEXT NOT NULL,
    exit_code INTEGER NOT NULL,
    instruments TEXT NOT NULL,
    methods TEXT NOT NULL,
    decays INTEGER NOT NULL,
    facts BLOB NOT NULL,
    PRIMARY KEY (submission, design)
) WITHOUT ROWID;
CREATE TABLE finding (
    submission TEXT NOT NULL REFERENCES submission (name),
    design TEXT NOT NULL,
    number INTEGER NOT NULL,
    rule TEXT NOT NULL,
    instrument TEXT NOT NULL,
    article TEXT NOT NULL,
    subject TEXT NOT NULL,
    outcome TEXT NOT NULL,
    force TEXT NOT NULL,
    margin REAL,
    dose INTEGER NOT NULL,
    method TEXT NOT NULL,
    PRIMARY KEY (submission, design, number)
) WITHOUT ROWID;
CREATE TABLE reason (
    submission TEXT NOT NULL REFERENCES submission (name),
    number INTEGER NOT NULL,
    weight TEXT NOT NULL,
    code TEXT NOT NULL,
    said TEXT NOT NULL,
    instrument TEXT NOT NULL,
    article TEXT NOT NULL,
    subject TEXT NOT NULL,
    PRIMARY KEY (submission, number)
) WITHOUT ROWID;
CREATE TABLE claim (
    submission TEXT NOT NULL REFERENCES submission (name),
    design TEXT NOT NULL,
    id TEXT NOT NULL,
    subject TEXT NOT NULL,
    quantity TEXT NOT NULL,
    status TEXT NOT NULL,
    factor REAL,
    PRIMARY KEY (submission, design, id)
) WITHOUT ROWID;
CREATE INDEX submission_by_outcome ON submission (outcome);
CREATE INDEX finding_by_rule ON finding (rule, outcome);
