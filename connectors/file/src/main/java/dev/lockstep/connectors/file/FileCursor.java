package dev.lockstep.connectors.file;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Unreadable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the files of a partition one after the other. */
final class FileCursor implements Cursor<Page> {
  private final FileConnection connection;
  private final FileDataset settings;
  private final Dataset shape;
  private final FilePartition partition;
  private final Optional<SinceFilter> filter;
  private FilePosition at;
  private @Nullable Portions open;

  FileCursor(
      FileConnection connection, FileDataset settings, FilePartition partition, FilePosition from) {
    this.connection = connection;
    this.settings = settings;
    this.shape = connection.describe().dataset(settings);
    this.partition = partition;
    this.filter = partition.since().map(SinceFilter::of);
    this.at = from;
  }

  @Override
  public Optional<Page> next() throws InterruptedException {
    while (at.file() < partition.files().size()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      String name = partition.files().get(at.file());
      try {
        Page page = page(name);
        if (!page.rows().isEmpty() || !page.unreadable().isEmpty()) {
          return Optional.of(page);
        }
      } catch (NoSuchFileException | FileNotFoundException e) {
        return Optional.of(gone(name));
      } catch (IOException e) {
        throw Faults.unreachable(Path.of(name), e);
      }
    }
    return Optional.empty();
  }

  private Page page(String name) throws IOException {
    Portions portions = open;
    if (portions == null) {
      portions = open(name);
      open = portions;
    }
    Portion portion = portions.next(partition.pageRows());
    at = new FilePosition(at.file(), at.identity(), portion.after());
    if (portion.end()) {
      close();
      at = new FilePosition(at.file() + 1, "", Place.START);
    }
    List<Row> rows = filter.map(f -> f.of(portion.rows())).orElse(portion.rows());
    return new Page(rows, portion.unreadable(), at.position());
  }

  private Portions open(String name) throws IOException {
    SourceFile file = SourceFile.of(connection.folder().path().resolve(name), name);
    if (!at.identity().isEmpty()) {
      refuseAnother(file);
    }
    at = new FilePosition(at.file(), file.identity(), at.place());
    int most = connection.folder().maxRecord();
    return new Reading(file, settings, shape, most, false).from(at.place());
  }

  /** A place in a file means nothing in another file that took its name. */
  private void refuseAnother(SourceFile file) {
    boolean shorter =
        !file.isCompressed() && !at.place().isDone() && file.size() < at.place().offset();
    if (shorter || !file.identity().equals(at.identity())) {
      // Invariant 9: a lost position is an error that names its remedy, never a skip.
      throw new ConnectorException(
          new Failure.PositionLost(
              at.position(),
              file.name() + " was replaced while it was being read; read again from the start"));
    }
  }

  private Page gone(String name) {
    at = new FilePosition(at.file() + 1, "", Place.START);
    Unreadable told =
        new Unreadable(
            name,
            "the file went away before it was read to its end",
            "put it back and run again, or keep files until their run is over",
            "");
    return new Page(List.of(), List.of(told), at.position());
  }

  @Override
  public void close() {
    Portions portions = open;
    open = null;
    if (portions != null) {
      try {
        portions.close();
      } catch (IOException e) {
        throw Faults.unreachable(connection.folder().path(), e);
      }
    }
  }
}
