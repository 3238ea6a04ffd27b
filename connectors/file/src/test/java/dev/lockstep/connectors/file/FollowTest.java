package dev.lockstep.connectors.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ChangeReader;
import dev.lockstep.connector.ChangeReader.ChangeBatch;
import dev.lockstep.connector.ChangeReader.ChangeCursor;
import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.testkit.SettableClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that arrive, grow, are replaced and go away, looked at one turn of the crank at a time. */
final class FollowTest {
  private static final Subscription ALL = new Subscription("s", List.of(new DatasetId("d")));

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock(Instant.parse("2030-01-01T00:00:00Z"));
  private Opened opened;
  private ChangeCursor cursor;
  private Position position;

  @BeforeEach
  void follow() throws InterruptedException {
    open(Map.of("files", "*.{csv,jsonl,json,gz}", "format", "csv", "key", "id"));
  }

  private void open(Map<String, ?> block) throws InterruptedException {
    opened = Opened.folder(folder, clock, Map.of("datasets", Map.of("d", block)));
    position = changes().subscribe(ALL);
    cursor = changes().read(ALL, position);
  }

  private void reopen(Map<String, ?> block) throws InterruptedException {
    close();
    open(block);
  }

  private ChangeReader changes() {
    return opened.connection().changeReader().orElseThrow();
  }

  @AfterEach
  void close() {
    cursor.close();
    opened.close();
  }

  /** Everything that one look finds; nothing is waited for. */
  private List<String> look() throws InterruptedException {
    List<String> seen = new ArrayList<>();
    ChangeBatch batch = cursor.next(2, Duration.ZERO);
    while (!batch.changes().isEmpty()) {
      assertThat(batch.changes()).hasSizeLessThanOrEqualTo(2);
      batch.changes().forEach(change -> seen.add(shown(change)));
      position = batch.resumeAfter();
      batch = cursor.next(2, Duration.ZERO);
    }
    position = batch.resumeAfter();
    return seen;
  }

  private static String shown(Change change) {
    return switch (change) {
      case Change.Upserted upserted -> upserted.row().toString();
      case Change.Deleted deleted -> "gone " + deleted.key();
      case Change.Truncated truncated -> "truncated";
      case Change.Garbled garbled ->
          "! " + garbled.record().place() + ": " + garbled.record().fault();
    };
  }

  /** Writes a file that was last changed just now, by the test's clock. */
  private Path write(String name, String text, StandardOpenOption... options) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text, options);
    return touch(file);
  }

  private Path touch(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    return file;
  }

  private void settle() {
    clock.advance(Duration.ofSeconds(3));
  }

  @Test
  void takesCompleteLinesAtOnceAndTheRestOnceSettled() throws Exception {
    write("a.csv", "id,name\n1,a\n2,b\n3,\"c\nd");
    assertThat(look()).containsExactly("{id=1, name=a}", "{id=2, name=b}");
    write("a.csv", "\"\n4,e", StandardOpenOption.APPEND);
    assertThat(look()).containsExactly("{id=3, name=c\nd}");
    assertThat(look()).isEmpty();
    settle();
    assertThat(look()).containsExactly("{id=4, name=e}");
    assertThat(look()).isEmpty();
  }

  @Test
  void goesOnFromItsPositionAlone() throws Exception {
    write("a.csv", "id,name\n1,a\n2,b\n3,c\n");
    write("b.csv", "id,name\n10,a\n");
    ChangeBatch first = cursor.next(2, Duration.ZERO);
    assertThat(first.changes()).hasSize(2);
    cursor.close();
    cursor = changes().read(ALL, new Position(first.resumeAfter().token()));
    assertThat(look()).containsExactly("{id=3, name=c}", "{id=10, name=a}");
    cursor.close();
    write("a.csv", "4,d\n", StandardOpenOption.APPEND);
    cursor = changes().read(ALL, new Position(position.token()));
    assertThat(look()).containsExactly("{id=4, name=d}");
  }

  @Test
  void leavesFilesAloneWhoseNamesSayTheyAreNotDone() throws Exception {
    write("a.csv.part", "id,name\n1,a\n");
    write("a.csv.tmp", "id,name\n1,a\n");
    Path hidden = write(".a.csv", "id,name\n1,a\n");
    settle();
    assertThat(look()).isEmpty();
    Files.move(hidden, folder.resolve("a.csv"));
    assertThat(look()).containsExactly("{id=1, name=a}");
  }

  @Test
  void readsAReplacedFileFromItsStart() throws Exception {
    write("a.csv", "id,name\n1,a\n2,b\n");
    assertThat(look()).hasSize(2);
    Path next = write("next.part", "id,name\n1,a\n2,b\n3,c\n");
    Files.move(next, folder.resolve("a.csv"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(look()).containsExactly("{id=1, name=a}", "{id=2, name=b}", "{id=3, name=c}");
  }

  @Test
  void readsAFileFromItsStartThatBecameShorterOrOther() throws Exception {
    write("a.csv", "id,name\n1,a\n2,b\n");
    assertThat(look()).hasSize(2);
    write("a.csv", "id,name\n7,g\n", StandardOpenOption.TRUNCATE_EXISTING);
    assertThat(look()).containsExactly("{id=7, name=g}");
    write("a.csv", "id,name\n8,h\n9,i\n", StandardOpenOption.TRUNCATE_EXISTING);
    assertThat(look()).containsExactly("{id=8, name=h}", "{id=9, name=i}");
  }

  @Test
  void saysWhichFileWentAwayUnread() throws Exception {
    write("a.csv", "id,name\n1,a\n2,unfinished");
    assertThat(look()).containsExactly("{id=1, name=a}");
    Files.delete(folder.resolve("a.csv"));
    assertThat(look()).containsExactly("! a.csv: the file went away before it was read to its end");
    assertThat(look()).isEmpty();
    write("a.csv", "id,name\n3,c\n");
    assertThat(look()).containsExactly("{id=3, name=c}");
    Files.delete(folder.resolve("a.csv"));
    assertThat(look()).as("a file that was read may go").isEmpty();
  }

  @Test
  void readsFilesInTheOrderOfTheirTimes() throws Exception {
    write("z.csv", "id,name\n1,older\n");
    settle();
    write("a.csv", "id,name\n1,newer\n");
    assertThat(look()).containsExactly("{id=1, name=older}", "{id=1, name=newer}");
  }

  @Test
  void readsADocumentOnceItHasSettledAndAgainWhenItChanges() throws Exception {
    reopen(Map.of("files", "*.json", "key", "id"));
    write("a.json", "[{\"id\":1},{\"id\":2},\n");
    assertThat(look()).isEmpty();
    settle();
    assertThat(look())
        .containsExactly(
            "{id=1}",
            "{id=2}",
            "! a.json, line 2: the JSON document breaks off or goes wrong here; nothing after this can be read");
    assertThat(look()).isEmpty();
    write("a.json", "{\"id\":3},{\"id\":4}]", StandardOpenOption.APPEND);
    assertThat(look()).isEmpty();
    settle();
    assertThat(look()).containsExactly("{id=1}", "{id=2}", "{id=3}", "{id=4}");
    assertThat(look()).isEmpty();
  }

  @Test
  void readsACompressedFileOnceItHasSettled() throws Exception {
    reopen(Map.of("files", "*.jsonl.gz", "key", "id"));
    Path file = folder.resolve("a.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n".getBytes(UTF_8));
    }
    touch(file);
    assertThat(look()).isEmpty();
    settle();
    ChangeBatch first = cursor.next(2, Duration.ZERO);
    assertThat(first.changes()).hasSize(2);
    cursor.close();
    cursor = changes().read(ALL, first.resumeAfter());
    settle();
    assertThat(look()).containsExactly("{id=3}");
    assertThat(look()).isEmpty();
  }

  @Test
  void takesBadLinesAsTheyCome() throws Exception {
    write("a.csv", "id,name\n1,a\nragged\n,no key\n2,b\n");
    assertThat(look())
        .containsExactlyInAnyOrder(
            "{id=1, name=a}",
            "! a.csv, line 3: 1 fields, but the header has 2",
            "! a.csv, line 4: key field 'id' is empty",
            "{id=2, name=b}");
  }

  @Test
  void recordsWithoutKeyAreEachTheirOwn() throws Exception {
    reopen(Map.of("files", "*.csv"));
    write("a.csv", "name\nsame\nsame\nsame\nsame\nsame\n");
    Set<Object> keys = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      cursor.next(2, Duration.ZERO).changes().forEach(c -> keys.add(((Change.Upserted) c).key()));
    }
    assertThat(keys).hasSize(5);
  }

  @Test
  void refusesAFolderOfTooManyFiles() throws Exception {
    close();
    opened =
        Opened.folder(
            folder,
            clock,
            Map.of("maxFiles", 2, "datasets", Map.of("d", Map.of("files", "*.csv"))));
    cursor = changes().read(ALL, changes().subscribe(ALL));
    for (String name : List.of("a.csv", "b.csv", "c.csv")) {
      write(name, "id\n1\n");
    }
    assertThatThrownBy(this::look)
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> {
              assertThat(e.failure()).isInstanceOf(Failure.Misconfigured.class);
              assertThat(e.failure().message()).startsWith("maxFiles: d has more than 2 files");
            });
  }

  @Test
  void manyFilesMakeAPositionThatStaysSmall() throws Exception {
    for (int i = 0; i < 500; i++) {
      write("orders-2024-01-01-" + i + ".csv", "id,name\n" + i + ",x\n");
    }
    assertThat(look()).hasSize(500).doesNotHaveDuplicates();
    assertThat(position.token()).hasSizeLessThan(500 * 40);
    cursor.close();
    cursor = changes().read(ALL, new Position(position.token()));
    assertThat(look()).isEmpty();
  }
}
