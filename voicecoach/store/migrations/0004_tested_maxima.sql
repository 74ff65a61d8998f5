-- Tested maxima: a handful a year, asked for whenever a workout is planned.

CREATE INDEX max_by_time ON fact (at) WHERE kind = 'MaxTested';
