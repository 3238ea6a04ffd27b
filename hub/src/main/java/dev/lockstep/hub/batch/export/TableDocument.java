package dev.lockstep.hub.batch.export;

import dev.lockstep.hub.batch.DirectCursor;
import dev.lockstep.hub.batch.ExportCursor;
import dev.lockstep.hub.batch.OrderRefused;
import dev.lockstep.hub.batch.format.Column;
import dev.lockstep.hub.batch.format.Formats;
import dev.lockstep.hub.batch.format.ItemWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Items as rows. */
final class TableDocument implements ExportDocument {
  private final ItemWriter writer;

  /**
   * @param already how many items stand before, when a file is gone on with
   */
  TableDocument(OutputStream out, ExportTask.Wanted wanted, ExportCursor cursor, long already)
      throws IOException {
    List<DirectCursor.Shown> columns = columns(wanted, cursor);
    this.writer =
        Formats.table(
            wanted.type(),
            new Open(out),
            columns.stream().map(DirectCursor.Shown::name).toList(),
            columns.stream().map(DirectCursor.Shown::type).toList(),
            wanted.all(),
            already == 0);
  }

  /**
   * The columns that are written.
   *
   * @throws OrderRefused when it is not known which
   */
  static List<DirectCursor.Shown> columns(ExportTask.Wanted wanted, ExportCursor cursor) {
    if (cursor instanceof DirectCursor direct) {
      return direct.columns(wanted.fields());
    }
    if (wanted.fields().isEmpty()) {
      throw new OrderRefused(
          "fieldNames are needed for a table of " + wanted.className(),
          "send fieldNames=externalReferenceCode,name, or export as JSON");
    }
    return wanted.fields().stream()
        .map(name -> new DirectCursor.Shown(name, Column.UNKNOWN))
        .toList();
  }

  /** Closing the writer leaves the file open. */
  private static final class Open extends FilterOutputStream {
    Open(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }

  @Override
  public boolean next(ExportCursor cursor) throws IOException, InterruptedException {
    ObjectNode item = cursor.next();
    if (item == null) {
      return false;
    }
    writer.write(item);
    return true;
  }

  @Override
  public void flush() throws IOException {
    writer.flush();
  }

  @Override
  public void end() throws IOException {
    writer.close();
  }
}
