-- What is said beside the sets: bodyweights, notes, and names of the lifter's own.
--
-- They are few. What is undone is left out by looking for its voiding.

CREATE INDEX bodyweight_by_time ON fact (at) WHERE kind = 'BodyweightLogged';
CREATE INDEX note_by_time ON fact (at) WHERE kind = 'NoteTaken';
CREATE INDEX alias_by_time ON fact (at) WHERE kind = 'AliasTaught';
CREATE UNIQUE INDEX entry_is_voided_once
    ON fact (session, json_extract(body, '$.entry_id')) WHERE kind = 'EntryVoided';

CREATE VIEW standing_entry AS
SELECT
    fact.seq AS seq,
    fact.kind AS kind,
    fact.at AS at,
    date(fact.at, session.utc_offset_s || ' seconds') AS day,
    session.utc_offset_s AS utc_offset_s,
    session.id AS session,
    json_extract(fact.body, '$.weight') AS weight_g,
    json_extract(fact.body, '$.text') AS text,
    fact.set_id AS set_id
FROM fact
JOIN session ON session.key = fact.session
WHERE NOT EXISTS (
    SELECT 1 FROM fact AS voided
    WHERE voided.kind = 'EntryVoided' AND voided.session = fact.session
        AND json_extract(voided.body, '$.entry_id') = json_extract(fact.body, '$.entry_id')
);
