package dev.lockstep.hub.access;

import dev.lockstep.hub.Hub;
import dev.lockstep.store.Migration;
import dev.lockstep.store.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Rights that were granted while it runs, beside those of the configuration. Those on all entries
 * of an object, and on definitions, are few and held; those on single entries are asked for where
 * they are needed. Thread-safe.
 */
final class Grants {
  private final Hub hub;
  private volatile Map<Target, Map<String, Long>> general = Map.of();

  /** What rights are on, beside single entries. */
  record Target(Kind kind, long definition) {}

  /** The kinds of targets. */
  enum Kind {
    DEFINITION,
    ENTRIES
  }

  private Grants(Hub hub) {
    this.hub = hub;
  }

  static Grants open(Hub hub) throws InterruptedException {
    Grants grants = new Grants(hub);
    grants.general = hub.read(Grants::read);
    return grants;
  }

  static Migration migration() {
    return new Migration(
        "security_grant",
        List.of(
            """
            CREATE TABLE security_grant (
              kind TEXT NOT NULL, definition INTEGER NOT NULL, role TEXT NOT NULL,
              rights INTEGER NOT NULL,
              PRIMARY KEY (kind, definition, role)) STRICT, WITHOUT ROWID;
            CREATE TABLE security_entry (
              entry INTEGER NOT NULL, role TEXT NOT NULL, rights INTEGER NOT NULL,
              PRIMARY KEY (entry, role)) STRICT, WITHOUT ROWID;
            """));
  }

  private static Map<Target, Map<String, Long>> read(Tx tx) {
    record Row(Target target, String role, long rights) {}
    Map<Target, Map<String, Long>> all = new HashMap<>();
    for (Row row :
        tx.list(
            "SELECT kind, definition, role, rights FROM security_grant",
            it ->
                new Row(
                    new Target(Kind.valueOf(it.text(1)), it.integer(2)),
                    it.text(3),
                    it.integer(4)))) {
      all.computeIfAbsent(row.target(), _ -> new TreeMap<>()).put(row.role(), row.rights());
    }
    return all;
  }

  Map<String, Long> on(Target target) {
    return general.getOrDefault(target, Map.of());
  }

  Map<String, Long> onEntry(long entry) throws InterruptedException {
    Map<String, Long> rights = new TreeMap<>();
    hub.read(tx ->
            tx.list(
                "SELECT role, rights FROM security_entry WHERE entry = ?",
                row -> Map.entry(row.text(1), row.integer(2)),
                entry))
        .forEach(row -> rights.put(row.getKey(), row.getValue()));
    return rights;
  }

  /** Takes the place of all that was granted on it. */
  synchronized void replace(Target target, Map<String, Set<Right>> granted)
      throws InterruptedException {
    List<Object[]> rows = new ArrayList<>();
    granted.forEach((role, rights) ->
        rows.add(
            new Object[] {target.kind().name(), target.definition(), role, Right.bits(rights)}));
    general =
        hub.note(tx -> {
          tx.update(
              "DELETE FROM security_grant WHERE kind = ? AND definition = ?",
              target.kind().name(),
              target.definition());
          tx.batch(
              "INSERT INTO security_grant (kind, definition, role, rights) VALUES (?, ?, ?, ?)",
              rows);
          return read(tx);
        });
  }

  void replaceOnEntry(long entry, Map<String, Set<Right>> granted) throws InterruptedException {
    List<Object[]> rows = new ArrayList<>();
    granted.forEach((role, rights) -> rows.add(new Object[] {entry, role, Right.bits(rights)}));
    hub.note(tx -> {
      tx.update("DELETE FROM security_entry WHERE entry = ?", entry);
      tx.batch("INSERT INTO security_entry (entry, role, rights) VALUES (?, ?, ?)", rows);
      return rows.size();
    });
  }

  /** Forgets what was granted on a definition that is gone, and on its entries as a whole. */
  synchronized void forget(long definition) throws InterruptedException {
    general =
        hub.note(tx -> {
          tx.update("DELETE FROM security_grant WHERE definition = ?", definition);
          return read(tx);
        });
  }
}
