package dev.lockstep.hub.batch.format;

import static dev.lockstep.hub.batch.format.ContentType.JSON;
import static dev.lockstep.hub.batch.format.ContentType.JSONL;
import static dev.lockstep.hub.batch.format.ContentType.JSONT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.hub.batch.format.Contents.All;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonContentsTest {
  private static final List<String> ITEMS =
      List.of(
          "{\"a\":1,\"b\":\"ä 😀\",\"c\":null}",
          "{}",
          "{\"n\":12345678901234567890123,\"d\":1.10,\"deep\":{\"l\":[1,[2,{}]]}}");

  @Test
  void itemsComeAsTheyWereSent() throws IOException {
    String array = "[" + String.join(",\n", ITEMS) + "]";
    assertThat(Contents.read(JSON, array)).isEqualTo(new All(ITEMS, List.of(), ""));
    assertThat(Contents.read(JSON, "\uFEFF" + array).items()).isEqualTo(ITEMS);
    assertThat(Contents.read(JSONL, String.join("\r\n\n", ITEMS)).items()).isEqualTo(ITEMS);
    assertThat(Contents.read(JSONT, "{\"configuration\":{},\"items\":" + array + "}").items())
        .isEqualTo(ITEMS);
    assertThat(Contents.read(JSON, " [ ] ")).isEqualTo(new All(List.of(), List.of(), ""));
  }

  @Test
  void aUnitHasItsKeysInAnyOrderAndMore() throws IOException {
    String unit =
        """
        {"actions": {"createBatch": {"href": "/x", "method": "POST"}}, "items": [{"a": 1}],
         "facets": [], "totalCount": 1,
         "configuration": {"className": "C", "companyId": 4, "taskItemDelegateName": "",
           "parameters": {"taskItemDelegateName": "C_A", "createStrategy": "UPSERT"}}}
        """;
    assertThat(Contents.read(JSONT, unit)).isEqualTo(new All(List.of("{\"a\":1}"), List.of(), ""));
    UnitConfiguration configuration = UnitConfiguration.read(stream(unit));
    assertThat(configuration.className()).isEqualTo("C");
    assertThat(configuration.delegate()).isEqualTo("C_A");
    assertThat(configuration.parameters()).containsEntry("createStrategy", "UPSERT");
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What is wrong ends the reading, and says where; what came before it was read. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "JSON  | [{\"a\":1},{\"a\":      | 1 | line 1, column",
        "JSON  | [{\"a\":1}              | 1 | beyond item 1",
        "JSON  | [{\"a\":1}] []          | 1 | something stands after the end; all 1 items",
        "JSON  | {\"a\":1}               | 0 | no JSON array",
        "JSON  | hello                   | 0 | line 1, column",
        "JSON  | ``                      | 0 | no JSON array",
        "JSON  | [{\"a\":1},{\"a\":NaN}] | 1 | line 1, column",
        "JSONT | [{\"a\":1}]             | 0 | no JSON object",
        "JSONT | {\"configuration\":{}}  | 0 | has no 'items'",
        "JSONT | {\"items\":{}}          | 0 | 'items' is no array",
        "JSONT | {\"items\":[{}]         | 1 | beyond item 1",
        "JSONT | {\"items\":[{}],\"items\":[]} | 1 | 'items' stands twice",
        "XLS   | x                       | 0 | save the table as XLSX",
      })
  void aContentThatIsDamagedSaysWhere(ContentType type, String text, int read, String end)
      throws IOException {
    All all = Contents.read(type, text);
    assertThat(all.items()).hasSize(read);
    assertThat(all.end()).contains(end);
  }

  @Test
  void aDamagedItemKeepsNoOtherFromBeingRead() throws IOException {
    String deep = "{\"a\":".repeat(150) + "1" + "}".repeat(150);
    All array = Contents.read(JSON, "[{\"a\":1,\n\"a\":2},5," + deep + ",{\"b\":1}]");
    assertThat(array.items()).containsExactly("{\"b\":1}");
    assertThat(array.damaged()).hasSize(3);
    assertThat(array.damaged().get(0)).startsWith("1: line 2").contains("'a' stands twice");
    assertThat(array.damaged().get(1)).contains("no JSON object");
    assertThat(array.damaged().get(2)).contains("nested more than 100 deep");
    assertThat(array.end()).isEmpty();

    All lines = Contents.read(JSONL, "{\"a\":1\n{\"a\":1}{}\n{\"a\":1,\"a\":1}\n[]\n{\"b\":1}");
    assertThat(lines.items()).containsExactly("{\"b\":1}");
    assertThat(lines.damaged()).hasSize(4).allMatch(it -> it.contains(": line "));
    assertThat(lines.damaged().get(2)).startsWith("3: line 3, column");
  }

  @Test
  void anItemThatIsTooLargeIsPassedOver() throws IOException {
    String large = "{\"a\":[" + "1234567,".repeat(Formats.MOST_ITEM / 8 + 1000) + "1]}";
    assertThat(Contents.read(JSON, "[{},\n" + large + ",{\"b\":1}]").items())
        .containsExactly("{}", "{\"b\":1}");
    All lines = Contents.read(JSONL, large + "\n{\"b\":1}");
    assertThat(lines.items()).containsExactly("{\"b\":1}");
    assertThat(lines.damaged().getFirst()).contains("line 1: it is longer than");
  }

  @Test
  void anotherEncodingIsRefusedWithItsPlace() throws IOException {
    for (ContentType type : List.of(JSON, JSONL, ContentType.CSV)) {
      byte[] wide = "[{\"a\":1}]".getBytes(StandardCharsets.UTF_16);
      assertThat(Contents.read(type, wide, Map.of(), _ -> Column.UNKNOWN).end())
          .contains("UTF-16")
          .contains("save it as UTF-8");
    }
    byte[] latin = "[{\"a\":1},\n{\"a\":\"ä\"}]".getBytes(StandardCharsets.ISO_8859_1);
    All all = Contents.read(JSON, latin, Map.of(), _ -> Column.UNKNOWN);
    assertThat(all.items()).hasSize(1);
    assertThat(all.end()).contains("line 2, column").contains("UTF-8");
  }
}
