package dev.lockstep.server.http;

import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.AdminRefused;
import dev.lockstep.server.admin.RunOrder;
import io.helidon.http.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asks for a run, or for what a run would change. */
final class RunAction implements Route.Action {
  private static final int MOST_DIFFERENCES = 1_000;

  private final Admin admin;
  private final RequestedRuns runs;

  RunAction(Admin admin, RequestedRuns runs) {
    this.admin = admin;
    this.runs = runs;
  }

  @Override
  public void answer(Exchange exchange) throws InterruptedException, IOException {
    String sync = exchange.path("name");
    Exchange.Flags flags = exchange.flags("full", "allowDeletes", "dryRun");
    RunOrder order = new RunOrder(flags.has("full"), flags.has("allowDeletes"));
    boolean streams = exchange.accepts(LineStream.TYPE);
    // Also where nothing else looks at the name before the answer begins.
    admin.runs(sync, 1);
    if (flags.has("dryRun")) {
      if (streams) {
        streamDryRun(exchange, sync);
      } else {
        exchange.answer(dryRun(sync));
      }
    } else if (streams) {
      streamRun(exchange, sync, order);
    } else {
      runs.start(sync, order, RequestedRuns.Listener.NOBODY);
      ObjectNode requested = JsonNodeFactory.instance.objectNode();
      exchange.answer(Status.ACCEPTED_202, requested.put("sync", sync).put("requested", true));
    }
  }

  private ObjectNode dryRun(String sync) throws InterruptedException {
    ArrayNode differences = JsonNodeFactory.instance.arrayNode();
    ObjectNode summary =
        admin.dryRun(
            sync,
            difference -> {
              if (differences.size() < MOST_DIFFERENCES) {
                differences.add(difference);
              }
            });
    summary.set("differences", differences);
    return summary;
  }

  private void streamDryRun(Exchange exchange, String sync)
      throws InterruptedException, IOException {
    try (LineStream lines = exchange.lines()) {
      try {
        lines.send("summary", admin.dryRun(sync, it -> lines.send("difference", it)));
      } catch (AdminRefused refused) {
        lines.send("problem", Reply.document(refused));
      }
    }
  }

  private void streamRun(Exchange exchange, String sync, RunOrder order)
      throws InterruptedException, IOException {
    LatestFirst told = new LatestFirst();
    runs.start(sync, order, told);
    try (LineStream lines = exchange.lines()) {
      for (Line line = told.next(); ; line = told.next()) {
        lines.send(line.name(), line.document());
        if (line.isLast()) {
          return;
        }
      }
    } catch (UncheckedIOException gone) {
      told.forget();
    }
  }

  private record Line(String name, ObjectNode document, boolean isLast) {}

  /** Holds one progress at most: a caller who reads slowly sees fewer, and never stops the run. */
  private static final class LatestFirst implements RequestedRuns.Listener {
    private final BlockingQueue<Line> lines = new ArrayBlockingQueue<>(2);
    private volatile boolean forgotten;

    @Override
    public void progress(ObjectNode progress) {
      if (lines.isEmpty() && !forgotten) {
        lines.offer(new Line("progress", progress, false));
      }
    }

    @Override
    public void ended(ObjectNode run) {
      lines.offer(new Line("run", run, true));
    }

    @Override
    public void failed(AdminRefused refused) {
      lines.offer(new Line("problem", Reply.document(refused), true));
    }

    Line next() throws InterruptedException {
      return lines.take();
    }

    void forget() {
      forgotten = true;
    }
  }
}
