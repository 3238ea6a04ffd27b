package dev.lockstep.hub.dispatch;

import dev.lockstep.store.Migration;
import java.util.List;

/** The tables of triggers and of their runs. */
final class DispatchTables {
  static final Migration MIGRATION =
      new Migration(
          "dispatch",
          List.of(
              """
              CREATE TABLE dispatch_trigger (
                id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE,
                version INTEGER NOT NULL, body TEXT NOT NULL, asker TEXT NOT NULL,
                created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL, due_at INTEGER) STRICT;
              CREATE INDEX dispatch_trigger_due ON dispatch_trigger (due_at);
              CREATE TABLE dispatch_log (
                id INTEGER PRIMARY KEY, trigger_id INTEGER NOT NULL, type TEXT NOT NULL,
                settings TEXT NOT NULL, asker TEXT NOT NULL, cause TEXT NOT NULL, who TEXT,
                due_at INTEGER, status TEXT NOT NULL, reference TEXT NOT NULL,
                output TEXT NOT NULL, error TEXT NOT NULL, started_at INTEGER NOT NULL,
                ended_at INTEGER) STRICT;
              CREATE INDEX dispatch_log_trigger ON dispatch_log (trigger_id, id);
              CREATE INDEX dispatch_log_status ON dispatch_log (status, id);
              """));

  private DispatchTables() {}
}
