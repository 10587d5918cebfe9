CREATE TABLE deals (id TEXT, date TEXT, owner TEXT, amount REAL);
INSERT INTO deals VALUES ('D-1', '2026-03-05', 'ann', 0.1 + 0.2), ('D-2', '2026-03-06', 'ben', 1);
