package dev.lockstep.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Appending to files that others touch, and after crashes. */
final class AppendTest {
  private static final Schema SCHEMA =
      Schema.of(Field.of("id", Type.Text.unlimited()), Field.of("name", Type.Text.unlimited()));

  @TempDir Path folder;

  private Opened open() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("id", "text");
    fields.put("name", "text");
    return Opened.dataset(folder, Map.of("files", "out.csv", "key", "id", "fields", fields));
  }

  private static Batch batch(String id, String... names) {
    List<Mutation> mutations = new ArrayList<>();
    for (String name : names) {
      mutations.add(new Mutation.Upsert(Key.of(name), Row.of(SCHEMA, name, "n")));
    }
    return new Batch(
        id, new DatasetId("d"), List.of("id"), Mode.APPEND, mutations, Optional.empty());
  }

  private List<Outcome> write(Batch batch) throws InterruptedException {
    try (Opened opened = open()) {
      return writer(opened).write(batch);
    }
  }

  private static Writer writer(Opened opened) {
    return opened.connection().writer().orElseThrow();
  }

  private String text() throws Exception {
    return Files.readString(folder.resolve("out.csv"));
  }

  @Test
  void aNewFileGetsItsHeaderOnce() throws Exception {
    write(batch("1", "a"));
    write(batch("2", "b"));
    assertThat(text()).isEqualTo("id,name\na,n\nb,n\n");
  }

  @Test
  void followsTheHeaderThatIsThereAndEndsALastLine() throws Exception {
    Files.writeString(folder.resolve("out.csv"), "name,id\nx,0");
    write(batch("1", "a"));
    assertThat(text()).isEqualTo("name,id\nx,0\nn,a\n");
  }

  @Test
  void anAppendThatACrashCutShortIsUndone() throws Exception {
    write(batch("1", "a"));
    Path target = folder.resolve("out.csv");
    AppendLedger.of(target).beginning(Files.size(target)).save();
    Files.writeString(target, "b,n\nc,ha", StandardOpenOption.APPEND);
    assertThat(write(batch("2", "b", "c"))).containsOnly(Outcome.APPLIED);
    assertThat(text()).isEqualTo("id,name\na,n\nb,n\nc,n\n");
  }

  @Test
  void readingTheLedgerAlsoUndoesWhatACrashCutShort() throws Exception {
    write(batch("1", "a"));
    Path target = folder.resolve("out.csv");
    AppendLedger.of(target).beginning(Files.size(target)).save();
    Files.writeString(target, "b,n\n", StandardOpenOption.APPEND);
    try (Opened opened = open()) {
      assertThat(writer(opened).ledger(new DatasetId("d"), "nobody")).isEmpty();
    }
    assertThat(text()).isEqualTo("id,name\na,n\n");
  }

  @Test
  void whatOthersAppendedStays() throws Exception {
    Files.writeString(folder.resolve("out.csv"), "id,name\n");
    write(batch("1", "a"));
    Files.writeString(folder.resolve("out.csv"), "other,n\n", StandardOpenOption.APPEND);
    write(batch("2", "b"));
    assertThat(text()).isEqualTo("id,name\na,n\nother,n\nb,n\n");
  }

  @Test
  void aRepeatedBatchIsKnownAgainAlsoLater() throws Exception {
    Files.writeString(folder.resolve("out.csv"), "id,name\n");
    write(batch("1", "a"));
    write(batch("2", "b"));
    assertThat(write(batch("1", "a"))).containsExactly(Outcome.UNCHANGED);
    assertThat(text()).isEqualTo("id,name\na,n\nb,n\n");
  }

  @Test
  void aFileTakenAwayIsBegunAnew() throws Exception {
    write(batch("1", "a"));
    Files.delete(folder.resolve("out.csv"));
    write(batch("2", "b"));
    assertThat(text()).isEqualTo("id,name\nb,n\n");
  }

  @Test
  void aDamagedLedgerIsRefusedNotGuessed() throws Exception {
    write(batch("1", "a"));
    String before = text();
    Files.writeString(
        AppendLedger.beside(folder.resolve("out.csv")), "garbage;x\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> write(batch("2", "b")))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("is damaged at 'garbage;x'; restore it, or move it away");
    assertThat(text()).isEqualTo(before);
  }

  @Test
  void onlyAPlainFileOfLinesCanBeAppendedTo() throws Exception {
    for (String files : List.of("out*.csv", "out.csv.gz", "out.json")) {
      try (Opened opened = Opened.dataset(folder, Map.of("files", files, "key", "id"))) {
        assertThat(writer(opened).abilities(new DatasetId("d"))).isEmpty();
        assertThatThrownBy(() -> writer(opened).write(batch("1", "a")))
            .isInstanceOf(ConnectorException.class)
            .hasMessageContaining("append to");
      }
    }
    assertThat(folder).isEmptyDirectory();
  }
}
