package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds what was deleted without anybody telling: lists all keys now and then and compares them
 * with those of the last time, which lie in a file, and with those that were found in between. The
 * lists are in the order of ids, so that memory does not grow with them. Used by one thread.
 */
final class KeyScan implements AutoCloseable {
  private static final int PAGE = 500;

  private final ObjectShape shape;
  private final Listing listing;
  private final Telling telling;
  private final ReadAgain again;
  private final Duration every;
  private final Path file;
  private final Deque<String> missing = new ArrayDeque<>();
  private Listing.Mark mark = Listing.Mark.START;
  private @Nullable BufferedWriter next;
  private @Nullable BufferedReader last;
  private @Nullable Line head;
  private final NotedKeys noted;
  private boolean listed;
  private boolean compared;
  private long due = System.nanoTime();

  private record Line(long id, String code) {}

  KeyScan(
      Remote remote,
      ObjectShape shape,
      Duration every,
      Path folder,
      Telling telling,
      ReadAgain again) {
    this.shape = shape;
    this.every = every;
    this.telling = telling;
    this.again = again;
    this.listing = new Listing(remote, shape, "", List.of(ObjectShape.ID, ObjectShape.KEY));
    this.file = folder.resolve(Remote.encode(shape.id().name()) + ".keys");
    this.noted = new NotedKeys(file.resolveSibling(file.getFileName() + ".noted"));
    if (Files.exists(file)) {
      due = System.nanoTime() + every.toNanos();
    }
  }

  long pause(long now) {
    return due - now;
  }

  /** Does one call's work; answers the deletions it found. */
  List<Change> step(int most) throws InterruptedException {
    try {
      if (next == null) {
        open();
      }
      if (!listed) {
        list();
      }
      if (listed && missing.isEmpty()) {
        missing.addAll(noted.lacking(fresh()));
        compared = missing.isEmpty();
      }
      List<Change> found = confirmed(most);
      if (compared) {
        // Only after what was found is durable: whoever asks for more has acknowledged it.
        end();
      }
      return found;
    } catch (IOException broken) {
      throw unkept(broken);
    }
  }

  private ConnectorException unkept(IOException broken) {
    return new ConnectorException(
        Failure.Transient.of(
            "the keys of " + shape.id() + " cannot be kept in " + file + ": " + broken),
        broken);
  }

  /** Remembers which entries were found, before anybody is told of them. */
  void note(List<Change> changes) {
    List<String> codes = new ArrayList<>();
    for (Change change : changes) {
      if (change instanceof Change.Upserted upserted && upserted.dataset().equals(shape.id())) {
        codes.add(line(String.valueOf(upserted.key().parts().getFirst())));
      }
    }
    try {
      noted.note(codes);
    } catch (IOException broken) {
      throw unkept(broken);
    }
  }

  /** A code as it stands in a line. */
  private static String line(String code) {
    return code.replaceAll("[\t\r\n]", " ");
  }

  private Path fresh() {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  private void open() throws IOException {
    Files.createDirectories(file.getParent());
    next = Files.newBufferedWriter(fresh());
    last = Files.exists(file) ? Files.newBufferedReader(file) : null;
    head = line();
    listed = false;
    compared = false;
    mark = Listing.Mark.START;
    noted.setApart();
  }

  private @Nullable Line line() throws IOException {
    String text = last == null ? null : last.readLine();
    int tab = text == null ? -1 : text.indexOf('\t');
    return text == null || tab < 0
        ? null
        : new Line(Long.parseLong(text.substring(0, tab)), text.substring(tab + 1));
  }

  private void list() throws IOException, InterruptedException {
    Listing.Page page = listing.next(mark, PAGE);
    BufferedWriter out = java.util.Objects.requireNonNull(next);
    for (JsonNode item : page.items()) {
      long id = Listing.id(item);
      passOver(id);
      if (head != null && head.id() == id) {
        head = line();
      }
      out.write(id + "\t" + line(EntryRows.code(item)));
      out.newLine();
    }
    mark = page.after();
    if (page.ended()) {
      passOver(Long.MAX_VALUE);
      out.close();
      listed = true;
    }
  }

  /** Those before an id that the list has no more. */
  private void passOver(long id) throws IOException {
    while (head != null && head.id() < id) {
      missing.add(head.code());
      head = line();
    }
  }

  /** A new entry may have the old one's code, so each is asked for. */
  private List<Change> confirmed(int most) throws InterruptedException {
    List<String> some = new ArrayList<>();
    while (!missing.isEmpty() && some.size() < most) {
      some.add(missing.remove());
    }
    if (some.isEmpty()) {
      return List.of();
    }
    List<Change> found = new ArrayList<>();
    for (Map.Entry<String, Optional<JsonNode>> each : again.read(shape, some).entrySet()) {
      if (each.getValue().isEmpty()) {
        telling.found(shape, each.getKey(), Optional.empty()).ifPresent(found::add);
      }
    }
    return found;
  }

  private void end() throws IOException {
    close();
    noted.settle();
    Files.move(fresh(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    due = System.nanoTime() + every.toNanos();
  }

  @Override
  public void close() throws IOException {
    noted.close();
    if (next != null) {
      next.close();
      next = null;
    }
    if (last != null) {
      last.close();
      last = null;
    }
  }
}
