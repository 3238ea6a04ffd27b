package dev.lockstep.server.deploy;

import dev.lockstep.server.deploy.Deployment.FileState;
import dev.lockstep.server.deploy.Deployment.State;
import dev.lockstep.store.Migration;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the store knows of deployments, within a transaction. */
final class DeploymentTable {
  static final Migration MIGRATION =
      new Migration(
          "deployment",
          List.of(
              """
              CREATE TABLE deployment (
                id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, digest TEXT NOT NULL,
                state TEXT NOT NULL, notes TEXT NOT NULL, error TEXT NOT NULL,
                received_at INTEGER NOT NULL, ended_at INTEGER) STRICT;
              CREATE INDEX deployment_name ON deployment (name, id);
              CREATE TABLE deployment_file (
                deployment INTEGER NOT NULL, number INTEGER NOT NULL, path TEXT NOT NULL,
                class_name TEXT NOT NULL, state TEXT NOT NULL, task TEXT NOT NULL,
                items INTEGER NOT NULL, failed INTEGER NOT NULL, item INTEGER NOT NULL,
                note TEXT NOT NULL, error TEXT NOT NULL,
                PRIMARY KEY (deployment, number)) STRICT, WITHOUT ROWID;
              CREATE TABLE deployment_refused (
                source TEXT PRIMARY KEY, error TEXT NOT NULL, at INTEGER NOT NULL) STRICT
              """));

  private static final int KEPT_OF_NAME = 20;
  private static final String ALL =
      "SELECT id, name, digest, state, notes, error, received_at, ended_at FROM deployment ";

  private DeploymentTable() {}

  static long add(
      Tx tx, String name, String digest, List<String> notes, List<String> files, Instant now) {
    tx.update(
        "UPDATE deployment SET state = ?, ended_at = ? WHERE name = ? AND state <> ? AND state <> ?",
        State.REPLACED.name(),
        now.toEpochMilli(),
        name,
        State.DONE.name(),
        State.REPLACED.name());
    long id =
        tx.insert(
            "INSERT INTO deployment (name, digest, state, notes, error, received_at)"
                + " VALUES (?, ?, ?, ?, '', ?)",
            name,
            digest,
            State.WAITING.name(),
            String.join("\n", notes),
            now.toEpochMilli());
    for (int i = 0; i < files.size(); i++) {
      tx.update(
          "INSERT INTO deployment_file (deployment, number, path, class_name, state, task, items,"
              + " failed, item, note, error) VALUES (?, ?, ?, '', ?, ?, 0, 0, 0, '', '')",
          id,
          i + 1,
          files.get(i),
          FileState.WAITING.name(),
          "deployment-" + id + "-" + (i + 1));
    }
    forgetOld(tx, name);
    return id;
  }

  private static void forgetOld(Tx tx, String name) {
    List<Long> ids =
        tx.list(
            "SELECT id FROM deployment WHERE name = ? ORDER BY id DESC",
            row -> row.integer(1),
            name);
    for (long id : ids.subList(Math.min(KEPT_OF_NAME, ids.size()), ids.size())) {
      tx.update("DELETE FROM deployment_file WHERE deployment = ?", id);
      tx.update("DELETE FROM deployment WHERE id = ?", id);
    }
  }

  /** The newest of a name. */
  static Optional<Deployment> newest(Tx tx, String name) {
    return tx.first(ALL + "WHERE name = ? ORDER BY id DESC LIMIT 1", DeploymentTable::of, name)
        .map(it -> withFiles(tx, it));
  }

  static Optional<Deployment> find(Tx tx, long id) {
    return tx.first(ALL + "WHERE id = ?", DeploymentTable::of, id).map(it -> withFiles(tx, it));
  }

  /** The first that is to be carried out. */
  static Optional<Deployment> next(Tx tx) {
    return tx.first(
            ALL + "WHERE state = ? ORDER BY id LIMIT 1", DeploymentTable::of, State.WAITING.name())
        .map(it -> withFiles(tx, it));
  }

  /** The newest of each name, and those before them when {@code all}; the newest first. */
  static List<Deployment> list(Tx tx, boolean all, int limit) {
    String newest = "WHERE id IN (SELECT max(id) FROM deployment GROUP BY name) ";
    return tx
        .list(
            ALL + (all ? "" : newest) + "ORDER BY id DESC LIMIT CAST(? AS INTEGER)",
            DeploymentTable::of,
            (long) limit)
        .stream()
        .map(it -> withFiles(tx, it))
        .toList();
  }

  /** Has those that failed carried out once more: of each name the newest. */
  static int retryFailed(Tx tx) {
    return tx.update(
        "UPDATE deployment SET state = ?, error = '', ended_at = NULL WHERE state = ?"
            + " AND id IN (SELECT max(id) FROM deployment GROUP BY name)",
        State.WAITING.name(),
        State.FAILED.name());
  }

  /** Files that were done stay done. */
  static void retry(Tx tx, long id) {
    tx.update(
        "UPDATE deployment SET state = ?, error = '', ended_at = NULL WHERE id = ?",
        State.WAITING.name(),
        id);
  }

  static void ended(Tx tx, long id, State state, String error, Instant now) {
    tx.update(
        "UPDATE deployment SET state = ?, error = ?, ended_at = ? WHERE id = ? AND state = ?",
        state.name(),
        error,
        now.toEpochMilli(),
        id,
        State.WAITING.name());
  }

  static void note(Tx tx, long id, List<String> notes) {
    tx.update("UPDATE deployment SET notes = ? WHERE id = ?", String.join("\n", notes), id);
  }

  static void file(Tx tx, long id, Deployment.File file) {
    tx.update(
        "UPDATE deployment_file SET class_name = ?, state = ?, items = ?, failed = ?, item = ?,"
            + " note = ?, error = ? WHERE deployment = ? AND number = ?",
        file.className(),
        file.state().name(),
        file.items(),
        file.failed(),
        file.item(),
        file.note(),
        file.error(),
        id,
        file.number());
  }

  /** Digests of all contents that may be needed. */
  static Set<String> digests(Tx tx) {
    return new TreeSet<>(tx.list("SELECT DISTINCT digest FROM deployment", row -> row.text(1)));
  }

  /** An archive that is none; the reason is kept by the name of its file. */
  record Refused(String source, String error, Instant at) {}

  static void refuse(Tx tx, String source, String error, Instant now) {
    accept(tx, source);
    tx.update(
        "INSERT INTO deployment_refused (source, error, at) VALUES (?, ?, ?)",
        source,
        error,
        now.toEpochMilli());
  }

  static void accept(Tx tx, String source) {
    tx.update("DELETE FROM deployment_refused WHERE source = ?", source);
  }

  static List<Refused> refused(Tx tx) {
    return tx.list(
        "SELECT source, error, at FROM deployment_refused ORDER BY source",
        row -> new Refused(row.text(1), row.text(2), Instant.ofEpochMilli(row.integer(3))));
  }

  private static Deployment of(Tx.Columns row) {
    return new Deployment(
        row.integer(1),
        row.text(2),
        row.text(3),
        State.valueOf(row.text(4)),
        row.text(5).lines().toList(),
        row.text(6),
        Instant.ofEpochMilli(row.integer(7)),
        row.isNull(8) ? Optional.empty() : Optional.of(Instant.ofEpochMilli(row.integer(8))),
        List.of());
  }

  private static Deployment withFiles(Tx tx, Deployment it) {
    List<Deployment.File> files =
        tx.list(
            "SELECT number, path, class_name, state, task, items, failed, item, note, error"
                + " FROM deployment_file WHERE deployment = ? ORDER BY number",
            row ->
                new Deployment.File(
                    (int) row.integer(1),
                    row.text(2),
                    row.text(3),
                    FileState.valueOf(row.text(4)),
                    row.text(5),
                    row.integer(6),
                    row.integer(7),
                    row.integer(8),
                    row.text(9),
                    row.text(10)),
            it.id());
    return new Deployment(
        it.id(),
        it.name(),
        it.digest(),
        it.state(),
        it.notes(),
        it.error(),
        it.received(),
        it.ended(),
        files);
  }
}
