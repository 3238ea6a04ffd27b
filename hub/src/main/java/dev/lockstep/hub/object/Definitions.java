package dev.lockstep.hub.object;

import dev.lockstep.connector.Problem;
import dev.lockstep.hub.DefinitionRefused;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.ObjectDefinition;
import dev.lockstep.hub.Shapes;
import dev.lockstep.hub.outgoing.Destinations;
import dev.lockstep.store.Store;
import dev.lockstep.store.StoreException;
import dev.lockstep.store.Tx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The definitions, picklists and folders of a hub, and its tables in step with them. Thread-safe.
 * Each change is one transaction of the store: the documents and what they mean for the tables and
 * their entries, or nothing. Changes throw {@link ModelRefused} with all that is wrong.
 *
 * <p>Documents that are handed in are taken over; those handed out must not be changed.
 */
public final class Definitions {
  private final Hub hub;
  private final InstantSource clock;
  private final ActionAddresses addresses;
  private final Optional<FieldCipher> cipher;
  private volatile Model model;
  private volatile Runnable told = () -> {};
  private volatile Objection objection = (tx, objects) -> List.of();
  private @Nullable Consumer<Tx> note;

  private Definitions(
      Hub hub,
      InstantSource clock,
      Destinations destinations,
      Optional<FieldCipher> cipher,
      Model model) {
    this.hub = hub;
    this.cipher = cipher;
    this.clock = clock;
    this.addresses = new ActionAddresses(destinations);
    this.model = model;
  }

  /** Opens what the hub's store has; actions call no local network. */
  public static Definitions open(Hub hub, InstantSource clock) {
    return open(hub, clock, new Destinations(false), Optional.empty());
  }

  /**
   * Opens what the hub's store has, and brings the hub's tables to it.
   *
   * @param destinations where actions may post to
   * @param cipher seals encrypted fields; without it none is taken
   */
  public static Definitions open(
      Hub hub, InstantSource clock, Destinations destinations, Optional<FieldCipher> cipher) {
    Definitions definitions = new Definitions(hub, clock, destinations, cipher, Model.EMPTY);
    definitions.change(Folders::initially);
    return definitions;
  }

  /** The published objects that a store has, to be read with nothing changed. */
  public static List<ObjectDefinition> published(Store store) throws InterruptedException {
    Model stored = store.read(ModelDraft::stored);
    return stored.definitions().stream()
        .filter(Definition::published)
        .map(definition -> PublishedObject.of(stored, definition, Optional.empty()))
        .toList();
  }

  /** All documents, as the last change left them. */
  public Model model() {
    return model;
  }

  /**
   * The same, after a change that is under way: of an event that was read before, every action is
   * known that was active when it was made.
   */
  public synchronized Model settledModel() {
    return model;
  }

  /** Whether a store has an action that is carried out. */
  public static boolean hasActions(Store store) throws InterruptedException {
    return store.read(ModelDraft::stored).hasActions();
  }

  /**
   * A copy of a definition's document, or of one of its parts, with the states of its actions and
   * without their secrets.
   */
  public ObjectNode shown(ObjectNode document) throws InterruptedException {
    ObjectNode shown = document.deepCopy();
    List<ObjectNode> actions = new ArrayList<>(Documents.parts(shown, PartKind.ACTION.list()));
    if (shown.has("objectActionTriggerKey")) {
      actions.add(shown);
    }
    if (!actions.isEmpty()) {
      Map<Long, Long> states = hub.read(ActionStates::status);
      actions.forEach(
          it -> ActionStates.show(it, states.getOrDefault(it.path("id").longValue(0), 0L)));
    }
    return Secrets.hidden(shown);
  }

  public Hub hub() {
    return hub;
  }

  /**
   * What an entry has in an encrypted field, opened.
   *
   * @param sealed as it is kept
   * @throws dev.lockstep.store.StoreException when it was not sealed with this key
   */
  public String opened(Definition definition, DefinedField field, String sealed) {
    String place = ObjectRules.place(definition, field);
    try {
      return cipher.orElseThrow().opened(place, sealed);
    } catch (FieldCipher.NotSealedHere damaged) {
      throw new StoreException(String.valueOf(damaged.getMessage()), damaged);
    }
  }

  /** The picklists among the documents. */
  public Picklists picklists() {
    return new Picklists(this);
  }

  /** The folders among the documents. */
  public Folders folders() {
    return new Folders(this);
  }

  /** The templates of messages among the documents. */
  public NotificationTemplates notificationTemplates() {
    return new NotificationTemplates(this);
  }

  /** Has someone told of every change from here on, after it is durable, on the changing thread. */
  public void tell(Runnable listener) {
    told = listener;
  }

  /** Has someone asked before every change from here on. */
  public void heed(Objection other) {
    objection = other;
  }

  /** Has something noted in the same transaction as the one change that is made meanwhile. */
  public synchronized void noting(Consumer<Tx> also, Runnable change) {
    note = also;
    try {
      change.run();
    } finally {
      note = null;
    }
  }

  /** Work on the documents within one transaction. */
  interface Change<T> {
    T run(ModelDraft draft);
  }

  private record Changed<T>(T answer, Model model) {}

  synchronized <T> T change(Change<T> change) {
    Changed<T> changed;
    try {
      changed =
          hub.define((tx, shapes) -> {
            ModelDraft draft = ModelDraft.of(tx, clock.instant(), shapes);
            T answer = change.run(draft);
            Model next = draft.model();
            shape(tx, shapes, next);
            List<Problem> against = objection.to(tx, shapes.objects());
            if (!against.isEmpty()) {
              throw new ModelRefused(ModelRefused.Kind.CONFLICT, against);
            }
            if (note != null) {
              note.accept(tx);
            }
            return new Changed<>(answer, next);
          });
    } catch (DefinitionRefused refused) {
      throw new ModelRefused(ModelRefused.Kind.CONFLICT, refused.problems());
    }
    model = changed.model();
    told.run();
    return changed.answer();
  }

  /** Brings the hub's tables to the documents. */
  private void shape(Tx tx, Shapes shapes, Model next) {
    Encryption.check(tx, next, cipher);
    for (Definition before : model.definitions()) {
      boolean stays = next.definition(before.id()).filter(Definition::published).isPresent();
      if (before.published() && !stays) {
        shapes.remove(before.path());
      }
    }
    for (Definition definition : next.definitions()) {
      if (definition.published()) {
        boolean ours = model.definition(definition.id()).filter(Definition::published).isPresent();
        if (!ours && shapes.has(definition.path())) {
          throw ModelRefused.conflict(
              "name",
              "the configuration declares an object '" + definition.path() + "'",
              "choose another name, or take hub.objects."
                  + definition.path()
                  + " from the configuration");
        }
        shapes.define(PublishedObject.of(next, definition, cipher));
        Indexes.align(tx, shapes, definition);
      }
    }
    Pairs.align(tx, model, next);
    ActionStates.align(tx, model, next, hub.lastEvent());
  }

  /** Creates a definition, not yet published. */
  public Definition create(ObjectNode body) {
    addresses.refuse(body);
    return change(draft -> {
      body.remove("id");
      return new Definition(new DraftDefinition(draft).complete(body, null));
    });
  }

  /**
   * The definition of an external reference code; one of a {@link SystemObject} is there whenever
   * it is asked for.
   */
  public Optional<Definition> byCode(String code) {
    Optional<Definition> found = model.byCode(code);
    return found.isPresent() || SystemObject.coded(code).isEmpty()
        ? found
        : change(draft -> DraftDefinition.known(draft, code)).map(Definition::new);
  }

  /**
   * Makes a definition read as the body says, creating it when it is not there. Fields and
   * relationships that a published one has and the body has not are kept.
   */
  public Definition put(String code, ObjectNode body) {
    addresses.refuse(body);
    return change(draft -> {
      body.put("externalReferenceCode", code);
      ObjectNode was = draft.byCode(ModelDraft.DEFINITION, code);
      if (was == null) {
        body.remove("id");
        return new Definition(new DraftDefinition(draft).complete(body, null));
      }
      return replaced(draft, was, body);
    });
  }

  /** Makes a definition that is there read as the body says. */
  public Definition replace(long id, ObjectNode body) {
    addresses.refuse(body);
    return change(draft -> replaced(draft, draft.get(ModelDraft.DEFINITION, id), body));
  }

  private static Definition replaced(ModelDraft draft, ObjectNode was, ObjectNode body) {
    body.put("id", was.path("id").longValue());
    Merging.carry(was, body, "status", "dateCreated", "externalReferenceCode", "defaultLanguageId");
    for (PartKind kind : PartKind.values()) {
      boolean keeps =
          !body.path(kind.list()).isArray()
              || (new Definition(was).published()
                  && (kind == PartKind.FIELD || kind == PartKind.RELATIONSHIP));
      Merging.parts(was, body, kind.list(), keeps);
    }
    return new Definition(new DraftDefinition(draft).complete(body, was));
  }

  /** Sets what the body has, and keeps the rest. */
  public Definition patch(long id, ObjectNode body) {
    addresses.refuse(body);
    return change(draft -> {
      ObjectNode was = draft.get(ModelDraft.DEFINITION, id);
      ObjectNode merged = was.deepCopy();
      for (var property : body.properties()) {
        boolean list =
            List.of(PartKind.values()).stream().anyMatch(it -> it.list().equals(property.getKey()));
        if (!list && !List.of("id", "status", "dateCreated").contains(property.getKey())) {
          merged.set(property.getKey(), property.getValue());
        }
      }
      for (PartKind kind : PartKind.values()) {
        if (body.path(kind.list()).isArray()) {
          merged.set(kind.list(), body.path(kind.list()));
          Merging.parts(was, merged, kind.list(), true);
        }
      }
      return new Definition(new DraftDefinition(draft).complete(merged, was));
    });
  }

  /** Gives a definition its table; nothing happens when it has one. */
  public Definition publish(long id) {
    return change(draft -> {
      ObjectNode document = draft.get(ModelDraft.DEFINITION, id);
      Definition definition = new Definition(document);
      if (definition.ownFields().isEmpty()) {
        throw ModelRefused.invalid(
            "objectFields",
            "At least one object field must be added",
            "add one, and publish again");
      }
      DraftDefinition.status(document, true);
      draft.put(ModelDraft.DEFINITION, document);
      return new Definition(document);
    });
  }

  /** Removes a definition that has no entries. */
  public void delete(long id) {
    change(draft -> {
      Definition definition = new Definition(draft.get(ModelDraft.DEFINITION, id));
      if (definition.published() && !draft.isEmpty(definition)) {
        throw ModelRefused.conflict(
            "",
            "the object " + definition.name() + " has entries, which would be lost",
            "delete its entries first");
      }
      Optional<DefinedRelationship> related =
          draft.model().relationshipsOf(definition).stream()
              .filter(it -> !it.parent().equals(it.child()))
              .findFirst();
      related.ifPresent(it -> {
        throw ModelRefused.conflict(
            "objectRelationships",
            "the relationship " + it.name() + " joins it to another object",
            "delete that relationship first");
      });
      draft.remove(ModelDraft.DEFINITION, id);
      return id;
    });
  }

  /** The definition that has a part, and the part; empty when there is none of that id. */
  public Optional<Part> part(PartKind kind, long id) {
    for (Definition definition : model.definitions()) {
      for (ObjectNode part : Documents.parts(definition.body(), kind.list())) {
        if (part.path("id").longValue(0) == id) {
          return Optional.of(new Part(definition, part));
        }
      }
    }
    return Optional.empty();
  }

  /** A part within its definition. */
  public record Part(Definition definition, ObjectNode body) {}

  /** Adds a part to a definition and answers it. */
  public ObjectNode add(PartKind kind, long definition, ObjectNode body) {
    addresses.refuse(body);
    return change(draft -> {
      ObjectNode was = draft.get(ModelDraft.DEFINITION, definition);
      String name = Documents.text(body, "name");
      if ((kind == PartKind.FIELD || kind == PartKind.RELATIONSHIP || kind == PartKind.ACTION)
          && Documents.part(was, kind.list(), "name", name).isPresent()) {
        throw ModelRefused.conflict(
            "name", "Duplicate name " + name, "choose another, or change the one that is there");
      }
      body.remove("id");
      ObjectNode document = was.deepCopy();
      List<ObjectNode> parts = new ArrayList<>(Documents.parts(document, kind.list()));
      parts.add(body);
      Documents.replace(document, kind.list(), parts);
      ObjectNode done = new DraftDefinition(draft).complete(document, was);
      ObjectNode added = Documents.parts(done, kind.list()).getLast();
      if (kind == PartKind.RELATIONSHIP && DefinedRelationship.waits(added)) {
        // Within a whole document it may wait for a document that follows; alone it is an error.
        throw ModelRefused.invalid(
            "objectDefinitionExternalReferenceCode2",
            "names no definition",
            "create it first, and send its external reference code or id");
      }
      return added;
    });
  }

  /**
   * Changes a part and answers it.
   *
   * @param whole whether the body is all that is to be, or only what is to be set
   */
  public ObjectNode change(PartKind kind, long id, ObjectNode body, boolean whole) {
    addresses.refuse(body);
    return change(draft -> {
      Part part = part(kind, id).orElseThrow(() -> missing(kind, id));
      ObjectNode was = draft.get(ModelDraft.DEFINITION, part.definition().id());
      ObjectNode document = was.deepCopy();
      List<ObjectNode> parts = new ArrayList<>(Documents.parts(document, kind.list()));
      int place = Merging.place(parts, id);
      ObjectNode before = parts.get(place);
      ObjectNode after = whole ? body : before.deepCopy().setAll(body);
      after.put("id", id);
      Merging.carry(before, after, "externalReferenceCode", "dateCreated", "status", "name");
      Merging.fixed(before, after, "objectActionExecutorKey", "objectActionTriggerKey");
      Secrets.keep(before, after);
      parts.set(place, after);
      Documents.replace(document, kind.list(), parts);
      ObjectNode done = new DraftDefinition(draft).complete(document, was);
      return Documents.parts(done, kind.list()).stream()
          .filter(it -> it.path("id").longValue() == id)
          .findFirst()
          .orElseThrow();
    });
  }

  /** Removes a part; what entries hold in a field stays in the table, unseen. */
  public void remove(PartKind kind, long id) {
    change(draft -> {
      Part part = part(kind, id).orElseThrow(() -> missing(kind, id));
      ObjectNode was = draft.get(ModelDraft.DEFINITION, part.definition().id());
      Removal.check(kind, part);
      ObjectNode document = was.deepCopy();
      List<ObjectNode> parts = new ArrayList<>(Documents.parts(document, kind.list()));
      parts.remove(Merging.place(parts, id));
      Documents.replace(document, kind.list(), parts);
      if (kind == PartKind.RELATIONSHIP) {
        Removal.reference(
            draft, document, new DefinedRelationship(part.definition().name(), part.body()));
      }
      new DraftDefinition(draft).complete(document, was);
      return id;
    });
  }

  static ModelRefused missing(PartKind kind, long id) {
    return ModelRefused.missing(kind.label() + " exists with the primary key " + id);
  }
}
