"""What a million people need: the totals of each day kept as such, and indexes for what was looked for row by row."""

from __future__ import annotations

# What was kept of a company stays true until the next line of it: each line adds what it is more than the last one.
TOTALS = """INSERT INTO quality_total (day, people, callable, email, doubtful)
    SELECT day, sum(sum(people)) OVER (ORDER BY day), sum(sum(callable)) OVER (ORDER BY day),
        sum(sum(email)) OVER (ORDER BY day), sum(sum(doubtful)) OVER (ORDER BY day)
    FROM (SELECT day, people - coalesce(lag(people) OVER earlier, 0) AS people,
            callable - coalesce(lag(callable) OVER earlier, 0) AS callable,
            email - coalesce(lag(email) OVER earlier, 0) AS email,
            doubtful - coalesce(lag(doubtful) OVER earlier, 0) AS doubtful
        FROM quality_day WINDOW earlier AS (PARTITION BY npp, company, pembina ORDER BY day, id)) AS steps
    GROUP BY day ORDER BY day"""

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE quality_total (id {id}, day TEXT NOT NULL UNIQUE, people {int} NOT NULL, callable {int} NOT NULL,
        email {int} NOT NULL, doubtful {int} NOT NULL)""",
    TOTALS,
    "CREATE INDEX follow_up_done ON follow_up (done_at DESC, id DESC) WHERE state <> 'open'",
    "CREATE INDEX participant_checked ON participant (claim_checked_at) WHERE claim_checked_at IS NOT NULL",
)
