package dev.lockstep.hub.batch.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.node.ObjectNode;

/** Contents for tests, read whole. */
final class Contents {
  private Contents() {}

  /** What was read: items as their JSON, damaged ones as their fault, and why it ended. */
  record All(List<String> items, List<String> damaged, String end) {}

  static All read(ContentType type, String text) throws IOException {
    return read(type, text.getBytes(StandardCharsets.UTF_8), Map.of(), _ -> Column.UNKNOWN);
  }

  static All read(
      ContentType type,
      byte[] bytes,
      Map<String, String> parameters,
      Function<String, Column> columns)
      throws IOException {
    List<String> items = new ArrayList<>();
    List<String> damaged = new ArrayList<>();
    Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
    try (ItemReader reader =
        Formats.read(type, new ByteArrayInputStream(bytes), parameters, columns, scratch)) {
      for (Item item = reader.next(); item != null; item = reader.next()) {
        switch (item) {
          case Item.Read(long _, ObjectNode value) -> items.add(value.toString());
          case Item.Damaged(long index, String _, String fault) ->
              damaged.add(index + ": " + fault);
        }
      }
      return new All(items, damaged, "");
    } catch (ContentDamaged fault) {
      return new All(items, damaged, String.valueOf(fault.getMessage()));
    }
  }

  /** An archive of names and texts. */
  static byte[] zip(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
        zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  /** A workbook of one sheet. */
  static byte[] workbook(String sheet, String... more) throws IOException {
    String relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    List<String> parts =
        new ArrayList<>(
            List.of(
                "xl/workbook.xml",
                "<workbook xmlns:r=\""
                    + relations
                    + "\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/>"
                    + "</Relationships>",
                "xl/worksheets/sheet1.xml",
                sheet));
    parts.addAll(List.of(more));
    return zip(parts.toArray(String[]::new));
  }
}
