package dev.lockstep.connectors.file;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetCreator;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Limits;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A folder in use. */
final class FileConnection implements Connection {
  private static final int BATCH_ROWS = 1000;

  private final Folder folder;
  private final InstantSource clock;
  private final Catalog catalog;
  private final Describe describe;
  private final Quiet quiet;
  private volatile boolean closed;

  FileConnection(Folder folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
    this.catalog = new Catalog(folder);
    this.quiet = new Quiet(clock, folder.settle());
    this.describe = new Describe(folder, catalog);
  }

  Folder folder() {
    return folder;
  }

  InstantSource clock() {
    return clock;
  }

  Catalog catalog() {
    if (closed) {
      throw new IllegalStateException("the connection to " + folder.path() + " is closed");
    }
    return catalog;
  }

  Describe describe() {
    return describe;
  }

  Quiet quiet() {
    return quiet;
  }

  @Override
  public List<Problem> check() {
    Path path = folder.path();
    List<Problem> problems = new ArrayList<>();
    if (!Files.isDirectory(path)) {
      String message =
          Files.exists(path) ? path + " is not a folder" : "there is no folder " + path;
      problems.add(new Problem("path", message, "create it, or correct path"));
    } else if (!Files.isReadable(path) || !Files.isExecutable(path)) {
      problems.add(
          new Problem(
              "path",
              path + " cannot be read",
              "give this program's user the right to list and read it"));
    }
    return problems;
  }

  @Override
  public List<Dataset> discover() {
    return catalog().datasets().stream().map(describe::dataset).toList();
  }

  @Override
  public Optional<Dataset> describe(DatasetId id) {
    return catalog().find(id).map(describe::dataset);
  }

  @Override
  public Limits limits(DatasetId dataset) {
    return Limits.batches(BATCH_ROWS);
  }

  @Override
  public Optional<BulkReader> bulkReader() {
    return Optional.of(new FileBulkReader(this));
  }

  @Override
  public Optional<ChangeReader> changeReader() {
    return Optional.of(new FileChangeReader(this));
  }

  @Override
  public Optional<Writer> writer() {
    return Optional.of(new FileWriter(this));
  }

  @Override
  public Optional<DatasetCreator> creator() {
    return Optional.of(new FileCreator(this));
  }

  @Override
  public void close() {
    closed = true;
  }
}
