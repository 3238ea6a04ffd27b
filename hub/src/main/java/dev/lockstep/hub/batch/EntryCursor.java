package dev.lockstep.hub.batch;

import dev.lockstep.connector.Type;
import dev.lockstep.hub.EntryJson;
import dev.lockstep.hub.batch.format.Column;
import dev.lockstep.hub.batch.format.Formats;
import dev.lockstep.hub.liferay.EntryRows;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Entries on their way out. */
final class EntryCursor implements DirectCursor {
  private static final JsonMapper JSON =
      JsonMapper.builder(EntryJson.JSON)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final EntryRows rows;

  /**
   * One entry that is held whole, as a row of a table is. Invariant 8: contents of files, which may
   * be of any length, are only streamed.
   */
  private final class Row extends ByteArrayOutputStream {
    Row() {
      super(512);
    }

    @Override
    public synchronized void write(byte[] some, int from, int length) {
      if (count + length > Formats.MOST_ITEM) {
        throw new OrderRefused(
            "the entry of id " + place() + " is longer than a row of a table may be, 8 MiB",
            "export it as JSON or JSONL, or without the contents of files");
      }
      super.write(some, from, length);
    }
  }

  EntryCursor(EntryRows rows) {
    this.rows = rows;
  }

  @Override
  public boolean advance() throws InterruptedException {
    return rows.advance();
  }

  @Override
  public void write(JsonGenerator json) throws InterruptedException {
    rows.write(json);
  }

  @Override
  public @Nullable ObjectNode next() throws InterruptedException {
    if (!advance()) {
      return null;
    }
    Row bytes = new Row();
    try (JsonGenerator json = EntryJson.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      write(json);
    }
    return (ObjectNode) JSON.readTree(bytes.toByteArray());
  }

  @Override
  public OptionalLong total() throws InterruptedException {
    return OptionalLong.of(rows.count());
  }

  @Override
  public String place() {
    return Long.toString(rows.place());
  }

  @Override
  public boolean isResumable() {
    return rows.isResumable();
  }

  @Override
  public List<Shown> columns(List<String> named) {
    return rows.columns(named).stream()
        .map(it -> new Shown(it.name(), it.type().map(EntryCursor::column).orElse(Column.TEXT)))
        .toList();
  }

  private static Column column(Type type) {
    return switch (type) {
      case Type.Bool() -> Column.BOOLEAN;
      case Type.Int(), Type.Float(), Type.Decimal _ -> Column.NUMBER;
      case Type.Date() -> Column.DATE;
      case Type.DateTime() -> Column.TIME;
      case Type.Timestamp() -> Column.MOMENT;
      case Type.Json() -> Column.JSON;
      case Type.Text _, Type.Bytes(), Type.Time(), Type.ListOf _, Type.Any() -> Column.TEXT;
    };
  }

  @Override
  public void close() {
    rows.close();
  }
}
