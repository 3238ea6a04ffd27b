package dev.lockstep.connectors.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CSV as it arrives: what is wrong becomes unreadable with its place, and the rest goes on. */
final class UglyCsvTest {
  private static final Map<String, Object> TYPED =
      Map.of(
          "files", "*.csv",
          "key", List.of("id"),
          "fields", Map.of("id", "int", "amount", "decimal(10,2)", "day", "date"));

  @TempDir Path folder;

  private Opened reading(String text, Map<String, ?> block) throws Exception {
    return reading(text.getBytes(UTF_8), block);
  }

  private Opened reading(byte[] bytes, Map<String, ?> block) throws Exception {
    Files.write(folder.resolve("a.csv"), bytes);
    return Opened.dataset(folder, block).read("d");
  }

  @Test
  void howManyRecordsThereAreIsToldByTheSizeOfTheFiles() throws Exception {
    StringBuilder text = new StringBuilder("id,amount,day\n");
    for (int id = 1; id <= 20_000; id++) {
      text.append(100_000 + id).append(id % 10 == 0 ? ",much" : ",10.00").append(",2024-02-29\n");
    }
    Files.writeString(folder.resolve("b.csv"), text.substring(0, text.length() / 2));
    Files.write(folder.resolve("a.csv"), text.toString().getBytes(UTF_8));
    Request request = Request.all(new DatasetId("d"));
    try (Opened opened = Opened.dataset(folder, TYPED)) {
      assertThat(opened.connection().bulkReader().orElseThrow().estimate(request).orElseThrow())
          .isBetween(29_000L, 31_000L);
    }
    try (Opened none =
        Opened.dataset(folder, Map.of("files", "none-*.csv", "key", List.of("id")))) {
      assertThat(none.connection().bulkReader().orElseThrow().estimate(request)).hasValue(0);
    }
  }

  @Test
  void valuesThatDoNotFitAreSetAsideOneByOne() throws Exception {
    try (Opened opened =
        reading(
            """
            id,name,amount,day
            1,good,10.00,2024-02-29
            99999999999999999999,too large,1.00,2024-01-01
            3,no day,1.00,0000-00-00
            4,no such day,1.00,2024-02-30
            5,too fine,1.001,2024-01-01
            6,too wide,123456789.00,2024-01-01
            7,bomb,1e999999999,2024-01-01
            ,no key,1.00,2024-01-01
            "",empty key,1.00,2024-01-01
            x,not a number,1.00,2024-01-01
            11,null values,,
            12,also good,-0.5,1999-12-31
            """,
            TYPED)) {
      assertThat(opened.shown())
          .containsExactly(
              "{id=1, name=good, amount=10.00, day=2024-02-29}",
              "{id=11, name=null values, amount=null, day=null}",
              "{id=12, name=also good, amount=-0.50, day=1999-12-31}");
      assertThat(opened.places)
          .containsExactly("a.csv, line 2", "a.csv, line 12", "a.csv, line 13");
      assertThat(opened.faults())
          .containsExactly(
              "a.csv, line 3: id: '99999999999999999999' is not an int such as -42, within 64 bits",
              "a.csv, line 4: day: '0000-00-00' is not a date such as 2024-02-29",
              "a.csv, line 5: day: '2024-02-30' is not a date such as 2024-02-29",
              "a.csv, line 6: amount: '1.001' is not a decimal(10,2) such as 12.50",
              "a.csv, line 7: amount: '123456789.00' is not a decimal(10,2) such as 12.50",
              "a.csv, line 8: amount: '1e999999999' is not a decimal(10,2) such as 12.50",
              "a.csv, line 9: key field 'id' is empty",
              "a.csv, line 10: id: '' is not an int such as -42, within 64 bits",
              "a.csv, line 11: id: 'x' is not an int such as -42, within 64 bits");
      assertThat(opened.unreadable.getFirst().raw())
          .isEqualTo("99999999999999999999,too large,1.00,2024-01-01");
      assertThat(opened.unreadable).allSatisfy(u -> assertThat(u.remedy()).isNotBlank());
    }
  }

  @Test
  void raggedRowsAreSetAside() throws Exception {
    try (Opened opened =
        reading(
            "id,name\n1,a\n2\n3,b,c\n\n4,d\n5,\"e\"x\n6,f\"g\n7,h\n", Map.of("files", "a.csv"))) {
      assertThat(opened.rows).extracting(row -> row.get("id")).containsExactly("1", "4", "6", "7");
      assertThat(opened.rows.get(2).get("name")).isEqualTo("f\"g");
      assertThat(opened.faults())
          .satisfiesExactly(
              two -> assertThat(two).isEqualTo("a.csv, line 3: 1 fields, but the header has 2"),
              three -> assertThat(three).isEqualTo("a.csv, line 4: 3 fields, but the header has 2"),
              five -> assertThat(five).startsWith("a.csv, line 7: it is not CSV: "));
    }
  }

  @Test
  void bytesOfAnotherCharsetAreSetAsideAndShown() throws Exception {
    byte[] latin = "id,name\n1,Müller\n".getBytes(ISO_8859_1);
    byte[] more = "2,Mayer\n3,Übel\n".getBytes(UTF_8);
    byte[] both = new byte[latin.length + more.length];
    System.arraycopy(latin, 0, both, 0, latin.length);
    System.arraycopy(more, 0, both, latin.length, more.length);
    try (Opened opened = reading(both, Map.of("files", "a.csv"))) {
      assertThat(opened.shown()).containsExactly("{id=2, name=Mayer}", "{id=3, name=Übel}");
      assertThat(opened.faults()).containsExactly("a.csv, line 2: bytes that are not UTF-8");
      assertThat(opened.unreadable.getFirst().raw()).isEqualTo("1,Müller");
    }
  }

  @Test
  void aMarkOfLossThatIsReallyThereIsText() throws Exception {
    try (Opened opened = reading("id,name\n1,\uFFFD\n", Map.of("files", "a.csv"))) {
      assertThat(opened.rows).extracting(row -> row.get("name")).containsExactly("\uFFFD");
      assertThat(opened.unreadable).isEmpty();
    }
  }

  @Test
  void readsTheDeclaredCharsetAndSpelling() throws Exception {
    byte[] bytes = "1;'O''Brien; Zoë';-\n2;-;'-'\n".getBytes(Charset.forName("windows-1252"));
    Map<String, Object> block =
        Map.of(
            "files", "a.csv",
            "charset", "windows-1252",
            "delimiter", ";",
            "quote", "'",
            "header", false,
            "null", "-",
            "fields", new java.util.TreeMap<>(Map.of("a", "int", "b", "text", "c", "text")));
    try (Opened opened = reading(bytes, block)) {
      assertThat(opened.shown())
          .containsExactly("{a=1, b=O'Brien; Zoë, c=null}", "{a=2, b=null, c=-}");
    }
  }

  @Test
  void lineEndsMarksAndQuotedLinesAreRead() throws Exception {
    try (Opened opened =
        reading(
            "\uFEFFid,name\r\n1,\"two\r\nlines\"\r\n\r\n2,\"a \"\"quote\"\"\"\r\n3,last",
            Map.of("files", "a.csv", "key", "id"))) {
      assertThat(opened.rows).extracting(row -> row.get("id")).containsExactly("1", "2", "3");
      assertThat(opened.rows)
          .extracting(row -> row.get("name"))
          .containsExactly("two\r\nlines", "a \"quote\"", "last");
    }
  }

  @Test
  void aLastLineStillBeingWrittenIsNotReadHalf() throws Exception {
    Path file = folder.resolve("a.csv");
    Files.writeString(file, "id,amount\n1,10\n2,12");
    try (Opened opened =
        Opened.folder(
            folder, Map.of("settle", "200ms", "datasets", Map.of("d", Map.of("files", "a.csv"))))) {
      BulkReader reader = opened.connection().bulkReader().orElseThrow();
      Partition partition = reader.plan(Request.all(new DatasetId("d")), 1).getFirst();
      try (Cursor<Page> cursor = reader.read(partition, Optional.empty())) {
        FutureTask<List<String>> rest =
            new FutureTask<>(() -> {
              List<String> rows = new ArrayList<>();
              for (Optional<Page> page = cursor.next(); page.isPresent(); page = cursor.next()) {
                page.get().rows().forEach(row -> rows.add(row.toString()));
              }
              return rows;
            });
        Thread.ofVirtual().start(rest);
        for (String more : List.of("5", "0", "\n3,7\n4", ",8")) {
          Files.writeString(file, more, StandardOpenOption.APPEND);
        }
        assertThat(rest.get(1, TimeUnit.MINUTES))
            .containsExactly(
                "{id=1, amount=10}", "{id=2, amount=1250}", "{id=3, amount=7}", "{id=4, amount=8}");
      }
    }
  }

  @Test
  void placesCountLinesInsideQuotes() throws Exception {
    try (Opened opened = reading("id,name\n1,\"a\nb\r\nc\"\n2\n3,d\n", Map.of("files", "a.csv"))) {
      assertThat(opened.faults()).containsExactly("a.csv, line 5: 1 fields, but the header has 2");
      assertThat(opened.rows).hasSize(2);
    }
  }

  @Test
  void aQuoteThatIsNeverClosedCostsItsLineOnly() throws Exception {
    String rest = "x,y\n".repeat(50);
    try (Opened opened =
        reading("id,name\n1,\"open\n2,b\n" + rest, Map.of("files", "a.csv", "key", "id"))) {
      assertThat(opened.rows).hasSize(51);
      assertThat(opened.faults())
          .containsExactly("a.csv, line 2: a quote that is opened here is never closed");
      assertThat(opened.unreadable.getFirst().raw()).isEqualTo("1,\"open");
    }
  }

  @Test
  void aFieldOfAHundredMebibytesIsSetAsideWithoutBeingHeld() throws Exception {
    Path file = folder.resolve("a.csv");
    byte[] block = "0123456789abcdef".repeat(1 << 16).getBytes(UTF_8);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write("id,name\n1,a\n2,\"".getBytes(UTF_8));
      for (int i = 0; i < 100; i++) {
        out.write(block);
        out.write('\n');
      }
      out.write("\"\n3,c\n".getBytes(UTF_8));
    }
    try (Opened opened = Opened.dataset(folder, Map.of("files", "a.csv", "key", "id")).read("d")) {
      assertThat(opened.rows).extracting(row -> row.get("id")).containsExactly("1", "3");
      assertThat(opened.faults())
          .containsExactly("a.csv, line 3: the record is longer than 16777216 bytes");
      assertThat(opened.unreadable.getFirst().raw()).hasSize(64 * 1024).startsWith("2,\"0123");
    }
  }

  @Test
  void aHeaderThatCannotBeUsedIsToldOnceForTheFile() throws Exception {
    try (Opened opened = reading("id,name,id\n1,a,2\n2,b,3\n", Map.of("files", "a.csv"))) {
      assertThat(opened.rows).isEmpty();
      assertThat(opened.faults())
          .containsExactly(
              "a.csv, line 1: column 'id' stands twice; none of the file's records can be read");
    }
  }

  @Test
  void aColumnOnlyALaterFileHasIsNotLeftOutInSilence() throws Exception {
    Files.writeString(folder.resolve("b.csv"), "name,more,id\nb,extra,2\n");
    Files.writeString(folder.resolve("c.csv"), "id\n3\n");
    try (Opened opened = reading("id,name\n1,a\n", Map.of("files", "*.csv"))) {
      assertThat(opened.shown())
          .containsExactlyInAnyOrder("{id=1, name=a}", "{id=2, name=b}", "{id=3}");
      assertThat(opened.rows)
          .filteredOn(row -> "3".equals(row.get("id")))
          .singleElement()
          .satisfies(row -> assertThat(row.get("name")).isEqualTo(Row.ABSENT));
      assertThat(opened.faults())
          .singleElement()
          .asString()
          .contains("b.csv, line 1: columns [more]");
    }
  }

  @Test
  void everyFileIsADatasetWhenNoneIsNamed() throws Exception {
    Files.writeString(folder.resolve("people.tsv"), "id\tname\n1\ta,b\n");
    Files.writeString(folder.resolve("orders.jsonl"), "{\"id\":1}\n");
    Files.writeString(folder.resolve("half.csv.part"), "id\n");
    Files.writeString(folder.resolve(".hidden.csv"), "id\n");
    Files.writeString(folder.resolve("readme.txt"), "hello\n");
    try (Opened opened = Opened.folder(folder, Map.of())) {
      assertThat(opened.connection().discover())
          .extracting(Dataset::id)
          .containsExactly(new DatasetId("orders.jsonl"), new DatasetId("people.tsv"));
      assertThat(opened.read("people.tsv").shown()).containsExactly("{id=1, name=a,b}");
      assertThat(opened.connection().describe(new DatasetId("../people.tsv"))).isEmpty();
    }
  }

  @Test
  void describesDeclaredTypesAndTextForTheRest() throws Exception {
    try (Opened opened = reading("id,name,amount,day\n", TYPED)) {
      Dataset dataset = opened.connection().describe(new DatasetId("d")).orElseThrow();
      assertThat(dataset.schema().fields())
          .extracting(Field::name, field -> field.type().label())
          .map(Object::toString)
          .containsExactly(
              "(\"id\", \"int\")",
              "(\"name\", \"text\")",
              "(\"amount\", \"decimal(10,2)\")",
              "(\"day\", \"date\")");
    }
  }

  @Test
  void readsFilesOfManyFoldersWhenThePatternSaysSo() throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("2024/01"));
    Files.writeString(folder.resolve("2024/01/a.csv"), "id\n1\n");
    Files.writeString(folder.resolve("2024/b.csv"), "id\n2\n");
    try (Opened deep = Opened.dataset(folder, Map.of("files", "2024/**.csv")).read("d");
        Opened flat = Opened.dataset(folder, Map.of("files", "2024/*.csv")).read("d")) {
      assertThat(deep.shown()).containsExactlyInAnyOrder("{id=1}", "{id=2}");
      assertThat(flat.shown()).containsExactly("{id=2}");
    }
  }
}
