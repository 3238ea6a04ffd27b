package dev.lockstep.hub.batch.export;

import dev.lockstep.hub.batch.DirectCursor;
import dev.lockstep.hub.batch.ExportCursor;
import dev.lockstep.hub.batch.ExportParameters;
import dev.lockstep.hub.batch.ItemCounts;
import dev.lockstep.hub.batch.ItemHandler;
import dev.lockstep.hub.batch.export.ExportTask.Done;
import dev.lockstep.hub.batch.format.ContentType;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Carries out one export. The file is made durable now and then, and then noted how far it is; a
 * killed process cuts the file there and goes on with the item after it. Where that cannot be, as
 * in a workbook or in an order of the caller's, the file is begun anew.
 */
final class RunExport {
  private final ExportTask task;
  private final ExportStore store;
  private final ExportFiles files;
  private final ItemHandler handler;
  private final ExportParameters parameters;
  private final InstantSource clock;
  private final Duration between;
  private final ItemCounts counts;

  RunExport(
      ExportTask task,
      ExportStore store,
      ExportFiles files,
      ItemHandler handler,
      ExportParameters parameters,
      InstantSource clock,
      Duration between,
      ItemCounts counts) {
    this.task = task;
    this.store = store;
    this.files = files;
    this.handler = handler;
    this.parameters = parameters;
    this.clock = clock;
    this.between = between;
    this.counts = counts;
  }

  /**
   * Writes the file to its end.
   *
   * @return false when somebody ended the task
   */
  boolean run() throws IOException, InterruptedException {
    Done done = task.done();
    if (files.length(task.place()) < done.bytes()) {
      // Somebody cut it; what is there cannot be trusted.
      done = Done.NOTHING;
    }
    try (ExportCursor cursor = handler.export(parameters, done.at())) {
      if (done.items() > 0 && isResumable(cursor)) {
        return write(cursor, done);
      }
      if (done.items() == 0) {
        return write(cursor, Done.NOTHING);
      }
    }
    try (ExportCursor cursor = handler.export(parameters, "")) {
      return write(cursor, Done.NOTHING);
    }
  }

  private boolean isResumable(ExportCursor cursor) {
    return task.wanted().type() != ContentType.XLSX
        && !(cursor instanceof DirectCursor direct && !direct.isResumable());
  }

  private boolean write(ExportCursor cursor, Done from) throws IOException, InterruptedException {
    try (ExportFile file = files.write(task.place(), from.bytes())) {
      long total = cursor.total().orElse(0);
      ExportDocument document = document(file, cursor, from.items());
      long items = from.items();
      long noted = System.nanoTime();
      if (!store.note(task.id(), new Done(items, total, from.bytes(), from.at()))) {
        return false;
      }
      while (document.next(cursor)) {
        items++;
        counts.add(1, 0);
        // After each item, as one may hold a file of any length.
        if (System.nanoTime() - noted > between.toNanos()) {
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          document.flush();
          Done done = new Done(items, Math.max(items, total), file.sync(), cursor.place());
          if (!store.note(task.id(), isResumable(cursor) ? done : progress(done))) {
            return false;
          }
          noted = System.nanoTime();
        }
      }
      document.end();
      long bytes = file.sync();
      // Only now: what is completed is whole and durable.
      return store.complete(task, new Done(items, items, bytes, cursor.place()), clock.instant());
    }
  }

  /** What is told of a file that is begun anew when the process is killed. */
  private static Done progress(Done done) {
    return new Done(done.items(), done.total(), 0, "");
  }

  private ExportDocument document(ExportFile file, ExportCursor cursor, long already)
      throws IOException {
    return switch (task.wanted().type()) {
      case CSV, XLSX, XLS -> new TableDocument(file, task.wanted(), cursor, already);
      case JSON, JSONL, JSONT ->
          new JsonDocument(file, task.wanted(), task.wanted().fields(), already);
    };
  }
}
