"""Plans/benchmark/monthly.yaml computed without the engine: `monthly_peer.py IN OUT [THREADS]`, in DuckDB.

Written from Docs/PlanReference.md alone. Money is whole cents from the first query to the last; a product of cents
and rates is a whole number too and is rounded once, half to even, where the plan rounds. No binary fraction occurs.
"""

import sys

import duckdb

# What the statements say, one after the other; each may use the tables before it.
STEPS = """
-- n / d rounded half to even, the same on both sides of zero.
CREATE MACRO rhe(n, d) AS sign(n)::BIGINT * (abs(n) // d + CASE
    WHEN 2 * (abs(n) % d) > d OR (2 * (abs(n) % d) = d AND (abs(n) // d) % 2 = 1) THEN 1 ELSE 0 END);
CREATE MACRO money(cents) AS cents::DECIMAL(16, 0) * 0.01::DECIMAL(2, 2);
CREATE MACRO month_name(m) AS printf('2026-%02d', m);

CREATE TEMP TABLE people AS SELECT id, role, region, manager_id, hire_date::DATE AS hired
    FROM read_csv('{IN}/people.csv', header = true, all_varchar = true);
-- The plan takes 85 % of each quota; quotas are whole hundreds, so that nothing is rounded here.
CREATE TEMP TABLE quota AS
    SELECT person_id, right(period, 2)::INT AS m, sum((amount * 100)::BIGINT * 85 // 100)::BIGINT AS q
    FROM read_csv('{IN}/quotas.csv', header = true,
        columns = {'person_id': 'VARCHAR', 'period': 'VARCHAR', 'amount': 'DECIMAL(14,2)'}) GROUP BY ALL;
CREATE TEMP TABLE fx AS SELECT currency, date, (rate * 1000000)::BIGINT AS rate FROM read_csv('{IN}/fx.csv',
    header = true, columns = {'currency': 'VARCHAR', 'date': 'DATE', 'rate': 'DECIMAL(10,6)'});
CREATE TEMP TABLE splits AS SELECT transaction_id AS id, person_id, (percent * 100)::BIGINT AS share
    FROM read_csv('{IN}/splits.csv', header = true,
        columns = {'transaction_id': 'VARCHAR', 'person_id': 'VARCHAR', 'percent': 'DECIMAL(5,2)'});

-- Credits: the rows that count, in dollars of their day.
CREATE TEMP TABLE sale AS
    SELECT t.id, t.date, month(t.date)::INT AS m, product, region, type, owner_id, (cost * 100)::BIGINT AS cost,
        coalesce(paid_date <= DATE '2026-12-31', false) AS paid, rhe((amount * 100)::BIGINT * rate, 1000000) AS usd
    FROM read_csv('{IN}/transactions.csv', header = true, auto_detect = false, delim = ',', quote = '"', columns = {
        'id': 'VARCHAR', 'date': 'DATE', 'account_id': 'VARCHAR', 'product': 'VARCHAR', 'region': 'VARCHAR',
        'type': 'VARCHAR', 'amount': 'DECIMAL(14,2)', 'cost': 'DECIMAL(14,2)', 'currency': 'VARCHAR',
        'owner_id': 'VARCHAR', 'status': 'VARCHAR', 'paid_date': 'DATE'}) t
    JOIN fx ON fx.currency = t.currency AND fx.date = t.date
    WHERE status <> 'cancelled' AND (t.currency = 'JPY' OR amount < 40000);

-- A shared sale: everyone's part is rounded but that of the largest share (the first by id of equal ones), who gets
-- what is left.
CREATE TEMP TABLE own AS
    WITH part AS (
        SELECT sale.id, person_id, usd, rhe(usd * share, 10000) AS part,
            row_number() OVER (PARTITION BY sale.id ORDER BY share DESC, person_id) = 1 AS keeps
        FROM sale JOIN splits ON splits.id = sale.id),
    credit AS (
        SELECT id, person_id, CASE WHEN keeps
            THEN usd - sum(CASE WHEN keeps THEN 0 ELSE part END) OVER (PARTITION BY id) ELSE part
            END::BIGINT AS credited
        FROM part
        UNION ALL SELECT id, owner_id, usd FROM sale WHERE id NOT IN (SELECT id FROM splits))
    SELECT sale.*, person_id, credited FROM credit JOIN sale ON sale.id = credit.id;

-- Two levels of managers get credit for the same rows.
CREATE TEMP TABLE team AS
    WITH up AS (
        SELECT id AS person, manager_id AS boss FROM people WHERE manager_id IS NOT NULL
        UNION ALL SELECT p.id, b.manager_id FROM people p JOIN people b ON b.id = p.manager_id
            WHERE b.manager_id IS NOT NULL)
    SELECT own.id, date, m, type, cost, boss AS person_id, person_id AS source, credited
    FROM own JOIN up ON up.person = own.person_id;

-- Measures, a row a payee and month.
CREATE TEMP TABLE grid AS
    WITH figure AS (
        SELECT person_id, m,
            sum(CASE WHEN type <> 'renewal' OR credited >= 100000 THEN credited ELSE 0 END)::BIGINT AS sold,
            count(*) FILTER (credited > 0 AND cost * 2 < 5000000) AS deals
        FROM own GROUP BY ALL)
    SELECT people.id AS person_id, months.m::INT AS m, coalesce(sold, 0) AS sold, coalesce(q, 0) AS quota,
        sum(coalesce(deals, 0)) OVER (PARTITION BY people.id, (months.m - 1) // 3 ORDER BY months.m) AS deals
    FROM people CROSS JOIN range(1, 13) months(m)
    LEFT JOIN figure ON figure.person_id = people.id AND figure.m = months.m
    LEFT JOIN quota ON quota.person_id = people.id AND quota.m = months.m;

-- The rate of a month in hundredths of a percent: a figure on an edge is in the lower band; without quota, the first.
CREATE TEMP TABLE rate AS SELECT person_id, m, CASE
        WHEN quota = 0 OR sold * 100 <= quota * 60 THEN 300
        WHEN sold * 100 <= quota * 100 THEN 650
        WHEN sold * 100 <= quota * 130 THEN 900 ELSE 1225 END AS rate
    FROM grid;

-- Components, a row for each line that is paid on.
CREATE TEMP TABLE commission AS
    SELECT own.id, own.person_id, own.m, rhe(credited * rate
        * CASE product WHEN 'platform' THEN 115 WHEN 'services' THEN 90 ELSE 100 END
        * CASE type WHEN 'upsell' THEN 105 ELSE 100 END, 100000000) AS earned
    FROM own JOIN rate ON rate.person_id = own.person_id AND rate.m = own.m
    JOIN people ON people.id = own.person_id
    WHERE paid AND type IN ('new', 'upsell') AND hired <= date AND people.region <> 'LATAM';

-- Where a month's running sum is rounded, a line shows by how much the rounded sum moved.
CREATE TEMP TABLE products AS
    WITH exact AS (
        SELECT id, person_id, m, date,
            credited * CASE product WHEN 'core' THEN 1250 WHEN 'platform' THEN 2375 ELSE 500 END AS exact
        FROM own WHERE region IN ('EMEA', 'APAC') AND NOT (type = 'renewal' AND credited < 50000)
            AND date BETWEEN DATE '2026-02-10' AND DATE '2026-11-20'),
    running AS (
        SELECT *, sum(exact)
            OVER (PARTITION BY person_id, m ORDER BY date, id ROWS UNBOUNDED PRECEDING)::BIGINT AS total
        FROM exact)
    SELECT id, person_id, m, rhe(total, 100000) - rhe(total - exact, 100000) AS earned FROM running;

CREATE TEMP TABLE override AS
    WITH running AS (
        SELECT team.id, person_id, source, m, credited * 75 AS exact, sum(credited * 75)
            OVER (PARTITION BY person_id, m ORDER BY date, team.id, source ROWS UNBOUNDED PRECEDING)::BIGINT AS total
        FROM team JOIN people ON people.id = team.person_id
        WHERE type = 'new' AND cost > 0 AND (role = 'manager' OR region LIKE 'A%'))
    SELECT id, person_id, source, m, rhe(total, 10000) - rhe(total - exact, 10000) AS earned FROM running;

COPY (
    SELECT own.id AS transaction_id, own.person_id, month_name(own.m) AS month, 'own' AS credit, NULL AS source,
        money(credited) AS credited, money(c.earned) AS commission, money(p.earned) AS products, NULL AS override,
        money(coalesce(c.earned, 0) + coalesce(p.earned, 0)) AS total
    FROM own
    LEFT JOIN commission c ON c.id = own.id AND c.person_id = own.person_id
    LEFT JOIN products p ON p.id = own.id AND p.person_id = own.person_id
    UNION ALL
    SELECT team.id, team.person_id, month_name(team.m), 'team', team.source, money(credited), NULL, NULL,
        money(o.earned), money(coalesce(o.earned, 0))
    FROM team
    LEFT JOIN override o ON o.id = team.id AND o.person_id = team.person_id AND o.source = team.source
) TO '{OUT}/lines.csv' (HEADER, DELIMITER ',');

COPY (
    WITH c AS (SELECT person_id, m, sum(earned)::BIGINT AS earned FROM commission GROUP BY ALL),
    p AS (SELECT person_id, m, least(sum(earned), 25000)::BIGINT AS earned FROM products GROUP BY ALL),
    o AS (SELECT person_id, m, sum(earned)::BIGINT AS earned FROM override GROUP BY ALL)
    SELECT grid.person_id, month_name(grid.m) AS month, money(sold) AS sold, money(quota) AS quota,
        CASE WHEN quota = 0 THEN 0 ELSE rhe(sold * 10000, quota) END::DECIMAL(16, 0) * 0.0001::DECIMAL(4, 4)
            AS attainment,
        deals, money(coalesce(c.earned, 0)) AS commission,
        money(coalesce(p.earned, 0)) AS products,
        money(coalesce(o.earned, 0)) AS override,
        money(coalesce(c.earned, 0) + coalesce(p.earned, 0) + coalesce(o.earned, 0)) AS total
    FROM grid
    LEFT JOIN c ON c.person_id = grid.person_id AND c.m = grid.m
    LEFT JOIN p ON p.person_id = grid.person_id AND p.m = grid.m
    LEFT JOIN o ON o.person_id = grid.person_id AND o.m = grid.m
) TO '{OUT}/statements.csv' (HEADER, DELIMITER ',');
"""


def main():
    source, target = sys.argv[1], sys.argv[2]
    database = duckdb.connect()
    database.execute(f"SET threads = {int(sys.argv[3]) if len(sys.argv) > 3 else 2}")
    database.execute("SET preserve_insertion_order = false")
    database.execute(STEPS.replace("{IN}", source).replace("{OUT}", target))


main()
