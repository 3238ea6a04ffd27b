package dev.lockstep.hub.file;

import dev.lockstep.hub.ColumnForm;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.Numbers;
import dev.lockstep.store.StoreException;
import dev.lockstep.store.Tx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of a hub. Thread-safe. A file's content is durable before the store knows of it, and
 * gone after the store has forgotten it; what lies between, after the process was killed, is swept
 * away when it is opened again.
 */
public final class FileEntries {
  /** The table; a field that refers to a file holds its id. */
  public static final String TABLE = "hub_file";

  /** Longer files are not taken. */
  public static final long MOST_BYTES = 4L << 30;

  private static final long FIRST_ID = 50_001;
  private static final int MOST_NAME = 255;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final String COLUMNS = "id, code, name, bytes, digest, place, at";

  private final Hub hub;
  private final Folders folders;
  private final InstantSource clock;

  private FileEntries(Hub hub, Folders folders, InstantSource clock) {
    this.hub = hub;
    this.folders = folders;
    this.clock = clock;
  }

  /**
   * Opens the files of a hub.
   *
   * @param folder where the contents lie, used by nobody else; made when it is not there
   */
  public static FileEntries open(Hub hub, Path folder, InstantSource clock)
      throws InterruptedException {
    try {
      FileEntries files = new FileEntries(hub, new Folders(folder), clock);
      files.sweep();
      return files;
    } catch (IOException e) {
      throw new StoreException("the folder of files, " + folder + ", cannot be used: " + e, e);
    }
  }

  private void sweep() throws IOException, InterruptedException {
    folders.sweep(this::places);
  }

  private List<String> places(String beginning) throws InterruptedException {
    // The names are hexadecimal, so that g is beyond all that begin so.
    return hub.read(tx ->
        tx.list(
            "SELECT place FROM hub_file WHERE place >= ? AND place < ?",
            row -> row.text(1),
            beginning,
            beginning + "g"));
  }

  /** Begins to receive a content of at most so many bytes; to be closed whatever becomes of it. */
  public Received receive(long most) {
    return new Received(folders.incoming(UUID.randomUUID().toString()), most);
  }

  /**
   * Keeps what was received.
   *
   * @param sent its name, of which a path is left out
   * @param code its external reference code; null for one of its own
   * @throws FileRefused when the name cannot be one, or the code is taken
   */
  public FileEntry keep(Received received, String sent, @Nullable String code)
      throws InterruptedException {
    return keep(received, sent, code, false);
  }

  /**
   * Keeps what was received within a document that is yet to be taken. Until {@link #taken}, or it
   * is removed, {@link #removeLeft} removes it unless an entry refers to it.
   */
  public FileEntry keepWithin(Received received, String sent, @Nullable String code)
      throws InterruptedException {
    return keep(received, sent, code, true);
  }

  private FileEntry keep(Received received, String sent, @Nullable String code, boolean within)
      throws InterruptedException {
    String name = name(sent);
    String place = UUID.randomUUID().toString();
    String digest = received.digest();
    try {
      folders.settle(received.settled(), place);
    } catch (IOException e) {
      throw new StoreException("a file cannot be written: " + e, e);
    }
    // Whoever reads back what was kept sees what the store has.
    var created = ColumnForm.moment(ColumnForm.micros(clock.instant()));
    String own = code == null || code.isEmpty() ? place : code;
    FileEntry kept = new FileEntry(0, own, name, received.bytes(), digest, place, created);
    try {
      return hub.note(tx -> {
        FileEntry noted = noted(tx, kept);
        if (within) {
          tx.update("INSERT INTO hub_file_within (file) VALUES (?)", noted.id());
        }
        return noted;
      });
    } catch (FileRefused refused) {
      delete(kept);
      throw refused;
    }
  }

  private static FileEntry noted(Tx tx, FileEntry file) {
    if (found(tx, "code", file.code()).isPresent()) {
      throw new FileRefused(
          FileRefused.Kind.CONFLICT,
          "a file has the external reference code " + file.code() + " already",
          "send another one, or refer to that file by it");
    }
    long id = Numbers.next(tx, "file", FIRST_ID);
    tx.update(
        "INSERT INTO hub_file (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?)",
        id,
        file.code(),
        file.name(),
        file.bytes(),
        file.digest(),
        file.place(),
        ColumnForm.micros(file.created()));
    return file.numbered(id);
  }

  private static String name(String sent) {
    String name = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
    if (name.isBlank() || name.length() > MOST_NAME || CONTROL.matcher(name).find()) {
      throw new FileRefused(
          FileRefused.Kind.INVALID,
          "'" + CONTROL.matcher(name).replaceAll("?") + "' is no name of a file",
          "send one of 1 to " + MOST_NAME + " characters, such as licence.pdf");
    }
    return name.strip();
  }

  public Optional<FileEntry> find(long id) throws InterruptedException {
    return hub.read(tx -> found(tx, "id", id));
  }

  /** The file with an external reference code. */
  public Optional<FileEntry> find(String code) throws InterruptedException {
    return hub.read(tx -> found(tx, "code", code));
  }

  private static Optional<FileEntry> found(Tx tx, String column, Object value) {
    return tx.first(
        "SELECT " + COLUMNS + " FROM hub_file WHERE " + column + " = ?",
        row ->
            new FileEntry(
                row.integer(1),
                row.text(2),
                row.text(3),
                row.integer(4),
                row.text(5),
                row.text(6),
                ColumnForm.moment(row.integer(7))),
        value);
  }

  /** A file's content, to be closed. */
  public InputStream content(FileEntry file) {
    try {
      return Files.newInputStream(folders.place(file.place()));
    } catch (IOException e) {
      throw new StoreException("the content of file " + file.id() + " cannot be read: " + e, e);
    }
  }

  /**
   * A column whose numbers refer to files.
   *
   * @param object whose entries these are, for the refusal
   */
  public record Use(String object, String table, String column) {}

  /** Notes, with the documents themselves, that those were taken within which files came. */
  public static void taken(Tx tx, List<Long> files) {
    for (long file : files) {
      tx.update("DELETE FROM hub_file_within WHERE file = ?", file);
    }
  }

  /** The same, where the documents are durable already. */
  public void taken(List<Long> files) throws InterruptedException {
    hub.note(tx -> {
      taken(tx, files);
      return files.size();
    });
  }

  /**
   * Removes files that came within documents of which nothing was kept, since the process was
   * killed. Called before documents are taken.
   *
   * @param uses every column that may refer to one
   */
  public void removeLeft(List<Use> uses) throws InterruptedException {
    List<Long> left =
        hub.read(tx -> tx.list("SELECT file FROM hub_file_within", row -> row.integer(1)));
    if (left.isEmpty()) {
      return;
    }
    Set<Long> used = new HashSet<>();
    for (Use use : uses) {
      // Read once, however many are left.
      String all = "SELECT " + use.column() + " FROM " + use.table();
      used.addAll(
          hub.read(tx ->
              tx.list(
                  "SELECT file FROM hub_file_within WHERE file IN (" + all + ")",
                  row -> row.integer(1))));
    }
    taken(List.copyOf(used));
    for (long file : left) {
      if (!used.contains(file)) {
        remove(file, List.of());
      }
    }
  }

  /**
   * Removes a file to which no entry refers.
   *
   * @param uses every column that may refer to it
   * @return whether there was one
   * @throws FileRefused when an entry refers to it
   */
  public boolean remove(long id, List<Use> uses) throws InterruptedException {
    Optional<FileEntry> gone =
        hub.note(tx -> {
          for (Use use : uses) {
            String sql = "SELECT 1 FROM " + use.table() + " WHERE " + use.column() + " = ? LIMIT 1";
            if (tx.first(sql, row -> 1, id).isPresent()) {
              throw new FileRefused(
                  FileRefused.Kind.CONFLICT,
                  "an entry of " + use.object() + " refers to file " + id,
                  "change or delete that entry first");
            }
          }
          Optional<FileEntry> found = found(tx, "id", id);
          tx.update("DELETE FROM hub_file WHERE id = ?", id);
          taken(tx, List.of(id));
          return found;
        });
    gone.ifPresent(this::delete);
    return gone.isPresent();
  }

  private void delete(FileEntry file) {
    try {
      Files.deleteIfExists(folders.place(file.place()));
    } catch (IOException e) {
      // Nobody refers to it; the next start tries again.
      System.getLogger(FileEntries.class.getName())
          .log(System.Logger.Level.WARNING, "the content of file " + file.id() + " is left", e);
    }
  }
}
