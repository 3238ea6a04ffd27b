package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Schema;
import dev.lockstep.connectors.jdbc.Column;
import dev.lockstep.connectors.jdbc.Intent;
import dev.lockstep.connectors.jdbc.Sessions;
import dev.lockstep.connectors.jdbc.Table;
import dev.lockstep.connectors.jdbc.TableName;
import dev.lockstep.connectors.jdbc.Tables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tables that the log has described so far in this stream. A table that is altered is described
 * again before its first change, which makes a new {@link Schema} from there on. Used by one
 * thread.
 */
final class PgRelations {
  private static final char FULL = 'f';

  private final Sessions sessions;
  private final Tables tables;
  private final Map<TableName, DatasetId> subscribed;
  private final PgTypeCatalog types = new PgTypeCatalog();
  private final Map<Integer, Optional<PgRelation>> known = new HashMap<>();
  private final Map<DatasetId, PgRelation> latest = new HashMap<>();
  private int lastOid;
  private @Nullable PgRelation last;

  PgRelations(Sessions sessions, Tables tables, Map<TableName, DatasetId> subscribed) {
    this.sessions = sessions;
    this.tables = tables;
    this.subscribed = Map.copyOf(subscribed);
  }

  private record Described(String name, int type, int modifier, boolean identity) {}

  /** A table by its number; null for one that nobody subscribed to. */
  @Nullable PgRelation of(int oid) {
    if (last != null && lastOid == oid) {
      return last;
    }
    Optional<PgRelation> found = known.get(oid);
    if (found == null) {
      throw new IllegalStateException("a change of a table that was not described: " + oid);
    }
    last = found.orElse(null);
    lastOid = oid;
    return last;
  }

  /** Forgets the numbers, for a stream that describes every table again. */
  void restart() {
    known.clear();
    last = null;
  }

  /** Reads a description; answers the table if it is subscribed to. */
  Optional<PgRelation> learn(byte[] message, int from) throws InterruptedException {
    int oid = PgBuffer.getInt(message, from);
    Texts texts = new Texts(message, from + 4);
    TableName name = new TableName(texts.next(), texts.next());
    DatasetId dataset = subscribed.get(name);
    last = null;
    if (dataset == null) {
      known.put(oid, Optional.empty());
      return Optional.empty();
    }
    boolean full = message[texts.at++] == FULL;
    int count = PgBuffer.getShort(message, texts.at);
    texts.at += 2;
    List<Described> columns = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      boolean identity = message[texts.at++] != 0;
      String column = texts.next();
      int type = PgBuffer.getInt(message, texts.at);
      int modifier = PgBuffer.getInt(message, texts.at + 4);
      texts.at += 8;
      columns.add(new Described(column, type, modifier, identity));
    }
    PgRelation relation = relation(dataset, columns, full);
    known.put(oid, Optional.of(relation));
    latest.put(dataset, relation);
    return Optional.of(relation);
  }

  private PgRelation relation(DatasetId dataset, List<Described> columns, boolean full)
      throws InterruptedException {
    List<Integer> oids = columns.stream().map(Described::type).toList();
    sessions.run(
        Intent.describe(),
        connection -> {
          types.learn(connection, oids);
          return true;
        });
    Table table = table(dataset, columns);
    List<Field> fields = new ArrayList<>();
    PgCodec[] codecs = new PgCodec[columns.size()];
    boolean[] identity = new boolean[columns.size()];
    for (int i = 0; i < codecs.length; i++) {
      Described column = columns.get(i);
      Optional<PgTypes.Mapped> mapped = types.mapped(column.type(), column.modifier());
      codecs[i] = mapped.map(PgTypes.Mapped::codec).orElse(GoneType.INSTANCE);
      identity[i] = column.identity();
      boolean nullable = table.column(column.name()).map(Column::nullable).orElse(true);
      fields.add(
          new Field(
              column.name(),
              mapped.map(PgTypes.Mapped::type).orElse(dev.lockstep.connector.Type.Text.unlimited()),
              nullable));
    }
    Schema schema = shared(dataset, new Schema(fields));
    return new PgRelation(
        dataset, schema, codecs, identity, full, key(table.key(), schema, columns, full));
  }

  /** As it was described last, and once more when the log knows other columns. */
  private Table table(DatasetId dataset, List<Described> columns) throws InterruptedException {
    Table table = tables.need(dataset);
    boolean same = columns.stream().allMatch(it -> table.column(it.name()).isPresent());
    return same ? table : tables.look(dataset).orElse(table);
  }

  /** What is described again unchanged keeps its schema, by which others know their rows. */
  private Schema shared(DatasetId dataset, Schema schema) {
    PgRelation before = latest.get(dataset);
    return before != null && before.schema().equals(schema) ? before.schema() : schema;
  }

  /** A key that was renamed since is found by what identifies rows in the log. */
  private static int[] key(
      List<String> names, Schema schema, List<Described> columns, boolean full) {
    int[] key = names.stream().mapToInt(schema::indexOf).toArray();
    boolean missing = names.stream().anyMatch(name -> !schema.has(name));
    if (!missing || full) {
      return key;
    }
    List<Integer> identity = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).identity()) {
        identity.add(i);
      }
    }
    return identity.size() == names.size()
        ? identity.stream().mapToInt(Integer::intValue).toArray()
        : key;
  }

  /** Texts that end with a zero byte. */
  private static final class Texts {
    private final byte[] message;
    private int at;

    Texts(byte[] message, int from) {
      this.message = message;
      this.at = from;
    }

    String next() {
      int start = at;
      while (message[at] != 0) {
        at++;
      }
      return new String(message, start, at++ - start, StandardCharsets.UTF_8);
    }
  }
}
