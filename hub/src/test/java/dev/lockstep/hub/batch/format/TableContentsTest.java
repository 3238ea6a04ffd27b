package dev.lockstep.hub.batch.format;

import static dev.lockstep.hub.batch.format.ContentType.CSV;
import static dev.lockstep.hub.batch.format.ContentType.XLSX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.hub.batch.format.Contents.All;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TableContentsTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> COLUMNS =
      List.of("text", "number", "yes", "day", "moment", "status.code", "status.label");
  private static final List<Column> TYPES =
      List.of(
          Column.TEXT,
          Column.NUMBER,
          Column.BOOLEAN,
          Column.DATE,
          Column.MOMENT,
          Column.NUMBER,
          Column.TEXT);
  private static final List<String> TEXTS =
      List.of(
          "plain",
          "",
          " blanks ",
          "ä 😀 \u0001 \uD83D",
          "a,b;c\td|e",
          "quote \" and ''",
          "two\r\nlines\nand\rone",
          "007",
          "true",
          "_x0041_ <&>]]>",
          "=1+1",
          "+49 30 1234",
          "-5",
          "-5-3",
          "@SUM(A1)",
          "\t=1",
          "\r=1",
          "'=1",
          "''",
          "'-5",
          "=cmd|' /C calc'!A0");

  private static Column column(String name) {
    int index = COLUMNS.indexOf(name);
    return index < 0 ? Column.UNKNOWN : TYPES.get(index);
  }

  private static List<ObjectNode> items() {
    List<ObjectNode> items = new ArrayList<>();
    for (String text : TEXTS) {
      ObjectNode item = JSON.createObjectNode();
      item.put("text", text);
      item.put("number", -5);
      item.put("yes", true);
      item.put("day", "2026-02-28");
      item.put("moment", "2026-01-31T23:59:59Z");
      item.putObject("status").put("code", 0).put("label", text);
      items.add(item);
    }
    for (String number : List.of("0", "1.10", "-0.000001", "9007199254740993", "1e3", "1234.5")) {
      ObjectNode item = JSON.createObjectNode();
      item.putNull("text");
      item.put("number", new java.math.BigDecimal(number));
      item.putNull("yes");
      item.put("day", "0001-01-01");
      item.put("moment", "2026-01-31T23:59:59.123456Z");
      item.putNull("status");
      items.add(item);
    }
    return items;
  }

  private static byte[] written(ContentType type, List<ObjectNode> items, int mostRows)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ItemWriter writer =
        type == CSV
            ? Formats.table(CSV, bytes, COLUMNS, TYPES, Map.of(), true)
            : new XlsxItemWriter(bytes, COLUMNS, TYPES, mostRows)) {
      for (ObjectNode item : items) {
        writer.write(item);
      }
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @EnumSource(names = {"CSV", "XLSX"})
  void itemsAreReadBackEqual(ContentType type) throws IOException {
    // A text with half of a sign cannot be written as UTF-8.
    List<ObjectNode> items =
        items().stream()
            .filter(it -> type == XLSX || !it.path("text").asString("").contains("\uD83D"))
            .toList();
    All all = Contents.read(type, written(type, items, 10), Map.of(), TableContentsTest::column);
    assertThat(all.damaged()).isEmpty();
    assertThat(all.end()).isEmpty();
    assertThat(all.items()).hasSameSizeAs(items);
    for (int i = 0; i < items.size(); i++) {
      ObjectNode read = (ObjectNode) JsonReader.JSON.readTree(all.items().get(i));
      assertThat(read.path("number").decimalValue())
          .isEqualByComparingTo(items.get(i).path("number").decimalValue());
      assertThat(read.without("number").toString())
          .isEqualTo(items.get(i).deepCopy().without("number").toString());
    }
  }

  @Test
  void noTextOfACsvIsTakenForAFormula() throws IOException {
    String csv = new String(written(CSV, items(), 10), StandardCharsets.UTF_8);
    All raw =
        Contents.read(
            CSV,
            csv.replace("'", "’").getBytes(StandardCharsets.UTF_8),
            Map.of(),
            _ -> Column.UNKNOWN);
    assertThat(raw.items()).isNotEmpty();
    for (String item : raw.items()) {
      String text = JSON.readTree(item).path("text").asString("");
      assertThat(text).doesNotMatch("(?s)[=+@\\t\\r].*|-(?!\\d+$).*");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`a,b\n1,2,3\n4,5`       | 1 | `1: line 2: it has 3 fields, and the first row 2`   | ``",
        "`a,b\n1\n4,5`           | 1 | `1: line 2: it has 1 fields, and the first row 2`   | ``",
        "`a,a\n1,2`              | 0 | `` | `the column 'a' stands twice`",
        "`a,b\n1,2\n3,\"4`       | 1 | `` | `end each quoted field with a quote`",
        "`a,b\n1,2\n3,\"4\"5\n6,7` | 1 | `` | `end each quoted field with a quote`",
        "`\n\n`                  | 0 | `` | `begin with a row of the names`",
        "``                      | 0 | `` | `begin with a row of the names`",
        "`a,\n1,\n2,3`           | 1 | `2: line 3: column 2 has a value and no name`       | ``",
      })
  void aCsvThatIsDamagedSaysWhere(String csv, int read, String damaged, String end)
      throws IOException {
    All all = Contents.read(CSV, csv);
    assertThat(all.items()).hasSize(read);
    assertThat(String.join("\n", all.damaged())).contains(damaged);
    assertThat(all.end()).contains(end);
  }

  @Test
  void aCsvOfAnotherEncodingIsReadAsFarAsItGoes() throws IOException {
    byte[] latin = "a\nx\nB\u00e4r\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Contents.read(CSV, latin, Map.of(), _ -> Column.UNKNOWN).end())
        .startsWith("line 3, column 2")
        .contains("save the file as UTF-8");
    assertThat(Contents.read(CSV, "\uFEFFa,b\n1,2").items())
        .containsExactly("{\"a\":\"1\",\"b\":\"2\"}");
  }

  @Test
  void columnsLeadIntoObjects() throws IOException {
    assertThat(
            Contents.read(
                    CSV,
                    "state.key,state.name,c.key_1,c.name_1,c.key_2,n_i18n_en_US,n_i18n_de_DE\n"
                        + "open,Open,red,Red,blue,Bear,Bär\n,,,,,,\n")
                .items())
        .containsExactly(
            "{\"state\":{\"key\":\"open\",\"name\":\"Open\"},\"c\":[\"red\",\"blue\"],"
                + "\"n_i18n\":{\"en_US\":\"Bear\",\"de_DE\":\"Bär\"}}");
    assertThat(
            Contents.read(
                    CSV,
                    "a;b\n1;'x;y'".getBytes(StandardCharsets.UTF_8),
                    Map.of("delimiter", ";", "enclosingCharacter", "'", "containsHeaders", "false"),
                    name -> name.equals("0") ? Column.NUMBER : Column.UNKNOWN)
                .items())
        .containsExactly("{\"0\":\"a\",\"1\":\"b\"}", "{\"0\":1,\"1\":\"x;y\"}");
  }

  private static final String HEAD =
      "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c>"
          + "<c r=\"C1\" t=\"inlineStr\"><is><t>c</t></is></c></row>";
  private static final String TAIL = "</sheetData></worksheet>";

  @Test
  void cellsOfOtherProgramsAreRead() throws IOException {
    byte[] book =
        Contents.workbook(
            HEAD
                + "<row r=\"3\"><c r=\"C3\" s=\"1\"><v>45292.75</v></c><c r=\"A3\"><v>1.1000000000000001</v></c></row>"
                + "<row><c t=\"s\"><v>1</v></c></row>"
                + "<row><c t=\"s\"><v>0</v></c><c/><c t=\"b\"><v>1</v></c></row>"
                + "<row><c r=\"A6\" t=\"e\"><v>#REF!</v></c></row>"
                + "<row><c r=\"A7\"><f>1+1</f></c></row>"
                + "<row><c r=\"A8\" t=\"str\"><f>A1</f><v>x</v></c><c r=\"B8\"><v>1</v></c></row>"
                + "<row><c r=\"A9\"><v>60</v></c></row>"
                + TAIL,
            "xl/styles.xml",
            "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"[$-409]d\\-mmm;@\"/></numFmts>"
                + "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>",
            "xl/sharedStrings.xml",
            "<sst><si><r><t>ri</t></r><r><t>ch</t></r><rPh><t>no</t></rPh></si>"
                + "<si><t>two_x000D_</t></si></sst>");
    All all = Contents.read(XLSX, book, Map.of(), _ -> Column.UNKNOWN);
    assertThat(all.items())
        .containsExactly(
            "{\"a\":1.1,\"c\":\"2024-01-01T18:00:00\"}",
            "{\"a\":\"two\\r\",\"c\":null}",
            "{\"a\":\"rich\",\"c\":true}",
            "{\"a\":60,\"c\":null}");
    assertThat(all.damaged())
        .hasSize(3)
        .anyMatch(it -> it.contains("cell A6 holds the error #REF!"))
        .anyMatch(it -> it.contains("cell A7 has a formula without a value"))
        .anyMatch(it -> it.contains("row 8: column 2 has a value and no name"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
        "<!DOCTYPE x [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]>",
        "<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\">",
      })
  void documentTypesAreRefused(String type) throws IOException {
    byte[] book = Contents.workbook(type + HEAD + "<row><c><v>&e;</v></c></row>" + TAIL);
    All all = Contents.read(XLSX, book, Map.of(), _ -> Column.UNKNOWN);
    assertThat(all.items()).isEmpty();
    assertThat(all.end()).contains("declares a document type");
  }

  @Test
  void workbooksThatAreNoneAreRefused() throws IOException {
    assertThat(Contents.read(XLSX, "hello").end()).contains("no XLSX file");
    assertThat(end(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0}))
        .contains("old XLS file");
    assertThat(end(Contents.zip("a.txt", "x"))).contains("no part");
    assertThat(end(Contents.workbook(HEAD + TAIL, "xl/externalLinks/externalLink1.xml", "<x/>")))
        .contains("takes values from other files");
    assertThat(end(Contents.workbook("<worksheet><sheetData><row><c><v>1"))).contains("no XML");
    byte[] cut = written(XLSX, items(), 100);
    assertThat(end(java.util.Arrays.copyOf(cut, cut.length / 2))).contains("only a part");
  }

  private static String end(byte[] content) throws IOException {
    return Contents.read(XLSX, content, Map.of(), _ -> Column.UNKNOWN).end();
  }

  @Test
  void aTextThatNoCellHoldsIsRefused() {
    ObjectNode item = JSON.createObjectNode().put("text", "x".repeat(40_000));
    assertThatThrownBy(() -> written(XLSX, List.of(item), 10))
        .isInstanceOf(ContentDamaged.class)
        .hasMessageContaining("item 1 has more than 32767 characters in text");
  }

  @Test
  void manyRowsOfTextsWithEntitiesAreRead() throws IOException {
    int rows = 120_000;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ObjectNode item = JSON.createObjectNode().put("text", "a & b < c ".repeat(4));
    try (ItemWriter writer = new XlsxItemWriter(bytes, COLUMNS, TYPES)) {
      for (int i = 0; i < rows; i++) {
        writer.write(item);
      }
    }
    Function<String, Column> columns = TableContentsTest::column;
    All all = Contents.read(XLSX, bytes.toByteArray(), Map.of(), columns);
    assertThat(all.end()).isEmpty();
    assertThat(all.items()).hasSize(rows);
  }

  @Test
  void severalPickedValuesAreTheirKeysAndNothingElseIsCutToThem() {
    assertThat(flat("[{'key':'red','name':'Red'},{'key':'blue','name':'Blue'}]"))
        .isEqualTo("red,blue");
    for (String whole :
        List.of("[{'key':'red','name':'Red','id':7}]", "[{'key':'a,b'},{'key':'c'}]")) {
      assertThat(flat(whole)).isEqualTo(whole.replace('\'', '"'));
    }
  }

  private static String flat(String value) {
    ObjectNode item = JSON.createObjectNode();
    item.set("values", JSON.readTree(value.replace('\'', '"')));
    return Objects.requireNonNull(TablePath.of("values").in(item)).stringValue();
  }
}
