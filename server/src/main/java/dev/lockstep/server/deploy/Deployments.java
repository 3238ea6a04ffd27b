package dev.lockstep.server.deploy;

import dev.lockstep.hub.batch.BatchTasks;
import dev.lockstep.server.deploy.Deployment.File;
import dev.lockstep.server.deploy.Deployment.FileState;
import dev.lockstep.server.deploy.Deployment.State;
import dev.lockstep.server.extension.Extension;
import dev.lockstep.server.extension.ExtensionProject;
import dev.lockstep.server.extension.ExtensionRefused;
import dev.lockstep.server.extension.HeadlessServer;
import dev.lockstep.server.extension.ZipContent;
import dev.lockstep.server.security.DeployedApplications;
import dev.lockstep.server.security.DeployedApplications.Credentials;
import dev.lockstep.store.Migration;
import dev.lockstep.store.Store;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Client extensions that are handed in, carried out one after the other. Thread-safe. What was
 * taken is carried out whatever is killed meanwhile: each file is an import task, begun only after
 * the one before was completed.
 */
public final class Deployments implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Deployments.class.getName());
  private static final long PAUSE_AFTER_FAILURE = 1000;

  private final Store store;
  private final Archives archives;
  private final RouteFiles routes;
  private final Optional<DeployedApplications> applications;
  private final CarryOut carryOut;
  private final InstantSource clock;
  private final Optional<WatchFolder> watch;
  private final Semaphore handedIn = new Semaphore(0);
  private final Thread worker = Thread.ofVirtual().name("deployments").unstarted(this::work);
  private volatile boolean stopped;

  private Deployments(
      Store store,
      Archives archives,
      RouteFiles routes,
      Optional<DeployedApplications> applications,
      CarryOut carryOut,
      Optional<Path> watched,
      InstantSource clock) {
    this.watch = watched.map(it -> new WatchFolder(it, this));
    this.store = store;
    this.archives = archives;
    this.routes = routes;
    this.applications = applications;
    this.carryOut = carryOut;
    this.clock = clock;
  }

  /** The tables that a store needs for them. */
  public static Migration migration() {
    return DeploymentTable.MIGRATION;
  }

  /**
   * Opens what the store has; {@link #start} goes on with it.
   *
   * @param data where archives and routes are kept
   * @param applications where the applications of extensions are made; empty where nobody needs to
   *     prove who it is
   * @param featureFlags those that are on
   * @param watched the folder whose archives are taken; empty for none
   */
  public static Deployments open(
      Store store,
      BatchTasks tasks,
      Optional<DeployedApplications> applications,
      Path data,
      Set<String> featureFlags,
      Optional<Path> watched,
      InstantSource clock)
      throws InterruptedException {
    Path folder = data.resolve("deployments");
    try {
      Archives archives = Archives.open(folder);
      archives.sweep(store.read(DeploymentTable::digests));
      return new Deployments(
          store,
          archives,
          new RouteFiles(data.resolve("routes")),
          applications,
          new CarryOut(tasks, featureFlags),
          watched,
          clock);
    } catch (IOException e) {
      throw new StoreException("the folder " + folder + " cannot be used: " + e, e);
    }
  }

  /**
   * Goes on with what was not done, tries again what failed, and looks at the watched folder. This
   * or {@link #startUnwatched} is called, at most once.
   */
  public void start() {
    startUnwatched();
    watch.ifPresent(WatchFolder::start);
  }

  /** The same for what is handed in, and nothing else. */
  public void startUnwatched() {
    worker.start();
  }

  /** Tells the programs of extensions where this server is reached. */
  public void serving(URI address) {
    try {
      routes.serving(address);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the routes of extensions cannot be written: " + e);
    }
  }

  /** Begins to receive an archive; whoever asked deletes the file. */
  public Path draft() throws IOException {
    return archives.draft();
  }

  /**
   * Takes an archive: one extension, or several within it. What is known already and was done is
   * not carried out again; what failed is.
   *
   * @param fallback the project's name, where the archive has none
   * @param again whether it is carried out though it was done
   * @throws ExtensionRefused when it is none, and nothing of it is taken
   */
  public List<Deployment> take(Path archive, String fallback, boolean again)
      throws IOException, ExtensionRefused, InterruptedException {
    List<Deployment> taken = new ArrayList<>();
    try (ZipContent content = ZipContent.open(archive)) {
      List<String> bundled = ExtensionProject.bundled(content);
      if (bundled.isEmpty()) {
        taken.add(take(ExtensionProject.of(content, fallback), archive, again));
      }
      for (String path : bundled) {
        taken.add(within(content, path, again));
      }
    }
    handedIn.release();
    return taken;
  }

  private Deployment within(ZipContent bundle, String path, boolean again)
      throws IOException, ExtensionRefused, InterruptedException {
    Path draft = archives.draft();
    try (InputStream in = bundle.open(path)) {
      Files.copy(in, draft, StandardCopyOption.REPLACE_EXISTING);
      try (ZipContent content = ZipContent.open(draft)) {
        String name = path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.zip$", "");
        return take(ExtensionProject.of(content, name), draft, again);
      } catch (ExtensionRefused refused) {
        throw new ExtensionRefused(path + ": " + refused.fault(), refused.remedy());
      }
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private Deployment take(ExtensionProject project, Path archive, boolean again)
      throws IOException, InterruptedException {
    String digest = Archives.digest(project);
    archives.keep(archive, digest);
    Extension extension = project.extension();
    return store.write(tx -> {
      Optional<Deployment> newest =
          DeploymentTable.newest(tx, extension.name()).filter(it -> it.digest().equals(digest));
      if (newest.isPresent() && newest.get().state() == State.FAILED && !again) {
        DeploymentTable.retry(tx, newest.get().id());
        return DeploymentTable.find(tx, newest.get().id()).orElseThrow();
      }
      if (newest.isPresent() && (!again || newest.get().state() == State.WAITING)) {
        return newest.get();
      }
      long id =
          DeploymentTable.add(
              tx, extension.name(), digest, extension.notes(), extension.files(), clock.instant());
      return DeploymentTable.find(tx, id).orElseThrow();
    });
  }

  /** Notes why something in the watched folder is not taken. */
  void refuse(String source, String error) throws InterruptedException {
    store.write(tx -> {
      DeploymentTable.refuse(tx, source, error, clock.instant());
      return source;
    });
  }

  /** Forgets what was noted about something in the watched folder. */
  void accept(String source) throws InterruptedException {
    store.write(tx -> {
      DeploymentTable.accept(tx, source);
      return source;
    });
  }

  public Optional<Deployment> find(long id) throws InterruptedException {
    return store.read(tx -> DeploymentTable.find(tx, id));
  }

  /**
   * What there is to be known.
   *
   * @param deployments the newest first
   * @param refused what in the watched folder is no extension, and why
   */
  public record Listed(List<Deployment> deployments, List<Refused> refused) {}

  /** Something in the watched folder that is not taken. */
  public record Refused(String source, String error) {}

  /**
   * Lists deployments.
   *
   * @param all also those that a later one of the same name came after
   */
  public Listed list(boolean all, int limit) throws InterruptedException {
    return store.read(tx -> listed(tx, all, limit));
  }

  /** Lists those of a store that nobody runs on. */
  public static Listed listed(dev.lockstep.store.Tx tx, boolean all, int limit) {
    return new Listed(
        DeploymentTable.list(tx, all, limit),
        DeploymentTable.refused(tx).stream()
            .map(it -> new Refused(it.source(), it.error()))
            .toList());
  }

  private void work() {
    boolean retried = false;
    while (!stopped) {
      try {
        if (!retried) {
          begin();
          retried = true;
        }
        Optional<Deployment> next = store.read(DeploymentTable::next);
        if (next.isPresent()) {
          run(next.get());
        } else {
          handedIn.acquire();
          handedIn.drainPermits();
        }
      } catch (InterruptedException stop) {
        return;
      } catch (StoreException | IOException failed) {
        LOG.log(
            System.Logger.Level.WARNING,
            "a deployment is tried again in a second: {0}",
            failed.getMessage());
        pause();
      }
    }
  }

  private void begin() throws InterruptedException {
    int again = store.write(DeploymentTable::retryFailed);
    if (again > 0) {
      LOG.log(System.Logger.Level.INFO, "{0} failed deployments are tried again", again);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Deployment deployment) throws IOException, InterruptedException {
    List<String> failures = new ArrayList<>();
    try (ZipContent content = ZipContent.open(archives.place(deployment.digest()))) {
      ExtensionProject project = ExtensionProject.of(content, deployment.name());
      declare(deployment, project.extension());
      for (File file : deployment.files()) {
        if (file.state() != FileState.DONE && !carriedOut(deployment, file, project, failures)) {
          break;
        }
      }
    } catch (ExtensionRefused refused) {
      failures.add(String.valueOf(refused.getMessage()));
    }
    String error = String.join("; ", failures);
    State state = failures.isEmpty() ? State.DONE : State.FAILED;
    store.write(tx -> {
      DeploymentTable.ended(tx, deployment.id(), state, error, clock.instant());
      return state;
    });
    if (failures.isEmpty()) {
      LOG.log(System.Logger.Level.INFO, "the extension {0} is deployed", deployment.name());
    } else {
      LOG.log(
          System.Logger.Level.ERROR,
          "the extension {0} failed: {1}; it is tried again at the next start, or when it is"
              + " deployed again",
          deployment.name(),
          error);
    }
  }

  /** Carries out a file; false when those after it are not to be begun. */
  private boolean carriedOut(
      Deployment deployment, File file, ExtensionProject project, List<String> failures)
      throws InterruptedException {
    File after = carryOut.file(file, project);
    store.write(tx -> {
      DeploymentTable.file(tx, deployment.id(), after);
      return after;
    });
    if (!after.note().isEmpty()) {
      LOG.log(
          System.Logger.Level.INFO, "{0}, {1}: {2}", deployment.name(), after.path(), after.note());
    }
    if (after.state() != FileState.FAILED) {
      return true;
    }
    failures.add(after.path() + ": " + after.error());
    return carryOut.goesOn(after);
  }

  private void declare(Deployment deployment, Extension extension)
      throws IOException, InterruptedException {
    List<String> notes = new ArrayList<>(extension.notes());
    for (HeadlessServer application : extension.applications()) {
      notes.add(declared(extension.name(), application));
    }
    store.write(tx -> {
      DeploymentTable.note(tx, deployment.id(), notes);
      return notes;
    });
  }

  private String declared(String project, HeadlessServer application)
      throws IOException, InterruptedException {
    if (applications.isEmpty()) {
      return "the application "
          + application.code()
          + " is not made, as the configuration has no security: whoever reaches the server may"
          + " call";
    }
    Credentials credentials =
        applications
            .get()
            .declare(
                application.code(),
                application.name(),
                application.scopes(),
                id -> routes.secret(project, application.code(), id));
    routes.write(project, application, credentials.id(), credentials.secret());
    return "the application "
        + application.code()
        + " has the client id "
        + credentials.id()
        + "; its secret is in "
        + routes.of(project);
  }

  /** Stops where it stands; what is under way goes on at the next start. */
  @Override
  public void close() {
    watch.ifPresent(WatchFolder::close);
    stopped = true;
    worker.interrupt();
    boolean interrupted = false;
    while (worker.isAlive()) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
