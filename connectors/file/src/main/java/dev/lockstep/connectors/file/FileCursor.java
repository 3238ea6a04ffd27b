package dev.lockstep.connectors.file;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Unreadable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the files of a partition one after the other. */
final class FileCursor implements Cursor<Page> {
  private final FileConnection connection;
  private final FileDataset settings;
  private final FilePartition partition;
  private final Optional<SinceFilter> filter;
  private FilePosition at;
  private @Nullable Open open;

  /** The file being read; one that is {@code growing} keeps its unfinished end to itself. */
  private record Open(SourceFile file, boolean growing, Portions portions) {}

  FileCursor(
      FileConnection connection, FileDataset settings, FilePartition partition, FilePosition from) {
    this.connection = connection;
    this.settings = settings;
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
      } catch (NoSuchFileException e) {
        return Optional.of(gone(name));
      } catch (FileNotFoundException e) {
        // The JDK says so also of a file that is there and may not be opened.
        if (SourceFile.isThere(connection.folder().path().resolve(name))) {
          throw Faults.unreachable(Path.of(name), e);
        }
        return Optional.of(gone(name));
      } catch (IOException e) {
        throw Faults.unreachable(Path.of(name), e);
      }
    }
    return Optional.empty();
  }

  private Page page(String name) throws IOException, InterruptedException {
    Open reading = open;
    if (reading == null) {
      reading = begin(name);
      open = reading;
    }
    Portion portion = reading.portions().next(partition.pageRows());
    at = new FilePosition(at.file(), at.identity(), portion.after());
    if (portion.end()) {
      close();
      if (hasMore(reading, portion.after())) {
        open = open(reading.file(), false);
      } else {
        at = new FilePosition(at.file() + 1, "", Place.START);
      }
    }
    PlacedRows placed = filter.map(f -> f.of(portion.placed())).orElse(portion.placed());
    return new Page(
        placed.rows(), portion.unreadable(), at.position(), placed.places(reading.file()));
  }

  private Open begin(String name) throws IOException, InterruptedException {
    SourceFile file = SourceFile.of(connection.folder().path().resolve(name), name);
    if (!at.identity().isEmpty()) {
      refuseAnother(file);
    }
    at = new FilePosition(at.file(), file.identity(), at.place());
    boolean lines = settings.isLines(file);
    if (!lines && !connection.quiet().await(file.path())) {
      throw new ConnectorException(
          Failure.Transient.of(
              file.name() + " is still being written; it is read when it is done"));
    }
    return open(file, lines);
  }

  private Open open(SourceFile file, boolean growing) throws IOException {
    Dataset shape = connection.describe().dataset(settings);
    int most = connection.folder().maxRecord();
    Reading reading = new Reading(file, settings, shape, most, growing);
    return new Open(file, growing, reading.from(at.place()));
  }

  /** Whether there is an end that was unfinished, and is no longer being written. */
  private boolean hasMore(Open reading, Place after) throws IOException, InterruptedException {
    Path path = reading.file().path();
    return reading.growing()
        && !after.isDone()
        && Files.size(path) > after.offset()
        && connection.quiet().await(path);
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
    Open reading = open;
    open = null;
    if (reading != null) {
      try {
        reading.portions().close();
      } catch (IOException e) {
        throw Faults.unreachable(connection.folder().path(), e);
      }
    }
  }
}
