package dev.lockstep.store;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The versions of a store's parts, and the way from older ones to this program's. */
final class Parts {
  /** The layout of a store file itself: its table of parts and its header. */
  static final int FORMAT = 1;

  private final List<Migration> migrations;
  private final Faults faults;
  private final Header header;

  Parts(List<Migration> migrations, Database database) {
    this.migrations = List.copyOf(migrations);
    this.faults = database.faults();
    this.header = database.header();
    Set<String> names = new HashSet<>();
    for (Migration migration : this.migrations) {
      if (!names.add(migration.part())) {
        throw new IllegalArgumentException("part '" + migration.part() + "' stands twice");
      }
    }
  }

  /** Throws when it is no store, or one that a newer program wrote. Changes nothing. */
  void accept(Session session) {
    SqlTx tx = session.tx();
    int format = acceptFormat(tx);
    if (format > 0) {
      for (Migration migration : migrations) {
        acceptVersion(
            "part '" + migration.part() + "'", version(tx, migration), migration.steps().size());
      }
    }
    tx.end();
  }

  /**
   * Brings all parts to this program's versions, in one transaction. Writes nothing when they are
   * there already, so that a store opens on a full disk too.
   */
  void migrate(Session session) throws SQLException {
    if (pending(session).isEmpty()) {
      return;
    }
    session.beginWriting();
    SqlTx tx = session.tx();
    tx.update(
        "create table if not exists part(name text primary key, version integer not null) strict");
    for (Migration migration : migrations) {
      int version = version(tx, migration);
      for (String step : migration.steps().subList(version, migration.steps().size())) {
        session.executeScript(step);
      }
      tx.update(
          "insert into part(name, version) values (?, ?)"
              + " on conflict(name) do update set version = excluded.version",
          migration.part(),
          migration.steps().size());
    }
    tx.end();
    header.note(session, FORMAT);
    session.commit();
  }

  /** What of this program's parts the store does not have, or not in this version. */
  List<String> pending(Session session) {
    SqlTx tx = session.tx();
    boolean fresh = header.format(tx) < FORMAT;
    List<String> pending =
        migrations.stream()
            .filter(migration -> fresh || version(tx, migration) < migration.steps().size())
            .map(Migration::part)
            .toList();
    tx.end();
    return fresh && pending.isEmpty() ? List.of("the store") : pending;
  }

  private int acceptFormat(SqlTx tx) {
    header.refuseOthers(tx);
    long format = header.format(tx);
    acceptVersion("the store", format, FORMAT);
    return (int) format;
  }

  private void acceptVersion(String what, long found, long known) {
    if (found > known) {
      throw faults.refused(
          "was written by a newer Lockstep: %s has version %d, this program knows up to %d; start that newer version, or put back a backup made before the upgrade"
              .formatted(what, found, known));
    }
  }

  private static int version(SqlTx tx, Migration migration) {
    return tx.first(
            "select version from part where name = ?",
            columns -> (int) columns.integer(1),
            migration.part())
        .orElse(0);
  }
}
