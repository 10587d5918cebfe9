CREATE TABLE deals (id TEXT, date TEXT, owner TEXT, amount TEXT);
INSERT INTO deals VALUES ('D-1', '2026-03-05', 'ann', '12.50'), ('D-2', '2026-03-06', 'ben', '1');
