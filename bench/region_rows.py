"""What lies beside a million people: call lists, attempts, the log of the counter, papers, the archive, corrections.

Made by the database itself from the people and numbers that are there, the same rows each time; shares are those of an
office after some years of work. `h(id, seed, n)` is a number below n that follows from an id.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from store.migrations.m0017_region import TOTALS

NOW: Final = datetime(2023, 7, 31, 7, 30, tzinfo=UTC)
"""A Monday afternoon, 14.30 WIB."""
STAFF: Final = 200
DAYS: Final = 500
"""So many days back the log, the papers and the corrections reach."""

_DAY: Final = 86_400_000
_AT: Final = int(NOW.timestamp() * 1000)
_SPAN: Final = DAYS * _DAY
_ANYBODY: Final = f"2 + h(id, 90, {STAFF})"
_HASH: Final = "repeat('0123456789abcdef', 4)"

FUNCTION: Final = """CREATE FUNCTION h(id bigint, seed bigint, n bigint) RETURNS bigint LANGUAGE sql
    IMMUTABLE AS 'SELECT abs(hashint8extended($1, $2) % $3)'"""

_STAFF: Final = (
    f"""INSERT INTO staff (id, login, name, section, active, founder, created_at, version)
        SELECT n, 'staf' || n, 'STAF ' || n, (ARRAY['pelayanan', 'kepesertaan', 'keuangan'])[1 + n % 3], TRUE, FALSE,
            {_AT}, 1 FROM generate_series(2, {STAFF + 1}) n""",
    f"""INSERT INTO assignment (staff_id, role, section, starts_on, version)
        SELECT n, (ARRAY['pelayanan', 'kepesertaan', 'keuangan'])[1 + n % 3], '', '2020-01-01', 1
        FROM generate_series(2, {STAFF + 1}) n UNION ALL
        SELECT 1, role, '', '2020-01-01', 1
        FROM unnest(ARRAY['pelayanan', 'kepesertaan', 'keuangan', 'kepala_bidang', 'umum']) role""",
    f"""INSERT INTO session (id, staff_id, opened_at, host, boot_id, pid, pid_started, last_key, ended_at, seq, head,
            opening)
        SELECT 1000 + id, id, {_AT - _DAY}, 'server', 'boot', 1, 1, 1, {_AT - _DAY}, 1, {_HASH}, {_HASH} FROM staff""",
    "INSERT INTO seal (session_id, sealed_by, seq, head) SELECT id, 1, seq, head FROM session WHERE id > 1000",
)

_LISTS: Final = (
    f"""INSERT INTO campaign (id, kind, period, created_at, version)
        SELECT row_number() OVER (ORDER BY month), 'jht56', to_char(month, 'YYYY-MM'), {_AT}, 1
        FROM generate_series(timestamp '2016-01-01', '2023-07-01', '1 month') month""",
    # Who reached 56: of the last year most are open, of the years before most are done.
    f"""INSERT INTO queue_item (campaign_id, participant_id, state, waiting_since, kpj, due_at, not_part, owner_id,
            current_number, done_reason, last_outcome, last_at, tries, lease_token, right_party, handler_id, matter,
            version)
        SELECT campaign.id, reached.id, state, since, kpj,
            CASE WHEN state IN ('retry', 'callback', 'promised', 'later')
                THEN {_AT} + h(reached.id, 11, {62 * _DAY}) - {_DAY} END,
            CASE WHEN state = 'retry' THEN h(reached.id, 12, 3) END,
            CASE WHEN state = 'callback' THEN 2 + h(reached.id, 13, {STAFF}) END,
            number, CASE WHEN state = 'done' THEN CASE WHEN claimed THEN 'claimed' ELSE 'refused' END END,
            CASE state WHEN 'retry' THEN 'no_answer' WHEN 'callback' THEN 'callback' WHEN 'promised' THEN 'will_claim'
                WHEN 'check' THEN 'says_claimed' WHEN 'later' THEN 'not_yet' WHEN 'exhausted' THEN 'no_answer'
                WHEN 'done' THEN 'refused' END,
            CASE WHEN state NOT IN ('new', 'without_number') THEN {_AT} - CASE WHEN h(reached.id, 14, 100) < 2
                THEN h(reached.id, 15, {_DAY // 4}) ELSE h(reached.id, 16, {_SPAN}) END END,
            CASE WHEN state IN ('new', 'without_number') THEN 0 ELSE 1 + h(reached.id, 17, 4) END, 0, FALSE,
            CASE WHEN h(reached.id, 18, 10) < 3 THEN 2 + h(reached.id, 19, {STAFF}) END, '', 1
        FROM (SELECT *, CASE WHEN claimed THEN 'done' WHEN number IS NULL THEN 'without_number'
                WHEN since >= '2022-08' THEN CASE WHEN draw < 50 THEN 'new' WHEN draw < 72 THEN 'retry'
                    WHEN draw < 75 THEN 'callback' WHEN draw < 82 THEN 'promised' WHEN draw < 88 THEN 'later'
                    WHEN draw < 92 THEN 'check' WHEN draw < 95 THEN 'exhausted' ELSE 'done' END
                ELSE CASE WHEN draw < 4 THEN 'retry' WHEN draw < 8 THEN 'later' WHEN draw < 10 THEN 'check'
                    WHEN draw < 20 THEN 'exhausted' ELSE 'done' END END AS state
            FROM (SELECT id, kpj, coalesce(claimed, FALSE) AS claimed, h(id, 10, 100) AS draw,
                    to_char(birth_date::date + interval '56 years', 'YYYY-MM-DD') AS since,
                    (SELECT e164 FROM phone WHERE participant_id = participant.id AND wrong_at IS NULL
                        ORDER BY position LIMIT 1) AS number
                FROM participant WHERE birth_date < '1967-08-01') known) reached
        JOIN campaign ON campaign.period = substr(since, 1, 7)""",
    f"""INSERT INTO attempt (item_id, participant_id, e164, outcome, detail, note, callback_at, at, staff_id, late,
            undone)
        SELECT id, participant_id, current_number, CASE WHEN n = tries THEN last_outcome ELSE 'no_answer' END, '', '',
            NULL, last_at - (tries - n) * 3 * {_DAY}, {_ANYBODY}, FALSE, FALSE
        FROM queue_item, generate_series(1, tries) n ORDER BY 8""",
)

_COUNTER: Final = (
    f"""INSERT INTO contact (id, channel, started_at, ended_at, staff_id, participant_id, e164, caller, caller_name,
            company, topic, outcome, note, right_party, settled_at, undone, version)
        SELECT id, channel, at, at + 180000, {_ANYBODY}, CASE WHEN h(id, 31, 10) < 6 THEN 1 + h(id, 32, %(people)s) END,
            '+6281' || 200000000 + h(id, 33, 700000000), 'self', '', '',
            (ARRAY['hours', 'claim', 'place', 'status', 'jmo', 'contributions', 'card', 'other'])[1 + h(id, 34, 8)],
            CASE channel WHEN 'missed' THEN 'missed' ELSE 'answered' END, '', FALSE,
            CASE WHEN channel = 'missed' AND at < {_AT - _DAY} THEN at + 600000 END, FALSE, 1
        FROM (SELECT id, {_AT} - {_SPAN} + id * {_SPAN} / %(contacts)s AS at,
            (ARRAY['phone', 'phone', 'phone', 'desk', 'desk', 'missed'])[1 + h(id, 30, 6)] AS channel
            FROM generate_series(1, %(contacts)s) id) logged""",
    f"""INSERT INTO assist (participant_id, contact_id, whom, way, started_at, staff_id, documents, activation,
            activation_note, email_handed_over, result, result_at, note, undone, version, reason)
        SELECT participant_id, id, '', (ARRAY['jmo', 'lapak_asik', 'office'])[1 + h(id, 35, 3)], started_at, staff_id,
            '{{}}', 'done', '', FALSE, CASE WHEN started_at < {_AT - 7 * _DAY} THEN 'paid' ELSE '' END,
            CASE WHEN started_at < {_AT - 7 * _DAY} THEN started_at + {_DAY} END, '', FALSE, 1, ''
        FROM contact WHERE topic = 'jmo' AND participant_id IS NOT NULL""",
    f"""INSERT INTO follow_up (what, origin, contact_id, participant_id, whom, staff_id, section, due_at, made_by,
            made_at, state, done_at, done_by, done_note, undone, version)
        SELECT 'Telepon kembali', 'counter', id, participant_id, '',
            CASE WHEN h(id, 37, 4) > 0 THEN 1 + h(id, 38, {STAFF}) END, 'pelayanan', started_at + 2 * {_DAY}, staff_id,
            started_at, CASE WHEN open THEN 'open' ELSE 'done' END, CASE WHEN NOT open THEN started_at + {_DAY} END,
            CASE WHEN NOT open THEN staff_id END, '', FALSE, 1
        FROM (SELECT *, started_at > {_AT - 4 * _DAY} AS open FROM contact WHERE h(id, 36, 10) < 2) asked""",
)

_PAPERS: Final = (
    f"""INSERT INTO imported_file (id, kind, sha256, name, imported_at, staff_id, rows)
        SELECT n, 'listing', 'listing' || n, 'LISTING.xlsx', {_AT}, 1, 100 FROM generate_series(1, {DAYS}) n""",
    f"""INSERT INTO payment (id, code, code_order, booked_on, program, kpj, name, name_key, payee, amount, description,
            digest, listing_id, version)
        SELECT n, to_char(day, 'DD-MM-YYYY') || ' T0017 ' || lpad(n::text, 8, '0'),
            to_char(day, 'YYYY-MM-DD') || ' T0017 ' || lpad(n::text, 8, '0'), to_char(day, 'YYYY-MM-DD'),
            (ARRAY['JHT', 'JHT', 'JHT', 'JHT', 'JHT', 'JHT', 'JHT', 'JKK', 'JKM', 'JP'])[1 + h(n, 41, 10)],
            kpj, name, name_key, name, 1000000 + h(n, 42, 90000000), '', 'digest', 1 + n * {DAYS - 1} / %(payments)s, 1
        FROM (SELECT n, date '2023-07-31' - {DAYS} + (n * {DAYS} / %(payments)s)::int AS day,
            1 + h(n, 40, %(people)s) AS person FROM generate_series(1, %(payments)s::bigint) n) paid
        JOIN participant ON participant.id = person""",
    """INSERT INTO payment_line (payment_id, position, account, account_name, sub_ledger, debit, credit, description)
        SELECT id, side, CASE side WHEN 1 THEN '2101' ELSE '1101' END, 'Jaminan', '', amount * (2 - side),
            amount * (side - 1), '' FROM payment, generate_series(1, 2) side""",
    # The last fortnight is on its way, everything before lies in a box; of a few the paper has not come.
    f"""INSERT INTO claim_file (id, payment_id, program, kpj, name, payee, amount, paid_on, state, source, received_at,
            received_by, matched_at, matched_by, verdict, differences, approved_why, note, undone, version)
        SELECT id, id, program, kpj, name, payee, NULL, booked_on,
            CASE WHEN booked_on < '2023-07-17' THEN 'archived' ELSE (ARRAY['received', 'matched', 'printed',
                'confirmed', 'out', 'out', 'complete'])[1 + h(id, 44, 7)] END, 'desk',
            {_AT} - (date '2023-07-31' - booked_on::date) * {_DAY}::bigint, {_ANYBODY}, {_AT}, {_ANYBODY}, 'match', '',
            '', '', FALSE, 1 FROM payment WHERE h(id, 43, 100) < 98""",
    """INSERT INTO voucher (file_id, payment_id, number, copy, kind, content, reason, made_at, made_by, printed_at,
            void_why, version)
        SELECT id, payment_id, id, 0, 'loket', json_build_object('name', name, 'kpj', kpj, 'lines', repeat('x', 400)),
            '', received_at, received_by, received_at, '', 1
        FROM claim_file WHERE state NOT IN ('received', 'matched')""",
    f"""INSERT INTO stack (id, made_at, made_by, given_to, back_at, back_by, undone, version)
        SELECT id / 40 + 1, min(received_at), 1, 'Kepala Bidang',
            CASE WHEN min(paid_on) < '2023-07-17' THEN min(received_at) + {_DAY} END,
            CASE WHEN min(paid_on) < '2023-07-17' THEN 1 END, FALSE, 1
        FROM claim_file WHERE state IN ('out', 'complete', 'archived') GROUP BY 1""",
    """INSERT INTO stack_file (stack_id, file_id, position, back_at, undone, version)
        SELECT stack.id, claim_file.id, claim_file.id % 40, stack.back_at, FALSE, 1
        FROM claim_file JOIN stack ON stack.id = claim_file.id / 40 + 1
        WHERE state IN ('out', 'complete', 'archived')""",
    """INSERT INTO signature (file_id, signer, signed_as, seen_at, seen_by, undone, version)
        SELECT id, signer, 'Kepala', received_at, received_by, FALSE, 1
        FROM claim_file, unnest(ARRAY['bidang', 'keuangan', 'kantor']) signer
        WHERE state IN ('complete', 'archived')""",
)

_ARCHIVE: Final = (
    f"""INSERT INTO place (id, kind, number, program, shelf, period, capacity, note, made_at, made_by, closed_at,
            undone, version)
        SELECT n, 'box', n::text, 'JHT', 'R' || n % 90, '', 400, '', {_AT}, 1,
            CASE WHEN n <= %(archived)s / 400 THEN {_AT} END, FALSE, 1
        FROM generate_series(1, %(archived)s / 400 + 1) n""",
    # Older papers from registers first, then those of the claim files.
    f"""INSERT INTO archived (place_id, file_id, program, code, code_order, decision, kpj, name, name_key, company, npp,
            dated, account, bank, account_name, original, note, trouble, archived_at, archived_by, source, undone,
            version)
        SELECT row_number() OVER (ORDER BY code_order) / 400 + 1, file_id, program, code, code_order, '', kpj, name,
            name_key, company, npp, dated, '', '', '', 'asli', '', '', {_AT}, 1, '', FALSE, 1
        FROM (SELECT NULL::bigint AS file_id, 'JHT' AS program,
                to_char(day, 'DD-MM-YYYY') || ' T0015 ' || lpad(n::text, 8, '0') AS code,
                to_char(day, 'YYYY-MM-DD') || ' T0015 ' || lpad(n::text, 8, '0') AS code_order, kpj, name, name_key,
                company, coalesce(npp, '') AS npp, to_char(day, 'YYYY-MM-DD') AS dated
            FROM (SELECT n, date '2014-01-02' + (n * 2900 / %(older)s)::int AS day, 1 + h(n, 50, %(people)s) AS person
                FROM generate_series(1, %(older)s::bigint) n) paid JOIN participant ON participant.id = person
            UNION ALL
            SELECT claim_file.id, claim_file.program, code, code_order, claim_file.kpj, claim_file.name, name_key, '',
                '', booked_on FROM claim_file JOIN payment ON payment.id = payment_id WHERE state = 'archived') papers
        ORDER BY code_order""",
    f"""INSERT INTO loan (archived_id, borrower, why, out_at, out_by, due_on, undone, version)
        SELECT id, 'STAF 7', '', {_AT - 5 * _DAY}, 1, '2023-07-30', FALSE, 1 FROM archived WHERE h(id, 51, 5000) = 0""",
)

_CORRECTIONS: Final = (
    f"""INSERT INTO correction (id, participant_id, field, old, new, at, staff_id, source, said_by, place, why, state,
            smile, smile_at, smile_by, smile_note, undone, version)
        SELECT id, 1 + h(id, 60, %(people)s), field, NULL, CASE field WHEN 'phone' THEN '+628' || 1200000000 + id
                ELSE 'orang' || id || '@contoh.id' END, at, {_ANYBODY}, 'company', '', '', '',
            CASE WHEN at > {_AT - 3 * _DAY} AND h(id, 61, 10) = 0 THEN 'proposed' ELSE 'made' END,
            CASE WHEN at > {_AT - 20 * _DAY} THEN 'to_do' ELSE 'done' END,
            CASE WHEN at <= {_AT - 20 * _DAY} THEN at + {_DAY} END, CASE WHEN at <= {_AT - 20 * _DAY} THEN 1 END, '',
            FALSE, 1
        FROM (SELECT id, {_AT} - {_SPAN} + id * {_SPAN} / %(corrections)s AS at,
            (ARRAY['email', 'phone'])[1 + h(id, 62, 2)] AS field
            FROM generate_series(1, %(corrections)s) id) changes""",
)

_OPEN: Final = (
    """INSERT INTO open_problem (flag, participant_id)
        SELECT flag, id FROM participant, unnest(string_to_array(flags, ' ')) flag WHERE flags <> ''""",
    """INSERT INTO open_problem (flag, participant_id)
        SELECT DISTINCT 'phone-shared', participant_id
        FROM (SELECT participant_id, min(participant_id) OVER own AS first, max(participant_id) OVER own AS last
            FROM phone WHERE wrong_at IS NULL WINDOW own AS (PARTITION BY e164)) held
        WHERE first <> last ON CONFLICT DO NOTHING""",
    """INSERT INTO open_problem (flag, participant_id)
        SELECT DISTINCT CASE WHEN one.name_key = other.name_key THEN 'cards-several' ELSE 'nik-shared' END, one.id
        FROM participant one JOIN participant other ON other.nik = one.nik AND other.id <> one.id
        ON CONFLICT DO NOTHING""",
    """INSERT INTO open_problem (flag, participant_id)
        SELECT DISTINCT 'number-wrong', participant_id FROM phone LEFT JOIN (SELECT participant_id AS person,
            max(at) AS at FROM correction WHERE field = 'phone' AND state = 'made' AND NOT undone GROUP BY 1) corrected
            ON person = participant_id WHERE wrong_at > coalesce(at, 0)""",
    """INSERT INTO quality_group (npp, company, pembina)
        SELECT DISTINCT coalesce(npp, ''), company, pembina FROM participant ORDER BY 1, 2, 3""",
    """INSERT INTO person_quality (id, group_id, callable, email, doubtful, unclaimed, active)
        SELECT participant.id, quality_group.id,
            EXISTS (SELECT 1 FROM phone WHERE participant_id = participant.id AND wrong_at IS NULL)::int,
            (participant.email IS NOT NULL)::int, coalesce(doubt, FALSE)::int, (claimed IS NOT TRUE)::int,
            (active IS TRUE)::int
        FROM participant JOIN quality_group ON quality_group.npp = coalesce(participant.npp, '')
            AND quality_group.company = participant.company AND quality_group.pembina = participant.pembina
        LEFT JOIN (SELECT participant_id, bool_or(flag <> ALL (%(no_doubt)s)) AS doubt FROM open_problem GROUP BY 1)
            open ON open.participant_id = participant.id""",
    f"""INSERT INTO quality_day (day, npp, company, pembina, people, callable, email, doubtful)
        SELECT to_char(date '2023-07-31' - n, 'YYYY-MM-DD'), npp, company, pembina, 10, 9, 5, 1
        FROM generate_series({DAYS}, 1, -1) n, quality_group WHERE n = {DAYS} OR h(id, n, 50) = 0 ORDER BY 1""",
    TOTALS,
    f"""INSERT INTO problem_day (day, flag, opened, settled)
        SELECT to_char(date '2023-07-31' - n, 'YYYY-MM-DD'), flag, 5, 7
        FROM generate_series({DAYS}, 0, -1) n, (SELECT DISTINCT flag FROM open_problem) open""",
)

_WROTE: Final = f"""INSERT INTO audit (id, session_id, seq, at, staff_id, action, undoable, digest, previous, hash)
    SELECT 1000000 + row_number() OVER (ORDER BY at), 1000 + staff_id, 1000000 + row_number() OVER (ORDER BY at), at,
        staff_id, action, TRUE, {_HASH}, {_HASH}, {_HASH}
    FROM (SELECT at, staff_id, 'queue.outcome' AS action FROM attempt UNION ALL
        SELECT at, staff_id, 'correction.correct' FROM correction UNION ALL
        SELECT started_at, staff_id, 'counter.contact' FROM contact) written"""


def _told(what: str, columns: str, rows: str) -> str:
    """Lines of the trail: of rows `rows` (id, person), in their order, the entries of an action."""
    return f"""INSERT INTO audit_change (audit_id, n, table_name, row_id, participant_id, payload, salt, digest)
        SELECT entry.id, {columns}, '{{"after":{{"outcome":"no_answer"}},"before":{{"outcome":null}}}}',
            'salt', {_HASH}
        FROM (SELECT id, row_number() OVER (ORDER BY at, id) AS n FROM audit WHERE action = '{what}') entry
        JOIN (SELECT *, row_number() OVER (ORDER BY at, id) AS n FROM ({rows}) each) made ON made.n = entry.n"""


_TRAIL: Final = (
    f"""INSERT INTO audit (id, session_id, seq, at, staff_id, action, undoable, digest, previous, hash)
        SELECT 1000 + n, 1001, 1000 + n, {_AT - _SPAN}, 1, 'import.participants', FALSE, {_HASH}, {_HASH}, {_HASH}
        FROM generate_series(0, %(people)s / 1000) n""",
    f"""INSERT INTO audit_change (audit_id, n, table_name, row_id, participant_id, payload, salt, digest)
        SELECT 1000 + id / 1000, id % 1000, 'participant', id, id,
            json_build_object('after', json_build_object('kpj', kpj, 'name', name, 'company', company)), 'salt', {_HASH}
        FROM participant""",
    _WROTE,
    _told("queue.outcome", "1, 'attempt', made.id, person", "SELECT id, at, participant_id AS person FROM attempt"),
    _told(
        "queue.outcome",
        "2, 'queue_item', item, person",
        "SELECT id, at, item_id AS item, participant_id AS person FROM attempt",
    ),
    _told(
        "correction.correct",
        "1, 'correction', made.id, person",
        "SELECT id, at, participant_id AS person FROM correction",
    ),
    _told(
        "counter.contact",
        "1, 'contact', made.id, person",
        "SELECT id, started_at AS at, participant_id AS person FROM contact",
    ),
)

STATEMENTS: Final = (*_STAFF, *_LISTS, *_COUNTER, *_PAPERS, *_ARCHIVE, *_CORRECTIONS, *_OPEN, *_TRAIL)
"""All of it, after the people and their numbers; values by name: see `counts`."""


def counts(people: int) -> dict[str, int]:
    """How many rows of each kind belong to so many people."""
    return {
        "people": people,
        "contacts": people * 3 // 10,
        "payments": people // 5,
        "older": people // 5,
        "archived": people * 2 // 5,
        "corrections": people * 3 // 20,
    }
