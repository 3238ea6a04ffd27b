package dev.lockstep.hub.batch;

import dev.lockstep.store.Migration;
import java.util.List;

/** The tables of tasks. */
final class TaskTables {
  static final Migration MIGRATION =
      new Migration(
          "batch",
          List.of(
              """
              CREATE TABLE batch_task (
                id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, class_name TEXT NOT NULL,
                kind TEXT NOT NULL, operation TEXT NOT NULL, parameters TEXT NOT NULL,
                content TEXT NOT NULL, place TEXT NOT NULL UNIQUE, file TEXT NOT NULL,
                zipped INTEGER NOT NULL, bytes INTEGER NOT NULL, digest TEXT NOT NULL,
                asker TEXT NOT NULL, who TEXT, whole INTEGER NOT NULL, status TEXT NOT NULL, cancelled INTEGER NOT NULL,
                turn INTEGER NOT NULL, items INTEGER NOT NULL, total INTEGER NOT NULL,
                created INTEGER NOT NULL, updated INTEGER NOT NULL, deleted INTEGER NOT NULL,
                unchanged INTEGER NOT NULL, failed INTEGER NOT NULL, waiting INTEGER NOT NULL,
                consumed INTEGER NOT NULL, error TEXT NOT NULL, sent_at INTEGER NOT NULL,
                started_at INTEGER, ended_at INTEGER) STRICT;
              CREATE INDEX batch_task_turn ON batch_task (status, turn);
              CREATE TABLE batch_item (
                task INTEGER NOT NULL, n INTEGER NOT NULL, state TEXT NOT NULL,
                item TEXT NOT NULL, message TEXT NOT NULL,
                PRIMARY KEY (task, n)) STRICT, WITHOUT ROWID;
              CREATE INDEX batch_item_state ON batch_item (task, state, n);
              CREATE TABLE batch_callback (
                id INTEGER PRIMARY KEY, task INTEGER NOT NULL, url TEXT NOT NULL,
                status TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
                due INTEGER NOT NULL, reason TEXT NOT NULL) STRICT;
              CREATE INDEX batch_callback_due ON batch_callback (state, due);
              """));

  private TaskTables() {}
}
