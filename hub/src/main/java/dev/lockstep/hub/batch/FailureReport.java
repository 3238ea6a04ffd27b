package dev.lockstep.hub.batch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** All items of a task that failed, as CSV, written as they are read. */
record FailureReport(BatchTasks tasks, long task) {
  private static final int AT_ONCE = 200;
  private static final int MOST_CHARACTERS = 1 << 20;

  void write(OutputStream out) throws IOException, InterruptedException {
    out.write("item,itemIndex,message\r\n".getBytes(StandardCharsets.UTF_8));
    long after = 0;
    for (List<Failure> page = page(after); !page.isEmpty(); page = page(after)) {
      for (Failure failure : page) {
        String line =
            quoted(failure.item())
                + ","
                + failure.index()
                + ","
                + quoted(failure.message())
                + "\r\n";
        out.write(line.getBytes(StandardCharsets.UTF_8));
      }
      after = page.getLast().index();
    }
  }

  private List<Failure> page(long after) throws InterruptedException {
    return tasks.failures(task, after, AT_ONCE, MOST_CHARACTERS);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
