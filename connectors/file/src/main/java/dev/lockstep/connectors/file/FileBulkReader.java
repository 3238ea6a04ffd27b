package dev.lockstep.connectors.file;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the files that are there, dealt out by size; a file is not split. */
final class FileBulkReader implements BulkReader {
  private static final int SAMPLE = 200;

  private final FileConnection connection;

  FileBulkReader(FileConnection connection) {
    this.connection = connection;
  }

  @Override
  public List<Partition> plan(Request request, int parts) {
    FileDataset settings = connection.catalog().get(request.dataset());
    List<SourceFile> files = connection.catalog().files(settings);
    Optional<FilePartition.Bound> bound = request.since().map(since -> bound(settings, since));
    return deal(files, parts).stream()
        .map(hand -> FilePartition.of(request, bound, hand).token())
        .map(token -> new Partition(request.dataset(), token))
        .toList();
  }

  private FilePartition.Bound bound(FileDataset settings, Since since) {
    if (!canReadSince(settings.id(), since.field())) {
      throw Faults.permanent(
          "'"
              + since.field()
              + "' of "
              + settings.id()
              + " has no declared type with an order; declare one under fields");
    }
    Dataset dataset = connection.describe().dataset(settings);
    Type type = dataset.schema().field(dataset.schema().indexOf(since.field())).type();
    return FilePartition.Bound.of(since, type);
  }

  /**
   * Gives each file, the largest first, to the hand that holds least; each hand is sorted by name.
   */
  private static List<List<SourceFile>> deal(List<SourceFile> files, int parts) {
    int hands = Math.clamp(files.size(), 1, Math.max(1, parts));
    List<List<SourceFile>> dealt = new ArrayList<>();
    long[] bytes = new long[hands];
    for (int i = 0; i < hands; i++) {
      dealt.add(new ArrayList<>());
    }
    for (SourceFile file :
        files.stream().sorted(Comparator.comparingLong(SourceFile::size).reversed()).toList()) {
      int least = 0;
      for (int i = 1; i < hands; i++) {
        least = bytes[i] < bytes[least] ? i : least;
      }
      dealt.get(least).add(file);
      bytes[least] += Math.max(1, file.size());
    }
    dealt.forEach(hand -> hand.sort(Comparator.comparing(SourceFile::name)));
    return dealt;
  }

  /**
   * The size of all files, by the size of the first records of the largest. Of documents and
   * compressed files nothing is told, because they are read by other measures.
   */
  @Override
  public OptionalLong estimate(Request request) throws InterruptedException {
    FileDataset settings = connection.catalog().get(request.dataset());
    List<SourceFile> files = connection.catalog().files(settings);
    if (request.since().isPresent()
        || files.stream().anyMatch(file -> file.isCompressed() || !settings.isLines(file))) {
      return OptionalLong.empty();
    }
    long bytes = files.stream().mapToLong(SourceFile::size).sum();
    Optional<SourceFile> largest = files.stream().max(Comparator.comparingLong(SourceFile::size));
    return bytes == 0 ? OptionalLong.of(0) : estimate(settings, largest.orElseThrow(), bytes);
  }

  private OptionalLong estimate(FileDataset settings, SourceFile file, long bytes)
      throws InterruptedException {
    FilePartition sample = new FilePartition(SAMPLE, Optional.empty(), List.of(file.name()));
    try (FileCursor cursor = new FileCursor(connection, settings, sample, FilePosition.START)) {
      Optional<Page> page = cursor.next();
      if (page.isEmpty()) {
        return OptionalLong.of(0);
      }
      FilePosition after = FilePosition.parse(page.get().resumeAfter());
      long records = (long) page.get().rows().size() + page.get().unreadable().size();
      long read = after.file() > 0 ? file.size() : after.place().offset();
      return read <= 0
          ? OptionalLong.empty()
          : OptionalLong.of(Math.round((double) bytes * records / read));
    }
  }

  @Override
  public Cursor<Page> read(Partition partition, Optional<Position> after) {
    FileDataset settings = connection.catalog().get(partition.dataset());
    FilePartition files = FilePartition.parse(partition.token());
    FilePosition from = after.map(FilePosition::parse).orElse(FilePosition.START);
    if (from.file() > files.files().size()) {
      throw new ConnectorException(
          new Failure.PositionLost(
              from.position(), "the partition has no such file; read from the start"));
    }
    return new FileCursor(connection, settings, files, from);
  }

  @Override
  public boolean canReadSince(DatasetId dataset, String field) {
    Type type = connection.catalog().get(dataset).types().get(field);
    return type != null && Comparable.class.isAssignableFrom(type.carrier());
  }
}
