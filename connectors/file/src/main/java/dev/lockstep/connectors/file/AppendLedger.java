package dev.lockstep.connectors.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.TreeMap;

/**
 * What was committed to one file, in a small file beside it that is replaced as a whole.
 *
 * <pre>
 *   lockstep-ledger 1
 *   writing 1024          an append began when the file had this length, and is not yet committed
 *   batch 8f3a            the ids of the last batches, oldest first
 *   entry owner text      the engine's own notes, one for each owner
 * </pre>
 *
 * <p>An append is: note its start here; write and sync the records; replace the note by the batch's
 * id and entry. A crash leaves either no note, and then the append is whole, or a note, and then
 * everything behind its length is cut off before the next append.
 */
final class AppendLedger {
  private static final String HEADER = "lockstep-ledger 1";
  private static final int BATCHES = 1000;

  private final Path path;
  private final OptionalLong writing;
  private final SequencedSet<String> batches;
  private final Map<String, String> entries;

  private AppendLedger(
      Path path, OptionalLong writing, Collection<String> batches, Map<String, String> entries) {
    this.path = path;
    this.writing = writing;
    this.batches = new LinkedHashSet<>(batches);
    this.entries = new TreeMap<>(entries);
    while (this.batches.size() > BATCHES) {
      this.batches.removeFirst();
    }
  }

  static Path beside(Path target) {
    return target.resolveSibling("." + target.getFileName() + ".lockstep-ledger");
  }

  static AppendLedger of(Path target) throws IOException {
    Path path = beside(target);
    List<String> lines;
    try {
      lines = Files.readAllLines(path, UTF_8);
    } catch (NoSuchFileException none) {
      lines = List.of(HEADER);
    }
    if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
      throw Faults.permanent(
          path
              + " was not written by this version of Lockstep; move it away if "
              + target
              + " may be appended to as it stands");
    }
    return parse(path, lines);
  }

  private static AppendLedger parse(Path path, List<String> lines) {
    OptionalLong writing = OptionalLong.empty();
    List<String> batches = new ArrayList<>();
    Map<String, String> entries = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> words = Token.words(line, line.substring(0, Math.max(0, line.indexOf(';'))));
      switch (words.isEmpty() ? "" : words.getFirst()) {
        case "writing" -> writing = OptionalLong.of(Long.parseLong(words.get(1)));
        case "batch" -> batches.add(words.get(1));
        case "entry" -> entries.put(words.get(1), words.get(2));
        default ->
            throw Faults.permanent(
                path + " is damaged at '" + line + "'; restore it, or move it away");
      }
    }
    return new AppendLedger(path, writing, batches, entries);
  }

  /** The length the file had when an append began that was never committed. */
  OptionalLong writing() {
    return writing;
  }

  boolean has(String batch) {
    return batches.contains(batch);
  }

  Map<String, String> entries() {
    return entries;
  }

  AppendLedger beginning(long length) {
    return new AppendLedger(path, OptionalLong.of(length), batches, entries);
  }

  AppendLedger undone() {
    return new AppendLedger(path, OptionalLong.empty(), batches, entries);
  }

  AppendLedger committing(String batch) {
    AppendLedger next = undone();
    next.batches.addLast(batch);
    return new AppendLedger(path, OptionalLong.empty(), next.batches, entries);
  }

  AppendLedger with(String owner, String text) {
    AppendLedger next = new AppendLedger(path, writing, batches, entries);
    next.entries.put(owner, text);
    return next;
  }

  AppendLedger without(String ownerPrefix) {
    AppendLedger next = new AppendLedger(path, writing, batches, entries);
    next.entries.keySet().removeIf(owner -> owner.startsWith(ownerPrefix));
    return next;
  }

  /** Puts this in the place of what stood there before, on disk before it returns. */
  void save() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(HEADER);
    writing.ifPresent(length -> lines.add(Token.plain(List.of("writing", Long.toString(length)))));
    batches.forEach(batch -> lines.add(Token.plain(List.of("batch", batch))));
    entries.forEach((owner, text) -> lines.add(Token.plain(List.of("entry", owner, text))));
    Path next = path.resolveSibling(path.getFileName() + ".next");
    Files.write(next, lines, UTF_8);
    sync(next);
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(path);
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** A file's name is on disk once its folder is; Windows neither needs nor allows this. */
  static void syncFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
