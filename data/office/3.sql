-- Version 3: a submission that is no longer where it was keeps its row, and the row says so.
ALTER TABLE submission ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
