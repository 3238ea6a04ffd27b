package dev.lockstep.connectors.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * JSON as it arrives: a bad line or element is set aside, a broken document ends where it breaks.
 */
final class UglyJsonTest {
  @TempDir Path folder;

  private Opened reading(String name, String text, Map<String, ?> more) throws Exception {
    Files.writeString(folder.resolve(name), text);
    Map<String, Object> block = new java.util.LinkedHashMap<>(more);
    block.put("files", name);
    return Opened.dataset(folder, block).read("d");
  }

  @Test
  void valuesSayTheirTypesWhereNoneIsDeclared() throws Exception {
    try (Opened opened =
        reading(
            "a.jsonl",
            "{\"i\":1,\"d\":1.50,\"h\":123456789012345678901234567890,\"t\":\"x\",\"b\":true,"
                + "\"n\":null,\"o\":{\"k\":[1, 2.50]},\"l\":[]}\n",
            Map.of())) {
      Row row = opened.rows.getFirst();
      assertThat(row.get("i")).isEqualTo(1L);
      assertThat(row.get("d")).isEqualTo(new BigDecimal("1.50"));
      assertThat(row.get("h")).isEqualTo(new BigDecimal("123456789012345678901234567890"));
      assertThat(row.get("t")).isEqualTo("x");
      assertThat(row.get("b")).isEqualTo(true);
      assertThat(row.get("n")).isNull();
      assertThat(row.get("o")).isEqualTo(new JsonText("{\"k\":[1,2.50]}"));
      assertThat(row.get("l")).isEqualTo(new JsonText("[]"));
    }
  }

  private static final String LINES =
      """
      {"id":1,"amount":1.5}
      {"id":2,"amount":
      {"id":3,"amount":"much"}
      not json
      {"id":4} {"id":5}
      [1,2]
      {"id":null}
      {"amount":1}
      {"id":6,"id":7}
      {"id":8.5}
      {"id":99999999999999999999}

      {"id":9,"deep":%s}
      {"id":10,"tags":[1,"x",{"y":[2]}],"amount":2}
      {"id":11,"amount":3,"new":"field"}
      """
          .formatted("[".repeat(500) + "]".repeat(500));

  private static final Map<String, Object> TYPED =
      Map.of("key", "id", "fields", Map.of("id", "int", "amount", "decimal", "tags", "list(int)"));

  @Test
  void badLinesAreSetAsideOneByOne() throws Exception {
    try (Opened opened = reading("a.jsonl", LINES, TYPED)) {
      assertThat(opened.rows).extracting(row -> row.get("id")).containsExactly(1L, 11L);
      assertThat(opened.rows.getLast().get("new")).isEqualTo("field");
      assertThat(opened.rows.getLast().get("tags")).isEqualTo(Row.ABSENT);
      assertThat(opened.unreadable)
          .extracting(each -> each.place())
          .containsExactly(
              "a.jsonl, line 2",
              "a.jsonl, line 3",
              "a.jsonl, line 4",
              "a.jsonl, line 5",
              "a.jsonl, line 6",
              "a.jsonl, line 7",
              "a.jsonl, line 8",
              "a.jsonl, line 9",
              "a.jsonl, line 10",
              "a.jsonl, line 11",
              "a.jsonl, line 13",
              "a.jsonl, line 14");
      assertThat(opened.faults().get(1)).endsWith("amount: 'much' is not a decimal such as 12.50");
      assertThat(opened.faults().get(5)).endsWith("key field 'id' is empty");
      assertThat(opened.faults().get(7)).endsWith("field 'id' stands twice");
    }
  }

  @Test
  void bytesThatAreNotUtf8AreSetAside() throws Exception {
    Files.write(folder.resolve("a.jsonl"), "{\"a\":\"é\"}\n{\"a\":\"b\"}\n".getBytes(ISO_8859_1));
    try (Opened opened = Opened.dataset(folder, Map.of("files", "a.jsonl")).read("d")) {
      assertThat(opened.shown()).containsExactly("{a=b}");
      assertThat(opened.faults())
          .singleElement()
          .asString()
          .startsWith("a.jsonl, line 1: it is not JSON");
      assertThat(opened.unreadable.getFirst().raw()).isEqualTo("{\"a\":\"é\"}");
    }
  }

  @Test
  void aDocumentsBadElementsAreSetAsideOneByOne() throws Exception {
    String text =
        """
        \uFEFF
        [ {"id": 1, "name": "a ] } \\" b"},
          {"id": "x"},
          7, "text", null,
          {"id": 2,
           "deep": %s},
          {"id": 3 "name"},
          {"id": 4}
        ]
        """
            .formatted("[".repeat(500) + "]".repeat(500));
    try (Opened opened =
        reading("a.json", text, Map.of("key", "id", "fields", Map.of("id", "int")))) {
      assertThat(opened.rows).extracting(row -> row.get("id")).containsExactly(1L, 4L);
      assertThat(opened.rows.getFirst().get("name")).isEqualTo("a ] } \" b");
      assertThat(opened.unreadable)
          .extracting(each -> each.place())
          .containsExactly(
              "a.json, line 3",
              "a.json, line 4",
              "a.json, line 4",
              "a.json, line 4",
              "a.json, line 5",
              "a.json, line 7");
    }
  }

  @Test
  void halfADocumentGivesItsWholeElementsAndSaysWhereItBreaks() throws Exception {
    for (String broken :
        List.of("[{\"id\":1},\n{\"id\":2},\n{\"id\":", "[{\"id\":1},\n{\"id\":2}\n")) {
      try (Opened opened = reading("a.json", broken, Map.of())) {
        assertThat(opened.shown()).containsExactly("{id=1}", "{id=2}");
        assertThat(opened.faults())
            .singleElement()
            .asString()
            .startsWith("a.json, line 3: the JSON document breaks off");
      }
    }
  }

  @Test
  void whatFollowsTheDocumentIsNotPassedOver() throws Exception {
    try (Opened opened = reading("a.json", "[{\"id\":1}]\n{\"id\":2}", Map.of())) {
      assertThat(opened.shown()).containsExactly("{id=1}");
      assertThat(opened.faults()).hasSize(1);
    }
  }

  @Test
  void objectsOneAfterTheOtherAreRecords() throws Exception {
    try (Opened opened = reading("a.json", "{\"id\":1}\n{\n\"id\":2}{\"id\":3}", Map.of())) {
      assertThat(opened.shown()).containsExactly("{id=1}", "{id=2}", "{id=3}");
      assertThat(opened.unreadable).isEmpty();
    }
  }

  @Test
  void anElementOverTheBoundIsSetAsideAndTheRestGoesOn() throws Exception {
    String huge = "x".repeat(200_000);
    Files.writeString(
        folder.resolve("a.json"), "[{\"id\":1},{\"id\":2,\"t\":\"" + huge + "\"},{\"id\":3}]");
    try (Opened opened =
        Opened.folder(
                folder,
                Map.of("maxRecord", "100KiB", "datasets", Map.of("d", Map.of("files", "a.json"))))
            .read("d")) {
      assertThat(opened.shown()).containsExactly("{id=1}", "{id=3}");
      assertThat(opened.faults())
          .containsExactly("a.json, line 1: the record is longer than 102400 bytes");
    }
  }

  @Test
  void aDocumentResumesAfterEveryPage() throws Exception {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < 20; i++) {
      text.append(i == 0 ? "" : ",\n ").append("{\"id\":").append(i).append('}');
    }
    Files.writeString(folder.resolve("a.json"), text.append("]\n"));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("b.json.gz")))) {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    for (String name : List.of("a.json", "b.json.gz")) {
      resumes(name);
    }
  }

  private void resumes(String name) throws InterruptedException {
    try (Opened opened = Opened.dataset(folder, Map.of("files", name))) {
      BulkReader reader = opened.connection().bulkReader().orElseThrow();
      Request request = new Request(new DatasetId("d"), List.of(), Optional.empty(), 3);
      Partition partition = reader.plan(request, 1).getFirst();
      List<String> all = new ArrayList<>();
      Optional<Position> after = Optional.empty();
      for (int i = 0; i < 7; i++) {
        try (Cursor<Page> cursor = reader.read(partition, after)) {
          Page page = cursor.next().orElseThrow();
          assertThat(page.unreadable()).isEmpty();
          page.rows().forEach(row -> all.add(row.toString()));
          after = Optional.of(page.resumeAfter());
        }
      }
      assertThat(all).hasSize(20).doesNotHaveDuplicates().startsWith("{id=0}").endsWith("{id=19}");
    }
  }

  @Test
  void aDamagedArchiveGivesWhatItCanAndSaysSo() throws Exception {
    Path file = folder.resolve("a.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < 50_000; i++) {
        out.write(
            ("{\"id\":" + i + ",\"hash\":" + Integer.toString(i).hashCode() + "}\n")
                .getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
    try (Opened opened = Opened.dataset(folder, Map.of("files", "a.jsonl.gz")).read("d")) {
      assertThat(opened.rows).isNotEmpty().hasSizeLessThan(50_000);
      assertThat(opened.faults())
          .singleElement()
          .asString()
          .contains("the compressed file is damaged");
    }
  }

  @Test
  void whatIsNoArchiveIsSetAsideAndTheOtherFilesAreRead() throws Exception {
    noArchive("csv", "id\n2");
    noArchive("jsonl", "{\"id\":2}");
    noArchive("json", "[{\"id\":2}]");
  }

  private void noArchive(String format, String sound) throws Exception {
    Path inner = Files.createDirectory(folder.resolve(format));
    Files.writeString(inner.resolve("z." + format), sound);
    byte[] text = "no archive".getBytes(StandardCharsets.UTF_8);
    for (byte[] damaged : List.of(text, Arrays.copyOf(packed(sound), 12), new byte[0])) {
      Files.write(inner.resolve("a." + format + ".gz"), damaged);
      Map<String, ?> block =
          Map.of("files", "*", "format", format, "key", "id", "fields", Map.of("id", "int"));
      try (Opened opened =
          Opened.folder(inner, Map.of("settle", "10ms", "datasets", Map.of("d", block)))
              .read("d")) {
        assertThat(opened.rows).as(format).hasSize(1);
        assertThat(opened.faults())
            .singleElement()
            .asString()
            .startsWith("a." + format + ".gz, line 1: the compressed file is damaged");
      }
    }
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
