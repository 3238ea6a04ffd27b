package dev.lockstep.simulation.schema;

import java.sql.SQLException;
import java.util.List;

/**
 * What happens to tables that are of a kind: partitions, cycles, generated columns, TOAST, keys.
 */
final class Kinds {
  static final List<Step> STEPS =
      List.of(
          Kinds::types,
          Kinds::ownTypes,
          Kinds::measure,
          Kinds::happen,
          Kinds::grow,
          Kinds::study,
          Kinds::hire,
          Kinds::bill,
          Kinds::write,
          Kinds::write,
          Kinds::article,
          Kinds::audit,
          Kinds::badge,
          Kinds::swap);

  private Kinds() {}

  private static void types(Work work) throws SQLException {
    int id = work.pick(600);
    if (work.chance(0.5)) {
      work.change("DELETE FROM every_type WHERE id = ?", id);
      work.change(
          "INSERT INTO every_type "
              + SchemaSql.types("?::bigint")
              + " FROM generate_series(?, ?) g",
          id,
          id * 31,
          id * 31);
    } else {
      work.change(
          "UPDATE every_type SET a_numeric = -a_numeric, a_jsonb = null, some_texts = '{{x,null}}', a_bytea = '\\x00',"
              + " a_timestamptz = a_timestamptz + interval '1 day' WHERE id = ?",
          id);
    }
  }

  private static void ownTypes(Work work) throws SQLException {
    work.change(
        "UPDATE own_types SET feeling = 'very happy', feelings = '{}', share = 12.5, home = ('a \"b\", c', null, ?)::address,"
            + " homes = homes || home WHERE id = ? AND cardinality(homes) < 20",
        work.pick(100),
        work.pick(300));
    work.change("INSERT INTO own_types VALUES (nextval('ids'), 'sad', null, null, null, null)");
  }

  private static void measure(Work work) throws SQLException {
    work.change(
        "INSERT INTO measurement SELECT timestamp '2024-06-01' + (? || ' minutes')::interval, nextval('ids') % 1000000, ?, 'new'",
        work.pick(1_500_000), work.pick(100) / 7.0);
    int sensor = work.pick(7) - 1;
    // Its key moves, and now and then to another partition.
    work.change(
        "UPDATE measurement SET at = at + interval '170 days' + interval '1 microsecond' * (nextval('ids') % 1000000) WHERE (at, sensor) IN"
            + " (SELECT at, sensor FROM measurement WHERE sensor = ? AND at < '2026-01-01' LIMIT 1)",
        sensor);
    work.change(
        "DELETE FROM measurement WHERE (at, sensor) IN (SELECT at, sensor FROM measurement WHERE at > '2026-06-01' LIMIT 1)");
  }

  private static void happen(Work work) throws SQLException {
    work.change(
        "INSERT INTO event SELECT (ARRAY['east', 'north-east', 'west'])[?], nextval('ids'), ?, '{\"new\": true}'",
        work.pick(3),
        work.pick(99));
    work.change("UPDATE event SET body = body || '{\"seen\": 1}' WHERE id = ?", work.pick(3_000));
    work.change("UPDATE event SET region = 'west' WHERE id = ?", work.pick(3_000));
    work.change("DELETE FROM event WHERE id = ?", work.pick(3_000));
  }

  private static void grow(Work work) throws SQLException {
    work.change("INSERT INTO category SELECT nextval('ids'), ?, 'child'", work.pick(300));
    work.change(
        "INSERT INTO category SELECT nextval('ids'), currval('ids') - 1, 'grandchild' WHERE EXISTS"
            + " (SELECT FROM category WHERE id = currval('ids') - 1)");
    work.change(
        "UPDATE category SET parent = ? WHERE id = ?", work.pick(300), 300 + work.pick(600));
    work.change(
        "DELETE FROM category c WHERE id = (SELECT max(id) FROM category) AND NOT EXISTS"
            + " (SELECT FROM category k WHERE k.parent = c.id)");
  }

  private static void study(Work work) throws SQLException {
    work.change("INSERT INTO student VALUES (nextval('ids'), 'fresh')");
    work.change(
        "INSERT INTO enrolment SELECT currval('ids'), code, 1, null FROM course WHERE code < 'C0006'");
    work.change(
        "UPDATE enrolment SET grade = ? WHERE student = ?", work.pick(50) / 10.0, work.pick(1_000));
    work.change(
        "UPDATE course SET title = title || '.' WHERE code = 'C0007' AND length(title) < 90");
    // What goes with it goes by the foreign key.
    work.change("DELETE FROM student WHERE id = ?", work.pick(1_000));
  }

  private static void hire(Work work) throws SQLException {
    work.change("INSERT INTO department VALUES (nextval('ids'), 'new', nextval('ids'))");
    work.change(
        "INSERT INTO employee SELECT currval('ids'), 'head', currval('ids') - 1, currval('ids')"
            + " WHERE EXISTS (SELECT FROM department WHERE head = currval('ids') AND id = currval('ids') - 1)");
    work.change(
        "INSERT INTO employee SELECT head, 'head', id, null FROM department d WHERE name = 'new' AND NOT EXISTS"
            + " (SELECT FROM employee WHERE employee.id = d.head)");
    work.change("UPDATE employee SET mentor = ? WHERE id = ?", work.pick(400), work.pick(400));
    work.change("UPDATE department SET head = ? WHERE id = ?", work.pick(400), work.pick(30));
  }

  private static void bill(Work work) throws SQLException {
    work.change("INSERT INTO invoice (quantity, price) VALUES (?, 9.99)", work.pick(9));
    work.change(
        "UPDATE invoice SET quantity = quantity + 1, paid = NOT paid WHERE id = ?",
        work.pick(2_000));
    work.change("DELETE FROM invoice WHERE id = ?", work.pick(2_000));
    work.change("INSERT INTO ticket (title, \"select\") VALUES ('fresh ß', ?)", work.pick(99));
    work.change(
        "UPDATE ticket SET title = title || '!', \"Odd \"\"name\"\"\" = null WHERE number = ? AND length(title) < 50",
        work.pick(1_000));
  }

  /** Wide values mostly stay as they are, so the log does not hold them. */
  private static void write(Work work) throws SQLException {
    work.change("UPDATE document SET views = views + 1 WHERE id = ?", work.pick(800));
    if (work.chance(0.1)) {
      work.change(
          "UPDATE document SET body = repeat(md5(?::text), ?) WHERE id = ?",
          work.pick(99),
          work.pick(300),
          work.pick(800));
    }
    if (work.chance(0.2)) {
      // The value that was not sent has to be taken along from the row at the old key.
      work.change(
          "UPDATE document SET id = nextval('ids'), title = 'moved' WHERE id = ?", work.pick(800));
      work.change(
          "UPDATE document SET views = views + 1 WHERE title = 'moved' AND id = (SELECT max(id) FROM document)");
    }
    if (work.chance(0.1)) {
      int free = work.pick(800);
      work.change(
          "UPDATE document SET id = ? WHERE id = (SELECT max(id) FROM document) AND NOT EXISTS"
              + " (SELECT FROM document WHERE id = ?)",
          free,
          free);
    }
    if (work.chance(0.05)) {
      work.change("DELETE FROM document WHERE id = ?", work.pick(800));
      work.change(
          "INSERT INTO document SELECT nextval('ids'), 'new', 0, repeat(md5(?::text), 200), null, '{}'",
          work.pick(99));
      work.change("UPDATE document SET title = 'newer' WHERE id = currval('ids')");
    }
  }

  /** Keys change, and with them what refers to them. */
  private static void article(Work work) throws SQLException {
    work.change(
        "UPDATE sku SET code = code || '.' WHERE code LIKE 'SKU-' || ? || '%' AND length(code) < 20",
        work.pick(800));
    work.change(
        "UPDATE sku SET code = 'SKU-' || nextval('ids') WHERE code = (SELECT min(code) FROM sku)");
    work.change(
        "UPDATE sku_price SET price = price + 1 WHERE sku LIKE 'SKU-' || ? || '%'", work.pick(800));
    if (work.chance(0.2)) {
      work.change("DELETE FROM sku WHERE code = 'SKU-' || ?", work.pick(800));
    }
  }

  private static void audit(Work work) throws SQLException {
    work.change("INSERT INTO audit VALUES (nextval('ids'), null, 'insert', clock_timestamp())");
    work.change("UPDATE audit SET what = 'update' WHERE id = ?", work.pick(2_000));
    work.change("DELETE FROM audit WHERE id = ?", work.pick(2_000));
  }

  private static void badge(Work work) throws SQLException {
    int id = work.pick(1_000);
    work.change("UPDATE badge SET holder = 'new holder' WHERE id = ?", id);
    // Another record takes over what is unique.
    work.change("DELETE FROM badge WHERE id = ?", id);
    work.change(
        "INSERT INTO badge VALUES (nextval('ids'), 'serial ' || ?, 'took over') ON CONFLICT DO NOTHING",
        id);
  }

  private static void swap(Work work) throws SQLException {
    int first = work.pick(100);
    int second = work.pick(100);
    work.change(
        "UPDATE slot a SET position = b.position FROM slot b"
            + " WHERE (a.id = ? AND b.id = ?) OR (a.id = ? AND b.id = ?)",
        first,
        second,
        second,
        first);
  }
}
