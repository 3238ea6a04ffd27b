package dev.lockstep.hub.object;

import dev.lockstep.hub.Numbers;
import dev.lockstep.hub.Shapes;
import dev.lockstep.store.Tx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documents while they are changed, within one transaction of the store: every change is
 * written at once, and gone with the transaction when it is undone.
 */
final class ModelDraft {
  static final String DEFINITION = "definition";
  static final String PICKLIST = "picklist";
  static final String FOLDER = "folder";
  static final String NOTIFICATION = "notification";

  private static final long FIRST_ID = 30_001;

  private final Tx tx;
  private final Shapes shapes;
  private final Instant now;
  private final SequencedMap<Long, ObjectNode> definitions;
  private final SequencedMap<Long, ObjectNode> picklists;
  private final SequencedMap<Long, ObjectNode> folders;
  private final SequencedMap<Long, ObjectNode> templates;

  private ModelDraft(Tx tx, Instant now, Shapes shapes) {
    this.tx = tx;
    this.shapes = shapes;
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
    this.definitions = read(tx, DEFINITION);
    this.picklists = read(tx, PICKLIST);
    this.folders = read(tx, FOLDER);
    this.templates = read(tx, NOTIFICATION);
  }

  /** The documents that a store has. */
  static Model stored(Tx tx) {
    return model(
        read(tx, DEFINITION), read(tx, PICKLIST), read(tx, FOLDER), read(tx, NOTIFICATION));
  }

  /** The documents as the transaction has them. */
  static ModelDraft of(Tx tx, Instant now, Shapes shapes) {
    return new ModelDraft(tx, now, shapes);
  }

  private static SequencedMap<Long, ObjectNode> read(Tx tx, String kind) {
    SequencedMap<Long, ObjectNode> documents = new LinkedHashMap<>();
    tx.each(
        "SELECT id, body FROM hub_document WHERE kind = ? ORDER BY id",
        row -> List.<Object>of(row.integer(1), Documents.parse(row.text(2))),
        pair -> documents.put((Long) pair.get(0), (ObjectNode) pair.get(1)),
        kind);
    return documents;
  }

  Model model() {
    return model(definitions, picklists, folders, templates);
  }

  private static Model model(
      Map<Long, ObjectNode> definitions,
      Map<Long, ObjectNode> picklists,
      Map<Long, ObjectNode> folders,
      Map<Long, ObjectNode> templates) {
    return new Model(
        definitions.values().stream().map(Definition::new).toList(),
        picklists.values().stream().map(Picklist::new).toList(),
        folders.values().stream().map(Folder::new).toList(),
        templates.values().stream().map(NotificationTemplate::new).toList());
  }

  /** Whether an object has no entries. */
  boolean isEmpty(Definition definition) {
    return shapes.isEmpty(definition.path());
  }

  /** A number for a document or a part of one; never given twice. */
  long number() {
    return Numbers.next(tx, "document", FIRST_ID);
  }

  static String code() {
    return UUID.randomUUID().toString();
  }

  String moment() {
    return now.toString();
  }

  /** Keeps a document under its id, made or changed now. */
  void put(String kind, ObjectNode body) {
    if (!body.has("dateCreated")) {
      body.put("dateCreated", moment());
    }
    body.put("dateModified", moment());
    long id = body.path("id").longValue();
    of(kind).put(id, body);
    tx.update(
        "INSERT INTO hub_document (kind, id, body) VALUES (?, ?, ?)"
            + " ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body",
        kind,
        id,
        body.toString());
  }

  void remove(String kind, long id) {
    of(kind).remove(id);
    tx.update("DELETE FROM hub_document WHERE kind = ? AND id = ?", kind, id);
  }

  /** A document to be changed and {@link #put}; null when there is none. */
  @Nullable ObjectNode find(String kind, long id) {
    return of(kind).get(id);
  }

  /** A document that must be there. */
  ObjectNode get(String kind, long id) {
    ObjectNode found = of(kind).get(id);
    if (found == null) {
      throw ModelRefused.missing(kind + " exists with the primary key " + id);
    }
    return found;
  }

  /** The document with an external reference code; null when there is none. */
  @Nullable ObjectNode byCode(String kind, String code) {
    return of(kind).values().stream()
        .filter(it -> Documents.text(it, "externalReferenceCode").equals(code))
        .findFirst()
        .orElse(null);
  }

  private SequencedMap<Long, ObjectNode> of(String kind) {
    return switch (kind) {
      case DEFINITION -> definitions;
      case PICKLIST -> picklists;
      case NOTIFICATION -> templates;
      default -> {
        Objects.requireNonNull(kind);
        yield folders;
      }
    };
  }
}
