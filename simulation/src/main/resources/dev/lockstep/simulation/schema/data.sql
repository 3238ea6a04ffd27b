-- What the source holds when the simulation begins; the numbers in braces are told by the scale.

SELECT setseed(0.5);

CREATE SEQUENCE ids START 1000000;

CREATE FUNCTION word(n int) RETURNS text LANGUAGE sql AS
$$ SELECT string_agg(chr(97 + floor(random() * 26)::int), '') FROM generate_series(1, n) $$;

INSERT INTO region SELECT g, 'REGION ' || g, word(20) FROM generate_series(0, 4) g;

INSERT INTO nation SELECT g, 'NATION ' || g, g % 5, word(30) FROM generate_series(0, 24) g;

INSERT INTO supplier SELECT g, 'Supplier#' || g, word(12), g % 25, 'phone ' || g, g * 1.11, word(20)
  FROM generate_series(1, 100) g;

INSERT INTO part SELECT g, 'part ' || g, 'Manufacturer#' || g % 5, 'Brand#' || g % 25, 'TYPE ' || g % 150, g % 50,
  'BOX ' || g % 40, 900 + g / 10.0, 'c ' || g FROM generate_series(1, 2000) g;

INSERT INTO partsupp SELECT p, 1 + (p + s * 25) % 100, p + s, s * 10.5, 'supplied ' || p
  FROM generate_series(1, 2000) p, generate_series(0, 3) s;

INSERT INTO customer SELECT g, 'Customer#' || g, word(10), g % 25, 'phone ' || g, g * 0.37, 'BUILDING', 'c ' || g
  FROM generate_series(1, 1500) g;

INSERT INTO orders SELECT g, 1 + g % 1500, 'O', g * 3.14, date '2024-01-01' + g % 700, '3-MEDIUM', 'Clerk#' || g % 100,
  0, 'o ' || g FROM generate_series(1, {orders}) g;

INSERT INTO lineitem SELECT o, 1 + o % 2000, 1 + (1 + o % 2000 + l % 4 * 25) % 100, l, l * 5, o * 1.5, 0.05, 0.08, 'N', 'O',
  date '2024-02-01' + o % 600, date '2024-03-01' + o % 600, date '2024-03-05' + o % 600, 'NONE', 'RAIL', 'l ' || o
  FROM generate_series(1, {orders}) o, generate_series(1, 4) l WHERE l <= 1 + o % 4;

INSERT INTO every_type {types} FROM generate_series(1, 500) g;

INSERT INTO own_types SELECT g, (enum_range(null::mood))[1 + g % 4], enum_range(null::mood), g % 101,
  ('street, "' || g, 'Z' || g, g)::address, ARRAY[('a', null, 1), (null, '', 2)]::address[] FROM generate_series(1, 300) g;

INSERT INTO measurement SELECT timestamp '2023-06-01' + g * interval '4 hours', g % 7, sin(g), 'm ' || g
  FROM generate_series(1, 5000) g;

INSERT INTO event SELECT (ARRAY['east', 'north-east', 'west'])[1 + g % 3], g, g % 100, jsonb_build_object('n', g)
  FROM generate_series(1, 3000) g;

INSERT INTO category SELECT g, nullif(g / 3, 0), 'category ' || g FROM generate_series(1, 1000) g;

INSERT INTO student SELECT g, 'student ' || g FROM generate_series(1, 1000) g;

INSERT INTO course SELECT 'C' || to_char(g, 'FM0000'), 'course ' || g FROM generate_series(1, 50) g;

INSERT INTO enrolment SELECT s, 'C' || to_char(1 + (s * c) % 50, 'FM0000'), c, c / 2.0
  FROM generate_series(1, 1000) s, generate_series(1, 4) c;

BEGIN;

INSERT INTO department SELECT g, 'department ' || g, g * 10 FROM generate_series(1, 30) g;

INSERT INTO employee SELECT g, 'employee ' || g, 1 + g % 30, nullif(g / 2, 0) FROM generate_series(1, 400) g;

COMMIT;

INSERT INTO invoice (quantity, price, paid) SELECT g % 9, g * 0.99, g % 2 = 0 FROM generate_series(1, 2000) g;

INSERT INTO ticket (title, "Odd ""name""", "select") SELECT 'ticket ' || g, 'odd ' || g, g FROM generate_series(1, 1000) g;

INSERT INTO document SELECT g, 'document ' || g, 0, (SELECT string_agg(md5((g * 1000 + i)::text), '') FROM generate_series(1, 120) i),
  decode(repeat(md5(g::text), 40), 'hex'), jsonb_build_object('pages', (SELECT jsonb_agg(md5((g + i)::text)) FROM generate_series(1, 80) i))
  FROM generate_series(1, 800) g;

INSERT INTO sku SELECT 'SKU-' || g, 'article ' || g FROM generate_series(1, 800) g;

INSERT INTO sku_price SELECT 'SKU-' || g, c, g * 1.1 FROM generate_series(1, 800) g, unnest(ARRAY['EUR', 'USD']) c;

INSERT INTO staging SELECT g, word(30) FROM generate_series(1, 500) g;

INSERT INTO staging_detail SELECT g, 1, word(10) FROM generate_series(1, 500) g;

INSERT INTO audit SELECT g, 'who ' || g % 10, nullif('what ' || g % 3, 'what 0'), now() FROM generate_series(1, 2000) g;

INSERT INTO badge SELECT g, 'serial ' || g, 'holder ' || g FROM generate_series(1, 1000) g;

INSERT INTO slot SELECT g, g FROM generate_series(1, 100) g;

INSERT INTO bulk SELECT g, 0, 'bulk ' || g, 0 FROM generate_series(1, {bulk}) g;

INSERT INTO book_debit SELECT g, 1000, 0 FROM generate_series(1, 50) g;

INSERT INTO book_credit SELECT g, 1000, 0 FROM generate_series(1, 50) g;
