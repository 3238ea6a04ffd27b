package dev.lockstep.connectors.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every type that PostgreSQL comes with, some that it does not, and their ugliest values. */
final class PgSamples {
  private static final String HUGE = "('-' || repeat('9', 131072))::numeric";
  private static final String FINE = "('0.' || repeat('7', 16383))::numeric";

  private PgSamples() {}

  /**
   * A type and values of it.
   *
   * @param since the first version of PostgreSQL that has them
   * @param values as SQL writes them
   */
  record Sample(String type, int since, List<String> values) {}

  /** What must be there before the samples' tables can be created. */
  static final List<String> SETUP =
      List.of(
          "CREATE EXTENSION hstore",
          "CREATE EXTENSION citext",
          "CREATE EXTENSION ltree",
          "CREATE EXTENSION cube",
          "CREATE EXTENSION isn",
          "CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'ü', '')",
          "CREATE DOMAIN small AS numeric(5,2) CHECK (value < 500)",
          "CREATE DOMAIN smaller AS small CHECK (value < 50)",
          "CREATE DOMAIN numbers AS int[]",
          "CREATE TYPE pair AS (n numeric, t text)",
          "CREATE TYPE pairs AS (one pair, many pair[], \"odd \"\" name\" mood)",
          "CREATE TYPE floatrange AS RANGE (subtype = float8)",
          // Called as PostgreSQL's own are, which they are not.
          "CREATE SCHEMA other",
          "CREATE TYPE other.date AS (a int, b text)",
          "CREATE DOMAIN other.uuid AS text");

  static List<Sample> all() {
    return Stream.of(
            numbers(),
            texts(),
            times(),
            network(),
            geometry(),
            documents(),
            arrays(),
            own(),
            foreign())
        .flatMap(List::stream)
        .toList();
  }

  private static Sample of(String type, String... values) {
    return new Sample(type, 0, List.of(values));
  }

  /** The values are texts. */
  private static Sample texts(String type, String... values) {
    return since(0, type, values);
  }

  private static Sample since(int version, String type, String... values) {
    List<String> literals = new ArrayList<>();
    for (String value : values) {
      literals.add("'" + value.replace("'", "''") + "'");
    }
    return new Sample(type, version, literals);
  }

  private static List<Sample> numbers() {
    return List.of(
        texts("smallint", "-32768", "0", "32767"),
        texts("integer", "-2147483648", "0", "2147483647"),
        texts("bigint", "-9223372036854775808", "-1", "9223372036854775807"),
        of(
            "numeric",
            "'NaN'",
            "'Infinity'",
            "'-Infinity'",
            "0",
            "'0.000'",
            "'1.50'",
            "'1.5000000'",
            "'-0.00001'",
            "'10000'",
            "'100000000'",
            "'12345678901234567890.123456789'",
            "'9999'",
            "'99999999999999999'",
            "'-123456789012345'",
            "'0.0001'",
            "'0.00010'",
            "1e20",
            "1e-20",
            HUGE,
            FINE),
        texts("numeric(12,3)", "NaN", "123456789.123", "-0.001", "0", "1"),
        texts("numeric(3,-2)", "NaN", "99900", "-100", "0"),
        texts("numeric(2,5)", "NaN", "0.00099", "-0.00001", "0"),
        texts("numeric(1000,0)", "9".repeat(1000), "-1"),
        texts(
            "real",
            "NaN",
            "Infinity",
            "-Infinity",
            "0",
            "-0",
            "1e-45",
            "-1.17549435e-38",
            "3.4028235e38",
            "0.1",
            "123456",
            "1234567",
            "1e-5",
            "0.0001"),
        texts(
            "double precision",
            "NaN",
            "Infinity",
            "-Infinity",
            "0",
            "-0",
            "5e-324",
            "2.2250738585072014e-308",
            "1.7976931348623157e308",
            "0.1",
            "1e15",
            "123456789012345",
            "1e14",
            "0.0001",
            "1e-5",
            "9007199254740993",
            "2e-323"),
        texts("money", "-92233720368547758.08", "92233720368547758.07", "0", "-0.01", "1234567.89"),
        texts("boolean", "true", "false"),
        texts("oid", "0", "4294967295"),
        texts("xid", "0", "4294967295"),
        texts("cid", "0", "4294967295"),
        texts("xid8", "0", "18446744073709551615"),
        texts("tid", "(0,1)", "(4294967295,65535)"),
        texts("pg_lsn", "0/0", "FFFFFFFF/FFFFFFFF", "16/B374D848"),
        texts("regclass", "pg_class", "other.\"date\""),
        texts("regtype", "integer", "mood", "numeric[]"),
        texts("regprocedure", "abs(integer)"),
        texts("regnamespace", "pg_catalog", "other"),
        texts("regrole", "postgres"),
        texts("pg_snapshot", "10:20:10,14,15", "1:1:"),
        texts("txid_snapshot", "10:20:10,14,15"));
  }

  private static List<Sample> texts() {
    return List.of(
        texts("text", "", " ", "trailing  ", "ü😀\u0001\t\n\r\\\"'{},NULL", "NULL", "\\x41", "\\N"),
        texts("varchar", "", "trailing  ", "ü😀"),
        texts("varchar(5)", "", "a    ", "ü😀ü😀ü"),
        texts("char(5)", "", "a", "a   ", "ü😀ü😀ü", " a"),
        texts("char", "", "a", "ü"),
        texts("bpchar", "", "a  ", "  ", "a"),
        texts("\"char\"", "", "a", " ", "'"),
        texts("name", "", "a  ", "x".repeat(63), "ü"),
        of("bytea", "''", "'\\x00ff5c27'", "decode(repeat('00ff', 5000), 'hex')", "'\\\\x'"),
        texts(
            "uuid", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
        texts("bit", "0", "1"),
        texts("bit(9)", "000000000", "101010101"),
        texts("varbit", "", "1", "101010101010101010101"),
        texts("varbit(3)", "", "11"),
        texts("tsvector", "", "'a ''b':1A,2B,3 'c':16383", "'\\\\':1 'ü'"),
        texts("tsquery", "", "'a' & !('b':AB* | 'c d') <3> 'e'", "'it''s'"));
  }

  private static List<Sample> times() {
    return List.of(
        texts(
            "date",
            "infinity",
            "-infinity",
            "4713-01-01 BC",
            "0001-12-31 BC",
            "0001-01-01",
            "2000-02-29",
            "5874897-12-31",
            "10000-01-01"),
        texts("time", "00:00", "24:00:00", "23:59:59.999999", "12:00:00.5"),
        texts("time(0)", "24:00", "12:30:01"),
        texts(
            "timetz",
            "00:00+15:59:59",
            "24:00:00-15:59:59",
            "23:59:59.999999+00",
            "10:11:12.5+05:30"),
        texts(
            "timestamp",
            "infinity",
            "-infinity",
            "4713-01-01 00:00:00 BC",
            "0001-12-31 23:59:59 BC",
            "294276-12-31 23:59:59.999999",
            "2000-01-01",
            "1999-12-31 23:59:59.999999",
            "2026-06-30 24:00:00",
            "150000-01-01 00:00:01"),
        texts("timestamp(3)", "infinity", "2026-01-01 00:00:00.123"),
        texts(
            "timestamptz",
            "infinity",
            "-infinity",
            "4713-01-01 00:00:00+00 BC",
            "0044-03-15 12:30:00.000001+00 BC",
            "294276-12-31 23:59:59.999999+00",
            "2026-03-29 02:30:00+02",
            "1970-01-01 00:00:00+00"),
        texts(
            "interval",
            "0",
            "1 year -2 mons +3 days -04:05:06.789",
            "-178000000 years",
            "1 day",
            "24:00:00",
            "-1 day +23:59:59.999999",
            "178956970 years 7 mons 2147483647 days",
            "2562047788:00:54.775807",
            "-0.000001 s"),
        since(17, "interval", "infinity", "-infinity"),
        texts("interval day to second(0)", "1 day 02:03:04"));
  }

  private static List<Sample> network() {
    return List.of(
        texts(
            "inet",
            "0.0.0.0",
            "10.1.2.3/8",
            "255.255.255.255/32",
            "::",
            "::1/128",
            "fe80::1/64",
            "::ffff:1.2.3.4"),
        texts("cidr", "0.0.0.0/0", "10.0.0.0/8", "1.2.3.4/32", "::/0", "2001:db8::/32"),
        texts("macaddr", "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "08:00:2b:01:02:03"),
        texts("macaddr8", "08:00:2b:01:02:03:04:05", "ff:ff:ff:ff:ff:ff:ff:ff"));
  }

  private static List<Sample> geometry() {
    return List.of(
        texts("point", "(0,-0)", "(NaN,Infinity)", "(1e-300,0.1)"),
        texts("line", "{1,-1,0}", "{0.1,2,3e20}"),
        texts("lseg", "[(0,0),(1,1)]"),
        texts("box", "(1,1),(0,0)", "(3.5,4),(-1,-2)"),
        texts("path", "[(0,0),(1,1)]", "((0,0),(1,1),(2,0))"),
        texts("polygon", "((0,0),(1,1),(2,0))"),
        texts("circle", "<(0,0),1.5>", "<(1e10,-1),0>"));
  }

  private static List<Sample> documents() {
    return List.of(
        texts(
            "json",
            "{\"a\" :  1, \"a\":2,\n \"b\": [1.0, 1.00, 1e400]}",
            "null",
            "\"\\u0000\"",
            " 1 ",
            "\"ü😀\\ud83d\\ude00\""),
        texts(
            "jsonb",
            "{\"a\": 1.0, \"b\": [1.00, 1e400, -0.0, 123456789012345678901234567890]}",
            "null",
            "\"ü\\\"\\\\\\n\"",
            "{}",
            "[]",
            "1e-300"),
        texts("jsonpath", "$.\"a\"[*]?(@ > 1)", "strict $"),
        texts("xml", "", "<a>ü</a>", "one<b/>two"));
  }

  private static List<Sample> arrays() {
    return List.of(
        texts(
            "int[]",
            "{}",
            "{1,NULL,-3}",
            "{{1,2},{3,NULL}}",
            "[0:2]={1,2,3}",
            "[-1:0][5:6]={{1,2},{3,4}}",
            "{{{{{{1}}}}}}",
            "{NULL}"),
        texts("smallint[]", "{1}", "{{1}}"),
        texts("bigint[]", "{9223372036854775807}", "{{1},{2}}"),
        texts(
            "text[]",
            "{\"\",NULL,\"NULL\",\"a\\\"b\\\\c,{}\",\" \"}",
            "{{\"\",NULL},{\"NULL\",null},{\"a \\\"b\\\\,{}\",\"ü😀\"}}",
            "[2:2]={x}"),
        texts("varchar(3)[]", "{abc}", "{{a,b}}"),
        texts("char(3)[]", "{a,NULL,abc}", "{{a},{b}}"),
        texts("bpchar[]", "{\"a \",\"\"}", "{{\"a  \"}}"),
        texts("numeric[]", "{NaN,Infinity,-Infinity,1.50,NULL}", "{{NaN,1.500},{1e20,0.00001}}"),
        texts("numeric(5,2)[]", "{1.25,NaN}", "{{1}}"),
        texts("real[]", "{NaN,-0,1e-45,0.1}", "{{NaN,-0},{1e-45,3.4028235e38},{1234567,0.1}}"),
        texts(
            "double precision[]",
            "{NaN,-0,5e-324}",
            "{{NaN,-0,5e-324},{1e15,1e14,123456789012345},{0.0001,0.00001,-Infinity}}"),
        texts("boolean[]", "{t,f,NULL}", "{{t,f}}"),
        texts("date[]", "{infinity,\"0044-03-15 BC\",NULL}", "{{infinity},{\"0044-03-15 BC\"}}"),
        texts("time[]", "{24:00:00,12:00}", "{{24:00:00},{12:00:00.5}}"),
        texts(
            "timestamp[]",
            "{infinity,\"0044-03-15 01:00:00.5 BC\"}",
            "{{-infinity,\"0044-03-15 01:00:00.5 BC\"}}"),
        texts(
            "timestamptz[]",
            "{infinity,\"2026-01-01 00:00:00.25+00\"}",
            "{{infinity,\"0044-03-15 01:00:00+00 BC\"}}"),
        texts(
            "uuid[]",
            "{00000000-0000-0000-0000-000000000001}",
            "{{00000000-0000-0000-0000-000000000001}}"),
        texts("bytea[]", "{\"\\\\x00ff\",NULL,\"\\\\x\"}", "{{\"\\\\x00\"},{\"\\\\x\"}}"),
        texts("json[]", "{\"{\\\"a\\\": 1}\",\"null\"}", "{{1},{2}}"),
        texts("jsonb[]", "{\"{\\\"a\\\": 1.0}\"}", "{{1},{2}}"),
        texts("interval[]", "{1 day,24:00:00,NULL}", "{{1 day},{2 mons}}"),
        texts("inet[]", "{10.1.2.3,::1/64}", "{{10.0.0.0/8}}"),
        texts("money[]", "{\"$1,234.50\"}", "{{1},{2}}"),
        texts("point[]", "{\"(1,2)\"}", "[0:0]={\"(1,2)\"}"),
        texts("box[]", "{(1,1),(0,0);(3,3),(2,2)}", "{}", "{{(1,1),(0,0)};{(3,3),(2,2)}}"),
        texts("mood[]", "{sad,NULL,\"it's ok\",\"\"}", "{{sad},{ü}}"),
        texts("small[]", "{1.25,NULL}", "{{1.25},{2.50}}"),
        texts("pair[]", "{\"(1.50,\\\"a b\\\")\",NULL}", "{{\"(,)\"}}"),
        texts("int4range[]", "{empty,\"[1,5)\",\"(,)\"}", "{{\"[1,2)\"}}"),
        texts("int2vector", "", "1 2 3"),
        texts("oidvector", "", "1 4294967295"));
  }

  private static List<Sample> own() {
    return List.of(
        texts("mood", "sad", "it's ok", "ü", ""),
        texts("small", "1.25", "-1"),
        texts("smaller", "1.25", "0"),
        texts("numbers", "{1,NULL}", "{{1},{2}}", "{}"),
        texts("numbers[]", "{\"{1,2}\",NULL}", "{}"),
        texts("pair", "(,)", "(NaN,\"a \"\"b\\\\\")", "(1.500,\"\")"),
        texts("pairs", "(\"(1,a)\",\"{\"\"(2,b)\"\",\"\"(,)\"\"}\",sad)", "(,,)"),
        texts("other.date", "(1,\"a b\")", "(,)"),
        texts("other.uuid", "not a uuid", ""),
        texts("int4range", "empty", "[1,10)", "(,)", "(,5)"),
        texts("int8range", "[-9223372036854775808,9223372036854775807)"),
        texts("numrange", "[1.50,NaN]", "(,Infinity]", "[1.0,1.00]"),
        texts("tsrange", "[\"2026-01-01 00:00:00\",infinity]", "(,)"),
        texts("tstzrange", "[\"0044-03-15 00:00:00+00 BC\",\"2026-01-01 00:00:00+00\")"),
        texts("daterange", "[infinity,infinity]", "[2026-01-01,2026-01-02)"),
        texts("int4multirange", "{}", "{[1,3),[5,8)}"),
        texts("datemultirange", "{[2026-01-01,infinity)}"),
        texts("floatrange", "[-0,1e-300]"));
  }

  private static List<Sample> foreign() {
    return List.of(
        texts("hstore", "", "\"a\"=>NULL, \"b \"=>\"\\\"\"", "\"\"=>\"\""),
        texts("citext", "", "MiXed  ", "ü"),
        texts("ltree", "", "Top.Science.Astronomy"),
        texts("cube", "(1, 2),(3, 4)", "(0.5)"),
        texts("isbn", "978-0-393-04002-9"));
  }
}
