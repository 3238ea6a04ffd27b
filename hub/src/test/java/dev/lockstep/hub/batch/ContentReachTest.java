package dev.lockstep.hub.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.hub.batch.format.Column;
import dev.lockstep.hub.batch.format.ContentType;
import dev.lockstep.hub.batch.format.Formats;
import dev.lockstep.hub.batch.format.ItemWriter;
import dev.lockstep.hub.file.Contents;
import dev.lockstep.hub.file.Received;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** How far a content is read, whatever it is packed in: half of its items are half of it. */
class ContentReachTest {
  private static final int ITEMS = 40_000;

  @TempDir Path folder;

  @Test
  void halfOfAPlainContentIsHalf() throws Exception {
    halfIsHalf(ContentType.JSONL, lines(), false);
  }

  @Test
  void halfOfAnArchiveIsHalf() throws Exception {
    halfIsHalf(ContentType.JSONL, zipped("items.jsonl", lines()), true);
  }

  @Test
  void halfOfAWorkbookIsHalf() throws Exception {
    halfIsHalf(ContentType.XLSX, workbook(), false);
    halfIsHalf(ContentType.XLSX, zipped("items.xlsx", workbook()), true);
  }

  private static byte[] lines() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < ITEMS; i++) {
      lines.append("{\"subject\":\"subject number ").append(i).append("\"}\n");
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] workbook() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> columns = List.of("subject");
    List<Column> types = List.of(Column.TEXT);
    try (ItemWriter writer = Formats.table(ContentType.XLSX, out, columns, types, Map.of(), true)) {
      for (int i = 0; i < ITEMS; i++) {
        writer.write(JsonMapper.shared().createObjectNode().put("subject", "subject number " + i));
      }
    }
    return out.toByteArray();
  }

  private static byte[] zipped(String name, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return out.toByteArray();
  }

  private void halfIsHalf(ContentType type, byte[] sent, boolean zipped) throws Exception {
    Contents contents = Contents.open(folder, _ -> List.of());
    Contents.Kept kept;
    try (Received received = contents.receive(1 << 30)) {
      received.write(sent, 0, sent.length);
      kept = contents.keep(received);
    }
    Task.Content content =
        new Task.Content(type, kept.place(), "items", zipped, sent.length, kept.digest());
    try (OpenContent open = OpenContent.of(contents, content, Map.of(), _ -> Column.UNKNOWN)) {
      assertThat(open.consumed()).isLessThan(sent.length / 5);
      for (int i = 0; i < ITEMS / 2; i++) {
        assertThat(open.reader().next()).isNotNull();
      }
      assertThat(open.consumed()).isBetween(sent.length * 4L / 10, sent.length * 6L / 10);
      for (int i = ITEMS / 2; i < ITEMS; i++) {
        assertThat(open.reader().next()).isNotNull();
      }
      assertThat(open.reader().next()).isNull();
      assertThat(open.consumed()).isBetween(sent.length * 98L / 100, (long) sent.length);
    }
  }
}
