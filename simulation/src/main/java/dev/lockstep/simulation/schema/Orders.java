package dev.lockstep.simulation.schema;

import java.sql.SQLException;
import java.util.List;

/** What happens to TPC-H's tables. */
final class Orders {
  static final List<Step> STEPS =
      List.of(
          Orders::order,
          Orders::order,
          Orders::change,
          Orders::cancel,
          Orders::supply,
          Orders::rename);

  private Orders() {}

  private static void order(Work work) throws SQLException {
    int customer = work.pick(1_500);
    work.change(
        "INSERT INTO orders SELECT nextval('ids'), ?, 'O', 0, current_date, '1-URGENT', 'Clerk#7', 0, 'new'",
        customer);
    int lines = work.pick(7);
    for (int line = 1; line <= lines; line++) {
      int part = work.pick(2_000);
      work.change(
          "INSERT INTO lineitem SELECT currval('ids'), ps_partkey, ps_suppkey, ?, ?, ps_supplycost * ?, 0.01, 0.02,"
              + " 'N', 'O', current_date, current_date, current_date, 'NONE', 'AIR', 'new'"
              + " FROM partsupp WHERE ps_partkey = ? LIMIT 1",
          line,
          line,
          line,
          part);
      work.change(
          "UPDATE partsupp SET ps_availqty = ps_availqty - ? WHERE ps_partkey = ?", line, part);
    }
    work.change(
        "UPDATE orders SET o_totalprice = (SELECT sum(l_extendedprice) FROM lineitem WHERE l_orderkey = o_orderkey)"
            + " WHERE o_orderkey = currval('ids')");
    work.change("UPDATE customer SET c_acctbal = c_acctbal - 1.23 WHERE c_custkey = ?", customer);
  }

  private static void change(Work work) throws SQLException {
    int order = work.pick(1_000);
    work.change(
        "UPDATE orders SET o_orderstatus = 'F', o_comment = 'filled ' || ? WHERE o_orderkey = ?",
        order,
        order);
    work.change(
        "UPDATE lineitem SET l_linestatus = 'F', l_quantity = l_quantity + 1 WHERE l_orderkey = ?",
        order);
  }

  private static void cancel(Work work) throws SQLException {
    int order = work.pick(1_000);
    work.change("DELETE FROM lineitem WHERE l_orderkey = ?", order);
    work.change("DELETE FROM orders WHERE o_orderkey = ?", order);
    // And a young one, so that what was just inserted is deleted as well.
    work.change(
        "DELETE FROM lineitem WHERE l_orderkey = (SELECT max(o_orderkey) FROM orders) AND l_linenumber > 1");
  }

  private static void supply(Work work) throws SQLException {
    int supplier = work.pick(100);
    work.change("UPDATE supplier SET s_acctbal = s_acctbal + 0.01 WHERE s_suppkey = ?", supplier);
    work.change(
        "UPDATE partsupp SET ps_supplycost = ps_supplycost * 1.01 WHERE ps_suppkey = ? AND ps_partkey < 300",
        supplier);
  }

  private static void rename(Work work) throws SQLException {
    work.change("UPDATE nation SET n_comment = word(20) WHERE n_nationkey = ?", work.pick(24));
    work.change("UPDATE part SET p_comment = word(10) WHERE p_partkey = ?", work.pick(2_000));
    work.change("UPDATE region SET r_comment = word(50) WHERE r_regionkey = ?", work.pick(4));
  }
}
