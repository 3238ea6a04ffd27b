package dev.lockstep.server.deploy;

import dev.lockstep.server.extension.ExtensionRefused;
import dev.lockstep.server.extension.NaturalOrder;
import dev.lockstep.server.extension.PackProject;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Takes the archives and project folders that are put into a folder. One that still changes, or is
 * no whole archive yet, is left until it is; one that stays torn is told, and looked at again when
 * it changes. What was taken may be removed; nothing is undone by that.
 */
final class WatchFolder implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(WatchFolder.class.getName());
  private static final Duration LOOK = Duration.ofMillis(500);

  /** How often a torn archive is found unchanged before it is told: half a minute. */
  private static final int PATIENCE = 60;

  private final Path folder;
  private final Deployments deployments;
  private final Map<String, Seen> seen = new HashMap<>();
  private final Thread watcher = Thread.ofVirtual().name("watched folder").unstarted(this::watch);
  private volatile boolean stopped;

  /**
   * How something stood when it was looked at last.
   *
   * @param times how often it was found so in a row
   * @param settled whether it was taken, or told
   */
  private record Seen(String stamp, int times, boolean settled) {}

  WatchFolder(Path folder, Deployments deployments) {
    this.folder = folder;
    this.deployments = deployments;
  }

  /** Called at most once. */
  void start() {
    LOG.log(
        System.Logger.Level.INFO,
        "client extensions that are put into {0} are deployed (hub.deploy.watch: false ends that)",
        folder.toAbsolutePath().normalize());
    watcher.start();
  }

  private void watch() {
    try {
      while (!stopped) {
        try {
          look();
        } catch (IOException | StoreException failed) {
          LOG.log(
              System.Logger.Level.WARNING,
              "{0} cannot be looked at, and is in a moment: {1}",
              folder,
              failed.getMessage());
        }
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws IOException, InterruptedException {
    Map<String, Path> found = new HashMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> entries = Files.list(folder)) {
        entries.forEach(it -> found.put(it.getFileName().toString(), it));
      }
    }
    for (String gone : seen.keySet().stream().filter(it -> !found.containsKey(it)).toList()) {
      seen.remove(gone);
      deployments.accept(gone);
    }
    List<String> names =
        found.keySet().stream()
            .filter(it -> !it.startsWith("."))
            .sorted(NaturalOrder.OF_TEXTS)
            .toList();
    for (String name : names) {
      look(name, folder.resolve(name));
    }
  }

  private void look(String name, Path place) throws IOException, InterruptedException {
    boolean archive = name.endsWith(".zip");
    if (!archive && !Files.exists(place.resolve("client-extension.yaml"))) {
      return;
    }
    String stamp = stamp(place);
    Seen before = seen.get(name);
    Seen now =
        before != null && before.stamp().equals(stamp)
            ? new Seen(stamp, before.times() + 1, before.settled())
            : new Seen(stamp, 0, false);
    if (!now.settled() && now.times() > 0) {
      now = new Seen(stamp, now.times(), settled(name, place, now));
    }
    seen.put(name, now);
  }

  private static String stamp(Path place) throws IOException {
    StringBuilder stamp = new StringBuilder();
    try (Stream<Path> all = Files.walk(place)) {
      for (Path each : all.sorted().toList()) {
        BasicFileAttributes about =
            Files.readAttributes(each, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        stamp.append(each).append(' ').append(about.size()).append(' ');
        stamp.append(about.lastModifiedTime().toMillis()).append('\n');
      }
    } catch (UncheckedIOException gone) {
      throw gone.getCause();
    }
    return stamp.toString();
  }

  /** Takes it, or tells why not; false when it is to be looked at again. */
  private boolean settled(String name, Path place, Seen now)
      throws IOException, InterruptedException {
    Path draft = deployments.draft();
    try {
      if (Files.isSymbolicLink(place)) {
        throw new ExtensionRefused("it is a link", "put the archive itself there");
      }
      String project = name.replaceFirst("\\.zip$", "");
      copy(place, project, draft);
      if (!stamp(place).equals(now.stamp())) {
        return false;
      }
      List<Deployment> taken = deployments.take(draft, project, false);
      deployments.accept(name);
      taken.stream()
          .filter(it -> !it.isOver())
          .forEach(it -> LOG.log(System.Logger.Level.INFO, "{0} is deployed", name));
      return true;
    } catch (ExtensionRefused refused) {
      if (refused.isTorn() && now.times() < PATIENCE) {
        return false;
      }
      deployments.refuse(name, String.valueOf(refused.getMessage()));
      LOG.log(System.Logger.Level.ERROR, "{0} is not deployed: {1}", name, refused.getMessage());
      return true;
    } catch (IOException broken) {
      if (now.times() < PATIENCE) {
        return false;
      }
      deployments.refuse(name, "it cannot be read: " + broken.getMessage());
      LOG.log(System.Logger.Level.ERROR, "{0} is not deployed: {1}", name, broken.getMessage());
      return true;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void copy(Path place, String project, Path draft)
      throws IOException, ExtensionRefused {
    if (Files.isDirectory(place)) {
      PackProject.of(place, project, draft)
          .forEach(it -> LOG.log(System.Logger.Level.INFO, "{0}: {1}", project, it));
    } else {
      Files.copy(place, draft, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() {
    stopped = true;
    watcher.interrupt();
    boolean interrupted = false;
    while (watcher.isAlive()) {
      try {
        watcher.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
