-- The training log: sessions, and the facts of each in the order they happened.
--
-- `body` is the fact as JSON and the only truth of it. The columns before it
-- are read from it by SQLite itself, so they can never say anything else.

CREATE TABLE session (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (id <> ''),
    started_at TEXT NOT NULL,       -- UTC, as 2026-01-05T18:00:00.000Z: sorts as it reads
    utc_offset_s INTEGER NOT NULL,  -- what to add for the clock on the lifter's wall
    routine TEXT NOT NULL,
    workout TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;

CREATE TABLE fact (
    seq INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES session (key),
    number INTEGER NOT NULL CHECK (number >= 1),  -- within the session
    kind TEXT NOT NULL,
    at TEXT NOT NULL,               -- UTC, the session's start and at_ms
    at_ms INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.at_ms')) STORED
        CHECK (at_ms >= 0),
    set_id TEXT GENERATED ALWAYS AS (json_extract(body, '$.set_id')) STORED,
    exercise TEXT GENERATED ALWAYS AS (json_extract(body, '$.exercise')) STORED,
    variation TEXT GENERATED ALWAYS AS (json_extract(body, '$.variation')) STORED,
    set_number INTEGER GENERATED ALWAYS AS (json_extract(body, '$.number')) STORED,
    set_kind TEXT GENERATED ALWAYS AS (json_extract(body, '$.kind')) STORED,
    low INTEGER GENERATED ALWAYS AS (json_extract(body, '$.low')) STORED,
    high INTEGER GENERATED ALWAYS AS (json_extract(body, '$.high')) STORED,
    source TEXT GENERATED ALWAYS AS (json_extract(body, '$.source')) STORED,
    reps INTEGER GENERATED ALWAYS AS (json_extract(body, '$.result.reps')) STORED
        CHECK (reps >= 0),
    hold_s INTEGER GENERATED ALWAYS AS (json_extract(body, '$.result.hold_s')) STORED
        CHECK (hold_s >= 0),
    load_g INTEGER GENERATED ALWAYS AS (json_extract(body, '$.result.load')) STORED
        CHECK (load_g >= 0),
    rpe TEXT GENERATED ALWAYS AS (json_extract(body, '$.result.rpe')) STORED,
    effort TEXT GENERATED ALWAYS AS (json_extract(body, '$.result.effort')) STORED,
    pain INTEGER GENERATED ALWAYS AS (json_extract(body, '$.result.pain')) STORED,
    note TEXT GENERATED ALWAYS AS (json_extract(body, '$.result.note')) STORED,
    body TEXT NOT NULL CHECK (json_valid(body)),  -- last: a plan is long, and seldom read
    UNIQUE (session, number)                      -- a retry can never write a fact twice
) STRICT;

-- Sessions: the latest first, and those of a routine.
CREATE INDEX session_by_start ON session (started_at);
CREATE INDEX session_by_routine ON session (routine, started_at);

-- What was said of a set after it was logged; few are ever mended.
CREATE INDEX mending_by_set ON fact (session, set_id) WHERE kind IN ('SetAmended', 'SetVoided');

-- Sets in time, of all exercises or of one. `session` is in the index so that
-- the sets of other routines are passed over without a look at their rows.
CREATE INDEX set_by_time ON fact (at, session) WHERE kind = 'SetLogged';
CREATE INDEX set_by_exercise ON fact (exercise, at, session) WHERE kind = 'SetLogged';
CREATE INDEX set_by_variation ON fact (session, exercise, variation, set_id)
    WHERE kind = 'SetLogged' AND variation IS NOT NULL;

-- What can be so only once.
CREATE UNIQUE INDEX set_is_logged_once ON fact (session, set_id) WHERE kind = 'SetLogged';
CREATE UNIQUE INDEX set_is_voided_once ON fact (session, set_id) WHERE kind = 'SetVoided';
CREATE UNIQUE INDEX session_starts_once ON fact (session) WHERE kind = 'SessionStarted';
CREATE UNIQUE INDEX session_finishes_once ON fact (session) WHERE kind = 'SessionFinished';

CREATE INDEX injury_by_time ON fact (at) WHERE kind = 'InjuryAnswered';

-- Appended, never edited.
CREATE TRIGGER fact_is_never_changed BEFORE UPDATE ON fact
BEGIN
    SELECT RAISE(ABORT, 'a fact is never changed');
END;

CREATE TRIGGER fact_is_never_removed BEFORE DELETE ON fact
BEGIN
    SELECT RAISE(ABORT, 'a fact is never removed');
END;

CREATE TRIGGER session_is_never_changed BEFORE UPDATE ON session
BEGIN
    SELECT RAISE(ABORT, 'a session is never changed');
END;

CREATE TRIGGER session_is_never_removed BEFORE DELETE ON session
BEGIN
    SELECT RAISE(ABORT, 'a session is never removed');
END;

CREATE TRIGGER only_a_standing_set_is_mended BEFORE INSERT ON fact
WHEN NEW.kind IN ('SetAmended', 'SetVoided')
BEGIN
    SELECT RAISE(ABORT, 'there is no such set to mend')
    WHERE NOT EXISTS (
        SELECT 1 FROM fact
        WHERE session = NEW.session AND set_id = json_extract(NEW.body, '$.set_id')
            AND kind = 'SetLogged'
    );
    SELECT RAISE(ABORT, 'the set is voided and cannot be mended')
    WHERE EXISTS (
        SELECT 1 FROM fact
        WHERE session = NEW.session AND set_id = json_extract(NEW.body, '$.set_id')
            AND kind = 'SetVoided'
    );
END;

-- Sets as they stand. The last fact of a set decides: it is the logging
-- itself, an amendment, whose result takes the place of the former, or the
-- voiding, after which nothing follows.
CREATE VIEW performed_set AS
SELECT
    logged.seq AS seq,
    logged.session AS session_key,
    logged.set_id AS id,
    logged.at AS at,
    session.utc_offset_s AS utc_offset_s,
    session.id AS session,
    session.routine AS routine,
    session.workout AS workout,
    logged.exercise AS exercise,
    logged.variation AS variation,
    logged.set_number AS number,
    logged.set_kind AS kind,
    latest.reps AS reps,
    latest.hold_s AS hold_s,
    latest.load_g AS load_g,
    latest.rpe AS rpe,
    logged.low AS low,
    logged.high AS high,
    latest.effort AS effort,
    latest.pain AS pain,
    latest.note AS note,
    logged.source AS source
FROM fact AS logged
JOIN session ON session.key = logged.session
JOIN fact AS latest ON latest.seq = coalesce(
    (
        SELECT max(mending.seq) FROM fact AS mending
        WHERE mending.session = logged.session AND mending.set_id = logged.set_id
            AND mending.kind IN ('SetAmended', 'SetVoided')
    ),
    logged.seq
)
WHERE logged.kind = 'SetLogged' AND latest.kind <> 'SetVoided';

CREATE VIEW finished_session AS
SELECT
    session.key AS session_key,
    session.id AS session,
    session.started_at AS started_at,
    session.utc_offset_s AS utc_offset_s,
    session.routine AS routine,
    session.workout AS workout,
    fact.at AS finished_at,
    json_extract(fact.body, '$.completed') AS completed
FROM session
JOIN fact ON fact.session = session.key AND fact.kind = 'SessionFinished';

-- A workout without a set was not trained, however it ended.
CREATE VIEW completed_workout AS
SELECT * FROM finished_session
WHERE completed AND EXISTS (
    SELECT 1 FROM performed_set WHERE performed_set.session_key = finished_session.session_key
);
