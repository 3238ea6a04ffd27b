-- The schema of the simulation `schema`, the same in source and target. One statement ends at a line's last semicolon.

CREATE TABLE region (
  r_regionkey int PRIMARY KEY, r_name char(25) NOT NULL, r_comment varchar(152));

CREATE TABLE nation (
  n_nationkey int PRIMARY KEY, n_name char(25) NOT NULL,
  n_regionkey int NOT NULL REFERENCES region, n_comment varchar(152));

CREATE TABLE supplier (
  s_suppkey int PRIMARY KEY, s_name char(25) NOT NULL, s_address varchar(40) NOT NULL,
  s_nationkey int NOT NULL REFERENCES nation, s_phone char(15) NOT NULL,
  s_acctbal numeric(15, 2) NOT NULL, s_comment varchar(101) NOT NULL);

CREATE TABLE part (
  p_partkey int PRIMARY KEY, p_name varchar(55) NOT NULL, p_mfgr char(25) NOT NULL,
  p_brand char(10) NOT NULL, p_type varchar(25) NOT NULL, p_size int NOT NULL,
  p_container char(10) NOT NULL, p_retailprice numeric(15, 2) NOT NULL, p_comment varchar(23) NOT NULL);

CREATE TABLE partsupp (
  ps_partkey int NOT NULL REFERENCES part, ps_suppkey int NOT NULL REFERENCES supplier,
  ps_availqty int NOT NULL, ps_supplycost numeric(15, 2) NOT NULL, ps_comment varchar(199) NOT NULL,
  PRIMARY KEY (ps_partkey, ps_suppkey));

CREATE TABLE customer (
  c_custkey int PRIMARY KEY, c_name varchar(25) NOT NULL, c_address varchar(40) NOT NULL,
  c_nationkey int NOT NULL REFERENCES nation, c_phone char(15) NOT NULL,
  c_acctbal numeric(15, 2) NOT NULL, c_mktsegment char(10) NOT NULL, c_comment varchar(117) NOT NULL);

CREATE TABLE orders (
  o_orderkey bigint PRIMARY KEY, o_custkey int NOT NULL REFERENCES customer,
  o_orderstatus char(1) NOT NULL, o_totalprice numeric(15, 2) NOT NULL, o_orderdate date NOT NULL,
  o_orderpriority char(15) NOT NULL, o_clerk char(15) NOT NULL, o_shippriority int NOT NULL,
  o_comment varchar(79) NOT NULL);

CREATE TABLE lineitem (
  l_orderkey bigint NOT NULL REFERENCES orders, l_partkey int NOT NULL, l_suppkey int NOT NULL,
  l_linenumber int NOT NULL, l_quantity numeric(15, 2) NOT NULL, l_extendedprice numeric(15, 2) NOT NULL,
  l_discount numeric(15, 2) NOT NULL, l_tax numeric(15, 2) NOT NULL, l_returnflag char(1) NOT NULL,
  l_linestatus char(1) NOT NULL, l_shipdate date NOT NULL, l_commitdate date NOT NULL,
  l_receiptdate date NOT NULL, l_shipinstruct char(25) NOT NULL, l_shipmode char(10) NOT NULL,
  l_comment varchar(44) NOT NULL,
  PRIMARY KEY (l_orderkey, l_linenumber),
  FOREIGN KEY (l_partkey, l_suppkey) REFERENCES partsupp);

CREATE TABLE every_type (
  id bigint PRIMARY KEY,
  a_smallint smallint, a_integer integer, a_bigint bigint, a_real real, a_double double precision,
  a_numeric numeric, a_numeric_12_4 numeric(12, 4), a_money money, a_boolean boolean,
  a_char char(7), a_varchar varchar(40), a_text text, a_onechar "char", a_name name, a_bytea bytea,
  a_date date, a_time time, a_timetz timetz, a_timestamp timestamp, a_timestamptz timestamptz,
  a_interval interval, a_uuid uuid, a_json json, a_jsonb jsonb, a_jsonpath jsonpath, a_xml xml,
  a_inet inet, a_cidr cidr, a_macaddr macaddr, a_macaddr8 macaddr8, a_bit bit(5), a_varbit varbit(12),
  a_point point, a_line line, a_lseg lseg, a_box box, a_path path, a_polygon polygon, a_circle circle,
  a_tsvector tsvector, a_tsquery tsquery, a_oid oid, a_pg_lsn pg_lsn, a_snapshot pg_snapshot,
  an_int4range int4range, an_int8range int8range, a_numrange numrange, a_tsrange tsrange,
  a_tstzrange tstzrange, a_daterange daterange, an_int4multirange int4multirange,
  a_tstzmultirange tstzmultirange,
  some_integers int[], some_texts text[][], some_numerics numeric[], some_times timestamptz[],
  some_uuids uuid[], some_json jsonb[]);

CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy', 'very happy');

CREATE DOMAIN percent AS numeric(5, 2) CHECK (VALUE BETWEEN 0 AND 100);

CREATE TYPE address AS (street text, zip varchar(10), floor int);

CREATE TABLE own_types (
  id bigint PRIMARY KEY, feeling mood NOT NULL, feelings mood[], share percent, home address, homes address[]);

CREATE TABLE measurement (
  at timestamp NOT NULL, sensor int NOT NULL, value double precision, note text,
  PRIMARY KEY (at, sensor)) PARTITION BY RANGE (at);

CREATE TABLE measurement_2024 PARTITION OF measurement FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

CREATE TABLE measurement_2025 PARTITION OF measurement FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');

CREATE TABLE measurement_rest PARTITION OF measurement DEFAULT;

CREATE TABLE event (
  region text NOT NULL, id bigint NOT NULL, kind int NOT NULL, body jsonb,
  PRIMARY KEY (region, id, kind)) PARTITION BY LIST (region);

CREATE TABLE event_east PARTITION OF event FOR VALUES IN ('east', 'north-east');

CREATE TABLE event_west PARTITION OF event FOR VALUES IN ('west') PARTITION BY RANGE (kind);

CREATE TABLE event_west_low PARTITION OF event_west FOR VALUES FROM (0) TO (50);

CREATE TABLE event_west_high PARTITION OF event_west FOR VALUES FROM (50) TO (1000);

CREATE TABLE category (
  id bigint PRIMARY KEY, parent bigint REFERENCES category, name text NOT NULL);

CREATE TABLE student (id bigint PRIMARY KEY, name text NOT NULL);

CREATE TABLE course (code char(6) PRIMARY KEY, title text NOT NULL);

CREATE TABLE enrolment (
  student bigint NOT NULL REFERENCES student ON DELETE CASCADE, course char(6) NOT NULL REFERENCES course,
  term int NOT NULL, grade numeric(3, 1),
  PRIMARY KEY (student, course, term));

CREATE TABLE department (
  id bigint PRIMARY KEY, name text NOT NULL, head bigint NOT NULL);

CREATE TABLE employee (
  id bigint PRIMARY KEY, name text NOT NULL,
  department bigint NOT NULL REFERENCES department DEFERRABLE INITIALLY DEFERRED,
  mentor bigint REFERENCES employee DEFERRABLE INITIALLY DEFERRED);

ALTER TABLE department ADD CONSTRAINT department_head
  FOREIGN KEY (head) REFERENCES employee DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE invoice (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, quantity int NOT NULL, price numeric(12, 2) NOT NULL,
  total numeric(14, 2) GENERATED ALWAYS AS (quantity * price) STORED, paid boolean NOT NULL DEFAULT false);

CREATE TABLE ticket (
  number int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, title text NOT NULL,
  shout text GENERATED ALWAYS AS (upper(title)) STORED, "Odd ""name""" text, "select" int);

CREATE TABLE document (
  id bigint PRIMARY KEY, title text NOT NULL, views int NOT NULL, body text, attachment bytea, meta jsonb);

ALTER TABLE document ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE TABLE sku (
  code text PRIMARY KEY, name text NOT NULL);

CREATE TABLE sku_price (
  sku text NOT NULL REFERENCES sku ON UPDATE CASCADE ON DELETE CASCADE DEFERRABLE, currency char(3) NOT NULL,
  price numeric(12, 2) NOT NULL,
  PRIMARY KEY (sku, currency));

CREATE TABLE staging (
  id bigint PRIMARY KEY, line text);

CREATE TABLE staging_detail (
  staging bigint NOT NULL REFERENCES staging, number int NOT NULL, text text,
  PRIMARY KEY (staging, number));

CREATE TABLE audit (
  id bigint PRIMARY KEY, who text, what text, at timestamptz);

ALTER TABLE audit REPLICA IDENTITY FULL;

CREATE TABLE badge (
  id bigint PRIMARY KEY, serial text NOT NULL, holder text);

CREATE UNIQUE INDEX badge_serial ON badge (serial);

CREATE TABLE slot (
  id bigint PRIMARY KEY, position int NOT NULL,
  UNIQUE (position) DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE bulk (
  id bigint PRIMARY KEY, batch int NOT NULL, text text NOT NULL, amount bigint NOT NULL);

CREATE TABLE book_debit (
  account int PRIMARY KEY, balance bigint NOT NULL, entries bigint NOT NULL);

CREATE TABLE book_credit (
  account int PRIMARY KEY, balance bigint NOT NULL, entries bigint NOT NULL);
