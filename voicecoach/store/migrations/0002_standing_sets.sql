-- Sets as they stand, kept beside the facts they follow from.
--
-- A lifter of ten years has a hundred thousand sets. To look for the last fact
-- of each takes a fifth of a second whenever something is asked of them all; a
-- table that follows every fact takes a fifth of that. It holds nothing of its
-- own: what it must be is `set_from_facts`, and the triggers below keep it so.

CREATE TABLE standing_set (
    seq INTEGER PRIMARY KEY,  -- of the fact that logged it
    session INTEGER NOT NULL REFERENCES session (key),
    set_id TEXT NOT NULL,
    at TEXT NOT NULL,
    day TEXT NOT NULL,        -- by the clock on the lifter's wall
    exercise TEXT NOT NULL,
    variation TEXT,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    low INTEGER,
    high INTEGER,
    source TEXT NOT NULL,
    reps INTEGER,
    hold_s INTEGER,
    load_g INTEGER,
    rpe TEXT,
    effort TEXT,
    pain INTEGER NOT NULL,
    note TEXT,
    UNIQUE (session, set_id)
) STRICT;

CREATE INDEX standing_set_by_time ON standing_set (at, session);
CREATE INDEX standing_set_by_exercise ON standing_set (exercise, at, session);

-- What is summed up is read from these alone: hard sets, neither warm-ups nor
-- drops, none that hurt and none without a number.
CREATE INDEX hard_set_by_exercise ON standing_set
    (exercise, day, session, seq, reps, hold_s, load_g, variation, kind, pain)
    WHERE kind IN ('working', 'failure') AND NOT pain AND (reps > 0 OR hold_s > 0);
CREATE INDEX hard_set_by_day ON standing_set (day, exercise, reps, hold_s, load_g, kind, pain)
    WHERE kind IN ('working', 'failure') AND NOT pain AND (reps > 0 OR hold_s > 0);

-- The last fact of a set decides: it is the logging itself, an amendment,
-- whose result takes the place of the former, or the voiding, after which
-- nothing follows.
CREATE VIEW set_from_facts AS
SELECT
    logged.seq AS seq,
    logged.session AS session,
    logged.set_id AS set_id,
    logged.at AS at,
    date(logged.at, session.utc_offset_s || ' seconds') AS day,
    logged.exercise AS exercise,
    logged.variation AS variation,
    logged.set_number AS number,
    logged.set_kind AS kind,
    logged.low AS low,
    logged.high AS high,
    logged.source AS source,
    latest.reps AS reps,
    latest.hold_s AS hold_s,
    latest.load_g AS load_g,
    latest.rpe AS rpe,
    latest.effort AS effort,
    coalesce(latest.pain, 0) AS pain,
    latest.note AS note
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

INSERT INTO standing_set SELECT * FROM set_from_facts;

CREATE TRIGGER logged_set_stands AFTER INSERT ON fact WHEN NEW.kind = 'SetLogged'
BEGIN
    INSERT INTO standing_set
    SELECT
        NEW.seq, NEW.session, NEW.set_id, NEW.at,
        date(NEW.at, session.utc_offset_s || ' seconds'),
        NEW.exercise, NEW.variation, NEW.set_number, NEW.set_kind, NEW.low, NEW.high, NEW.source,
        NEW.reps, NEW.hold_s, NEW.load_g, NEW.rpe, NEW.effort, coalesce(NEW.pain, 0), NEW.note
    FROM session WHERE session.key = NEW.session;
END;

CREATE TRIGGER amended_set_stands AFTER INSERT ON fact WHEN NEW.kind = 'SetAmended'
BEGIN
    UPDATE standing_set SET
        reps = NEW.reps, hold_s = NEW.hold_s, load_g = NEW.load_g, rpe = NEW.rpe,
        effort = NEW.effort, pain = coalesce(NEW.pain, 0), note = NEW.note
    WHERE session = NEW.session AND set_id = NEW.set_id;
END;

CREATE TRIGGER voided_set_falls AFTER INSERT ON fact WHEN NEW.kind = 'SetVoided'
BEGIN
    DELETE FROM standing_set WHERE session = NEW.session AND set_id = NEW.set_id;
END;

-- As before, from the table in place of the facts.
DROP VIEW performed_set;
CREATE VIEW performed_set AS
SELECT
    standing_set.seq AS seq,
    standing_set.session AS session_key,
    standing_set.set_id AS id,
    standing_set.at AS at,
    standing_set.day AS day,
    session.utc_offset_s AS utc_offset_s,
    session.id AS session,
    session.routine AS routine,
    session.workout AS workout,
    standing_set.exercise AS exercise,
    standing_set.variation AS variation,
    standing_set.number AS number,
    standing_set.kind AS kind,
    standing_set.reps AS reps,
    standing_set.hold_s AS hold_s,
    standing_set.load_g AS load_g,
    standing_set.rpe AS rpe,
    standing_set.low AS low,
    standing_set.high AS high,
    standing_set.effort AS effort,
    standing_set.pain AS pain,
    standing_set.note AS note,
    standing_set.source AS source
FROM standing_set
JOIN session ON session.key = standing_set.session;

-- These found sets among the facts.
DROP INDEX set_by_time;
DROP INDEX set_by_exercise;
