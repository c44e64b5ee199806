"""People with a problem, and the figures of each company, counted as they change instead of anew for each look."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE person_quality ADD COLUMN unclaimed {int} NOT NULL DEFAULT 1",
    "ALTER TABLE person_quality ADD COLUMN active {int} NOT NULL DEFAULT 0",
    "UPDATE person_quality SET unclaimed = 0 WHERE id IN (SELECT id FROM participant WHERE claimed IS TRUE)",
    "UPDATE person_quality SET active = 1 WHERE id IN (SELECT id FROM participant WHERE active IS TRUE)",
    "DROP INDEX person_quality_group",  # nothing is added up by it any more
    "ALTER TABLE quality_group ADD COLUMN people {int} NOT NULL DEFAULT 0",
    "ALTER TABLE quality_group ADD COLUMN callable {int} NOT NULL DEFAULT 0",
    "ALTER TABLE quality_group ADD COLUMN email {int} NOT NULL DEFAULT 0",
    "ALTER TABLE quality_group ADD COLUMN doubtful {int} NOT NULL DEFAULT 0",
    """UPDATE quality_group SET people = counted.people, callable = counted.callable, email = counted.email,
        doubtful = counted.doubtful
        FROM (SELECT group_id, count(*) AS people, sum(callable) AS callable, sum(email) AS email,
            sum(doubtful) AS doubtful FROM person_quality GROUP BY group_id) AS counted
        WHERE counted.group_id = quality_group.id""",
    """CREATE TABLE problem_count (id {id}, flag TEXT NOT NULL, group_id {int} NOT NULL,
        unclaimed {int} NOT NULL, active {int} NOT NULL, people {int} NOT NULL,
        UNIQUE (flag, group_id, unclaimed, active))""",
    """INSERT INTO problem_count (flag, group_id, unclaimed, active, people)
        SELECT flag, group_id, unclaimed, active, count(*) FROM open_problem
        JOIN person_quality ON person_quality.id = open_problem.participant_id
        GROUP BY flag, group_id, unclaimed, active""",
    "CREATE INDEX problem_count_flag ON problem_count (flag, unclaimed, active, people)",
    "CREATE INDEX quality_group_company ON quality_group (company)",
)
