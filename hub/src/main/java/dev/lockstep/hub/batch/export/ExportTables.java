package dev.lockstep.hub.batch.export;

import dev.lockstep.store.Migration;
import java.util.List;

/** The table of exports. */
final class ExportTables {
  static final Migration MIGRATION =
      new Migration(
          "batch-export",
          List.of(
              """
              CREATE TABLE batch_export (
                id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, class_name TEXT NOT NULL,
                parameters TEXT NOT NULL, content TEXT NOT NULL, place TEXT NOT NULL UNIQUE,
                asker TEXT NOT NULL, status TEXT NOT NULL, cancelled INTEGER NOT NULL,
                items INTEGER NOT NULL, total INTEGER NOT NULL, bytes INTEGER NOT NULL,
                reached TEXT NOT NULL, error TEXT NOT NULL, started_at INTEGER,
                ended_at INTEGER) STRICT;
              CREATE INDEX batch_export_status ON batch_export (status, id);
              """));

  private ExportTables() {}
}
