package dev.lockstep.hub.batch.export;

import dev.lockstep.hub.EntryJson;
import dev.lockstep.hub.batch.DirectCursor;
import dev.lockstep.hub.batch.ExportCursor;
import dev.lockstep.hub.batch.format.ContentType;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.node.ObjectNode;

/** Items as JSON: in an array, one on each line, or with their configuration. */
final class JsonDocument implements ExportDocument {
  private static final JsonFactory LINES = factory("\n");
  private static final JsonFactory ELEMENTS = factory(",\n");

  private final OutputStream out;
  private final ContentType type;
  private final List<String> fields;
  private final JsonGenerator json;
  private boolean any;

  private static JsonFactory factory(String between) {
    return EntryJson.JSON.rebuild().rootValueSeparator(between).build();
  }

  /**
   * @param fields the properties to write; empty for all
   * @param already how many items stand before, when a file is gone on with
   */
  JsonDocument(OutputStream out, ExportTask.Wanted wanted, List<String> fields, long already)
      throws IOException {
    this.out = out;
    this.type = wanted.type();
    this.fields = fields;
    this.any = already > 0;
    boolean lines = type == ContentType.JSONL;
    if (!any) {
      text(
          switch (type) {
            case JSONT -> UnitHead.of(wanted);
            case JSON -> "[\n";
            case JSONL, CSV, XLS, XLSX -> "";
          });
    } else {
      // The generator writes what stands between items only after its own first.
      text(lines ? "\n" : ",\n");
    }
    this.json =
        (lines ? LINES : ELEMENTS)
            .createGenerator(ObjectWriteContext.empty(), new Open(out), JsonEncoding.UTF8);
  }

  /** Closing the generator leaves the file open. */
  private static final class Open extends FilterOutputStream {
    Open(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private void text(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean next(ExportCursor cursor) throws InterruptedException {
    if (cursor instanceof DirectCursor direct) {
      if (!direct.advance()) {
        return false;
      }
      direct.write(json);
    } else {
      ObjectNode item = cursor.next();
      if (item == null) {
        return false;
      }
      json.writeRawValue((fields.isEmpty() ? item : item.retain(fields)).toString());
    }
    any = true;
    return true;
  }

  @Override
  public void flush() {
    json.flush();
  }

  @Override
  public void end() throws IOException {
    json.close();
    text(
        switch (type) {
          case JSONT -> "\n]}\n";
          case JSON -> "\n]\n";
          case JSONL -> any ? "\n" : "";
          case CSV, XLS, XLSX -> "";
        });
  }
}
