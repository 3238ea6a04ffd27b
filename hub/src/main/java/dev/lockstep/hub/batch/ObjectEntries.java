package dev.lockstep.hub.batch;

import dev.lockstep.connector.Type;
import dev.lockstep.hub.BulkEdits;
import dev.lockstep.hub.BulkEdits.Result;
import dev.lockstep.hub.Draft;
import dev.lockstep.hub.Edit;
import dev.lockstep.hub.EntryProblem;
import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.Match;
import dev.lockstep.hub.PreparedEdit;
import dev.lockstep.hub.Reference;
import dev.lockstep.hub.Rule;
import dev.lockstep.hub.UnknownObject;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.AccessRefused;
import dev.lockstep.hub.access.Right;
import dev.lockstep.hub.access.Scopes;
import dev.lockstep.hub.batch.ImportParameters.CreateStrategy;
import dev.lockstep.hub.batch.ImportParameters.UpdateStrategy;
import dev.lockstep.hub.batch.format.Column;
import dev.lockstep.hub.batch.format.Item;
import dev.lockstep.hub.file.FileEntries;
import dev.lockstep.hub.file.FileRefused;
import dev.lockstep.hub.liferay.EntryExport;
import dev.lockstep.hub.liferay.EntryItems;
import dev.lockstep.hub.liferay.Fault;
import dev.lockstep.hub.object.BusinessType;
import dev.lockstep.hub.object.DefinedField;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Definitions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Entries of defined objects as items. */
public final class ObjectEntries implements ItemHandlers.Family, ItemHandler {
  private static final String PREFIX = "c_";
  private static final String OBJECT_ADMIN = "Liferay.Object.Admin.REST";

  private final Definitions definitions;
  private final EntryItems entries;
  private final BulkEdits bulk;
  private final EntryExports exports;

  public ObjectEntries(Definitions definitions, FileEntries files) {
    this.definitions = definitions;
    this.entries = new EntryItems(definitions, files);
    this.bulk = new BulkEdits(definitions.hub());
    this.exports = new EntryExports(new EntryExport(definitions, files));
  }

  @Override
  public Optional<ItemHandler> find(String className, String delegate) {
    return className.equals(Order.ENTRIES) ? Optional.of(this) : Optional.empty();
  }

  /** The object that a delegate such as {@code C_Ticket} names. */
  private Optional<Definition> definition(String delegate) {
    String name =
        delegate.toLowerCase(Locale.ROOT).startsWith(PREFIX)
            ? delegate.substring(PREFIX.length())
            : delegate;
    return definitions
        .model()
        .byName(name)
        .filter(Definition::published)
        .filter(Definition::active);
  }

  @Override
  public Optional<String> refusal(ImportParameters parameters) {
    Optional<Definition> found = definition(parameters.delegate());
    if (found.isEmpty()) {
      return Optional.of(
          "There is no published object for the taskItemDelegateName '"
              + parameters.delegate()
              + "'; send C_ and the object's name");
    }
    Access access = parameters.access();
    String application = Scopes.ofObject(found.get().name());
    // Who may define objects with a token brings their entries as well, as archives do.
    if (!access.covers(OBJECT_ADMIN, true)) {
      access.demandScope(application, true);
    }
    if (parameters.operation() == Operation.CREATE
        && parameters.createStrategy() == CreateStrategy.INSERT) {
      access.demand(Right.ADD_OBJECT_ENTRY, found.get().path());
    }
    return Optional.empty();
  }

  @Override
  public Column column(String field, ImportParameters parameters) {
    return switch (field) {
      case "externalReferenceCode", "scopeKey" -> Column.TEXT;
      case "id", "status", "status.code" -> Column.NUMBER;
      default ->
          definition(parameters.delegate())
              .flatMap(it -> it.field(field.replaceFirst("\\..*", "")))
              .filter(it -> !it.system())
              .map(it -> column(it, field))
              // What names a parent by its code, or nothing that is known.
              .orElse(field.endsWith("ERC") ? Column.TEXT : Column.UNKNOWN);
    };
  }

  private static Column column(DefinedField field, String name) {
    if (name.contains(".")) {
      boolean id = field.businessType() == BusinessType.ATTACHMENT && name.endsWith(".id");
      return id ? Column.NUMBER : Column.TEXT;
    }
    boolean local =
        field.businessType() == BusinessType.DATE_TIME
            && Definition.typeOf(field) instanceof Type.DateTime;
    return local ? Column.TIME : column(field.businessType());
  }

  private static Column column(BusinessType type) {
    return switch (type) {
      case BOOLEAN -> Column.BOOLEAN;
      case DATE -> Column.DATE;
      case DATE_TIME -> Column.MOMENT;
      case INTEGER, LONG_INTEGER, DECIMAL, PRECISION_DECIMAL, RELATIONSHIP, ATTACHMENT ->
          Column.NUMBER;
      case ASSIGNEE -> Column.JSON;
      case AUTO_INCREMENT,
          EMAIL_ADDRESS,
          ENCRYPTED,
          LONG_TEXT,
          PHONE_NUMBER,
          PICKLIST,
          MULTISELECT_PICKLIST,
          RICH_TEXT,
          TEXT ->
          Column.TEXT;
      case AGGREGATION, FORMULA -> Column.UNKNOWN;
    };
  }

  @Override
  public ExportCursor export(ExportParameters parameters, String after) {
    Definition definition =
        definition(parameters.delegate())
            .orElseThrow(() ->
                new HandlerGone(
                    "There is no published object for the taskItemDelegateName '"
                        + parameters.delegate()
                        + "'; send C_ and the object's name"));
    return exports.cursor(definition, parameters, after);
  }

  @Override
  public List<ItemOutcome> write(
      List<Item.Read> items, ImportParameters parameters, Checkpoint checkpoint)
      throws InterruptedException {
    return ready(items, parameters).write(checkpoint);
  }

  /** An item on its way: an edit, or why there is none. */
  private record Prepared(
      @Nullable PreparedEdit edit,
      String fault,
      EntryItems.Undo undo,
      Optional<String> site,
      List<Reference> references,
      List<Long> files) {
    static Prepared failed(String fault) {
      return new Prepared(null, fault, () -> {}, Optional.empty(), List.of(), List.of());
    }
  }

  @Override
  public Ready ready(List<Item.Read> items, ImportParameters parameters)
      throws InterruptedException {
    Definition definition =
        definition(parameters.delegate())
            .orElseThrow(() ->
                new HandlerGone(
                    "the object of " + parameters.delegate() + " is not there any more"));
    List<Prepared> prepared = new ArrayList<>(items.size());
    for (Item.Read item : items) {
      prepared.add(prepared(definition, parameters, item.value()));
    }
    return new Edits(definition, prepared, parameters, isWide(definition, parameters));
  }

  private Prepared prepared(Definition definition, ImportParameters parameters, ObjectNode item)
      throws InterruptedException {
    try {
      Access access = parameters.access();
      Optional<String> site = site(definition, parameters, item);
      EntryItems.Drafted drafted = entries.read(definition, site, access, item);
      PreparedEdit edit =
          bulk.prepare(
              definition.path(),
              edit(definition, site, parameters, item, drafted.draft()),
              drafted.references());
      return new Prepared(edit, "", drafted.undo(), site, drafted.references(), drafted.files());
    } catch (Fault fault) {
      return Prepared.failed(told(fault.title(), fault.detail()));
    } catch (FileRefused refused) {
      return Prepared.failed(told(String.valueOf(refused.getMessage()), refused.remedy()));
    }
  }

  /** Whether who sent the items may do with every entry what they may do with any. */
  private boolean isWide(Definition definition, ImportParameters parameters) {
    Access access = parameters.access();
    Set<Right> rights =
        switch (parameters.operation()) {
          case CREATE ->
              parameters.createStrategy() == CreateStrategy.INSERT
                  ? EnumSet.of(Right.ADD_OBJECT_ENTRY)
                  : EnumSet.of(Right.ADD_OBJECT_ENTRY, Right.VIEW, Right.UPDATE);
          case UPDATE -> EnumSet.of(Right.VIEW, Right.UPDATE);
          case DELETE -> EnumSet.of(Right.VIEW, Right.DELETE);
        };
    return access.isUnlimited()
        || (rights.stream().allMatch(right -> access.may(right, definition.path()))
            && entries.parents(definition).stream().allMatch(access::seesAll));
  }

  /** The same, as far as its sender may make it; some at right before it is written. */
  private Prepared guarded(Definition definition, ImportParameters parameters, Prepared prepared)
      throws InterruptedException {
    PreparedEdit edit = prepared.edit();
    if (edit == null) {
      return prepared;
    }
    try {
      Edit guarded =
          entries.guarded(
              definition, prepared.site(), parameters.access(), edit.edit(), prepared.references());
      return new Prepared(
          bulk.prepare(definition.path(), guarded, prepared.references()),
          "",
          prepared.undo(),
          prepared.site(),
          prepared.references(),
          prepared.files());
    } catch (Fault fault) {
      prepared.undo().run();
      return Prepared.failed(told(fault.title(), fault.detail()));
    } catch (AccessRefused refused) {
      prepared.undo().run();
      return Prepared.failed(told(refused.fault(), refused.remedy()));
    }
  }

  private static String told(String fault, String remedy) {
    return remedy.isEmpty() ? fault : fault + "; " + remedy;
  }

  private static Optional<String> site(
      Definition definition, ImportParameters parameters, ObjectNode item) {
    if (!definition.ofSites()) {
      return Optional.empty();
    }
    for (String name : List.of("scopeKey", "siteExternalReferenceCode", "siteKey", "siteId")) {
      Optional<String> sent = parameters.get(name).filter(it -> !it.isBlank());
      if (sent.isPresent()) {
        return sent;
      }
    }
    String own = item.path("scopeKey").asString("");
    if (own.isEmpty()) {
      throw Fault.bad(
          definition.name() + " belongs to sites, and none was named",
          "send siteId as a parameter, or scopeKey in each item");
    }
    return Optional.of(own);
  }

  private Edit edit(
      Definition definition,
      Optional<String> site,
      ImportParameters parameters,
      ObjectNode item,
      Draft draft) {
    return switch (parameters.operation()) {
      case CREATE -> created(definition, site, parameters, draft);
      case UPDATE -> {
        EntryRef ref = named(item, draft);
        Match match = ref instanceof EntryRef.Code ? new Match.Present() : Match.ANY;
        yield parameters.updateStrategy() == UpdateStrategy.PARTIAL_UPDATE
            ? new Edit.Patch(ref, draft, match)
            : new Edit.Replace(ref, draft, match);
      }
      case DELETE -> {
        // The id of another installation's entry is not to take one of this one's along.
        String code = draft.externalReferenceCode();
        EntryRef ref = code == null ? named(item, draft) : new EntryRef.Code(code);
        yield new Edit.Delete(ref, Match.ANY);
      }
    };
  }

  private Edit created(
      Definition definition, Optional<String> site, ImportParameters parameters, Draft draft) {
    String code = draft.externalReferenceCode();
    if (code == null) {
      return new Edit.Create(
          site.isEmpty()
              ? draft
              : new Draft(
                  entries.hubCode(definition, site, UUID.randomUUID().toString()), draft.values()));
    }
    if (parameters.createStrategy() == CreateStrategy.INSERT) {
      return new Edit.Create(draft);
    }
    return parameters.updateStrategy() == UpdateStrategy.PARTIAL_UPDATE
        ? new Edit.Merge(code, draft)
        : new Edit.Replace(new EntryRef.Code(code), draft, Match.ANY);
  }

  private static EntryRef named(ObjectNode item, Draft draft) {
    if (item.path("id").isIntegralNumber() && item.path("id").longValue() != 0) {
      return new EntryRef.Id(item.path("id").longValue());
    }
    String id = item.path("id").asString("");
    if (id.matches("\\d{1,18}") && Long.parseLong(id) != 0) {
      return new EntryRef.Id(Long.parseLong(id));
    }
    if (draft.externalReferenceCode() == null) {
      throw Fault.bad("the item names no entry", "send its id or its externalReferenceCode");
    }
    return new EntryRef.Code(draft.externalReferenceCode());
  }

  /** Edits that were prepared. */
  private final class Edits implements Ready {
    private final Definition definition;
    private final List<Prepared> prepared;
    private final ImportParameters parameters;
    private final boolean wide;

    Edits(
        Definition definition, List<Prepared> prepared, ImportParameters parameters, boolean wide) {
      this.definition = definition;
      this.prepared = prepared;
      this.parameters = parameters;
      this.wide = wide;
    }

    @Override
    public List<ItemOutcome> write(Checkpoint checkpoint) throws InterruptedException {
      List<Prepared> some = lookedAt();
      List<PreparedEdit> edits = new ArrayList<>(some.size());
      for (Prepared each : some) {
        if (each.edit() != null) {
          edits.add(each.edit());
        }
      }
      try {
        List<Result> results =
            bulk.apply(
                definition.path(),
                edits,
                parameters.access().author(),
                parameters.onErrorFail(),
                (tx, made) -> {
                  if (parameters.dryRun()) {
                    throw new DryRun(made);
                  }
                  FileEntries.taken(tx, taken(some, made));
                  checkpoint.note(tx, outcomes(some, made, wide));
                });
        undoRefused(some, results);
        return outcomes(some, results, wide);
      } catch (DryRun dry) {
        abandon();
        return outcomes(some, dry.results, wide);
      } catch (UnknownObject gone) {
        abandon();
        throw new HandlerGone(String.valueOf(gone.getMessage()));
      }
    }

    /** The items up to the first that is known to fail, where that ends the task. */
    private List<Prepared> lookedAt() throws InterruptedException {
      List<Prepared> some = new ArrayList<>(prepared.size());
      for (Prepared each : prepared) {
        Prepared guarded = wide ? each : guarded(definition, parameters, each);
        some.add(guarded);
        if (guarded.edit() == null && parameters.onErrorFail()) {
          return some;
        }
      }
      return some;
    }

    /** The files of what was made. */
    private static List<Long> taken(List<Prepared> some, List<Result> results) {
      List<Long> files = new ArrayList<>();
      int next = 0;
      for (Prepared each : some) {
        if (each.edit() != null
            && next < results.size()
            && results.get(next++) instanceof Result.Made) {
          files.addAll(each.files());
        }
      }
      return files;
    }

    private void undoRefused(List<Prepared> some, List<Result> results)
        throws InterruptedException {
      int next = 0;
      for (Prepared each : some) {
        if (each.edit() != null
            && (next >= results.size() || results.get(next++) instanceof Result.Refused)) {
          each.undo().run();
        }
      }
    }

    @Override
    public void abandon() throws InterruptedException {
      for (Prepared each : prepared) {
        each.undo().run();
      }
    }
  }

  /** Undoes what was only tried. */
  private static final class DryRun extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Result> results;

    DryRun(List<Result> results) {
      super(null, null, false, false);
      this.results = results;
    }
  }

  private static List<ItemOutcome> outcomes(
      List<Prepared> prepared, List<Result> results, boolean wide) {
    List<ItemOutcome> outcomes = new ArrayList<>(prepared.size());
    int next = 0;
    for (Prepared each : prepared) {
      if (each.edit() == null) {
        outcomes.add(new ItemOutcome.Failed(each.fault()));
      } else if (next < results.size()) {
        outcomes.add(outcome(results.get(next++), wide));
      } else {
        break;
      }
    }
    return outcomes;
  }

  private static ItemOutcome outcome(Result result, boolean wide) {
    return switch (result) {
      case Result.Made made ->
          new ItemOutcome.Done(
              switch (made.applied().effect()) {
                case CREATED -> ItemOutcome.Effect.CREATED;
                case UPDATED -> ItemOutcome.Effect.UPDATED;
                case UNCHANGED -> ItemOutcome.Effect.UNCHANGED;
                case DELETED -> ItemOutcome.Effect.DELETED;
              });
      case Result.Refused refused -> {
        String message =
            refused.problems().stream()
                .map(EntryProblem::toString)
                .collect(Collectors.joining("; "));
        // Rights were looked at with the entry as it was, and an item before this one changed it.
        boolean overtaken =
            !wide && refused.problems().stream().anyMatch(it -> it.rule() == Rule.VERSION);
        yield refused.reference() || overtaken
            ? new ItemOutcome.Waiting(message)
            : new ItemOutcome.Failed(message);
      }
    };
  }
}
