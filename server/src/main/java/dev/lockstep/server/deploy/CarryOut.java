package dev.lockstep.server.deploy;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.batch.BatchTasks;
import dev.lockstep.hub.batch.Failure;
import dev.lockstep.hub.batch.Operation;
import dev.lockstep.hub.batch.Order;
import dev.lockstep.hub.batch.OrderRefused;
import dev.lockstep.hub.batch.Task;
import dev.lockstep.hub.batch.format.ContentType;
import dev.lockstep.hub.batch.format.UnitConfiguration;
import dev.lockstep.hub.file.Received;
import dev.lockstep.server.deploy.Deployment.File;
import dev.lockstep.server.deploy.Deployment.FileState;
import dev.lockstep.server.extension.ExtensionProject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Carries out one file as an import task, whose external reference code is the file's: handed in
 * again after a crash it is the same task, which goes on where it was; handed in again after a
 * failure, what failed is tried once more.
 */
final class CarryOut {
  private static final long SHORTEST_PAUSE = 5;
  private static final long LONGEST_PAUSE = 250;
  private static final int MOST_TOLD = 2000;
  private static final String CODE = "externalReferenceCode";
  private static final String PARENT = "batchExternalReferenceCode";

  private final BatchTasks tasks;
  private final Set<String> featureFlags;
  private final Access access = Access.unlimited(Author.UNKNOWN);

  /**
   * @param featureFlags those that are on
   */
  CarryOut(BatchTasks tasks, Set<String> featureFlags) {
    this.tasks = tasks;
    this.featureFlags = Set.copyOf(featureFlags);
  }

  /** The file as it stands afterwards. */
  File file(File file, ExtensionProject project) throws InterruptedException {
    UnitConfiguration unit;
    try (InputStream in = project.open(file.path())) {
      unit = UnitConfiguration.read(in);
    } catch (IOException damaged) {
      return failed(file, "", String.valueOf(damaged.getMessage()));
    }
    String className = unit.className();
    if (className.isBlank()) {
      return failed(file, "", "its configuration has no className; name the DTO of its items");
    }
    String flag = unit.parameters().getOrDefault("featureFlag", "");
    if (!flag.isBlank() && !featureFlags.contains(flag)) {
      return new File(
          file.number(),
          file.path(),
          className,
          FileState.SKIPPED,
          file.task(),
          0,
          0,
          0,
          "its feature flag " + flag + " is off; list it under hub.deploy.featureFlags",
          "");
    }
    try {
      Task task = over(submit(file, unit, project));
      return ended(file, task, notes(unit, task));
    } catch (OrderRefused refused) {
      return failed(
          file,
          className,
          refused.text() + (refused.remedy().isEmpty() ? "" : "; " + refused.remedy()));
    } catch (IOException damaged) {
      return failed(file, className, String.valueOf(damaged.getMessage()));
    }
  }

  private Task submit(File file, UnitConfiguration unit, ExtensionProject project)
      throws IOException, InterruptedException {
    Optional<Task> known = tasks.find(file.task());
    if (known.isPresent()) {
      // What failed of it is tried again; what was done stays done.
      tasks.retry(known.get().id());
      return tasks.find(known.get().id()).orElse(known.get());
    }
    Order order = new Order(unit.className(), Operation.CREATE, parameters(file, unit));
    tasks.check(order, access);
    try (Received received = tasks.receive();
        InputStream in = project.open(file.path())) {
      in.transferTo(received);
      String name = file.path().substring(file.path().lastIndexOf('/') + 1);
      return tasks.submit(
          order, new BatchTasks.Sending(received, Optional.of(ContentType.JSONT), name, 0), access);
    }
  }

  /** In a request, a file's code would be the task's; here it is what the items belong to. */
  private static Map<String, String> parameters(File file, UnitConfiguration unit) {
    Map<String, String> parameters = new LinkedHashMap<>(unit.parameters());
    String parent = parameters.remove(CODE);
    if (parent != null) {
      parameters.putIfAbsent(PARENT, parent);
    }
    parameters.put(CODE, file.task());
    if (!unit.delegate().isBlank()) {
      parameters.put(Order.DELEGATE, unit.delegate());
    }
    if (!unit.callback().isBlank()) {
      parameters.put("callbackURL", unit.callback());
    }
    if (!unit.fieldNames().isEmpty()) {
      parameters.put(
          "fieldNameMapping",
          unit.fieldNames().entrySet().stream()
              .map(it -> it.getKey() + "=" + it.getValue())
              .collect(Collectors.joining(",")));
    }
    return parameters;
  }

  private Task over(Task task) throws InterruptedException {
    long pause = SHORTEST_PAUSE;
    Task now = task;
    while (!now.status().isOver()) {
      Thread.sleep(pause);
      pause = Math.min(LONGEST_PAUSE, pause * 2);
      now =
          tasks
              .find(task.id())
              .orElseThrow(
                  () -> new OrderRefused("its task was removed while it ran", "hand it in again"));
    }
    return now;
  }

  private String notes(UnitConfiguration unit, Task task) {
    List<String> notes = new ArrayList<>();
    tasks.remark(task).ifPresent(notes::add);
    List<String> ignored =
        List.of("companyId", "multiCompany", "userId").stream()
            .filter(it -> unit.document().hasNonNull(it))
            .filter(it -> !unit.document().path(it).asString("").matches("0|false|"))
            .toList();
    if (!ignored.isEmpty()) {
      notes.add(
          String.join(", ", ignored) + " ignored: there is one company, and the server writes");
    }
    return String.join("; ", notes);
  }

  private File ended(File file, Task task, String note) throws InterruptedException {
    long failed = task.counts().failed();
    List<Failure> failures = tasks.failures(task.id(), 0, 1, MOST_TOLD);
    String error = task.error();
    if (!failures.isEmpty()) {
      Failure first = failures.getFirst();
      error =
          "item " + first.index() + ": " + first.message() + more(failed - 1) + told(task, first);
    }
    boolean sound = task.status() == Task.Status.COMPLETED && failed == 0;
    return new File(
        file.number(),
        file.path(),
        task.order().className(),
        sound ? FileState.DONE : FileState.FAILED,
        file.task(),
        task.counts().processed(),
        failed,
        failures.isEmpty() ? 0 : failures.getFirst().index(),
        note,
        sound ? "" : error);
  }

  private static String more(long others) {
    return others > 0 ? " (and " + others + " more)" : "";
  }

  /** The task's own error mostly repeats that of its item. */
  private static String told(Task task, Failure first) {
    return task.error().isEmpty() || task.error().contains(first.message())
        ? ""
        : "; " + task.error();
  }

  /** Whether the files after it are to be carried out though an item of it failed. */
  boolean goesOn(File file) throws InterruptedException {
    return tasks
        .find(file.task())
        .filter(task -> task.status() == Task.Status.COMPLETED)
        .isPresent();
  }

  private static File failed(File file, String className, String error) {
    return new File(
        file.number(), file.path(), className, FileState.FAILED, file.task(), 0, 0, 0, "", error);
  }
}
