package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Writer;
import dev.lockstep.connectors.http.JsonApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes entries by their external reference codes, one by one or many at once: what is there is
 * changed, what is not is created. Repeating either changes nothing.
 */
final class EntryWriter implements Writer {
  private static final Duration PARENT_WAIT = Duration.ofSeconds(1);
  private static final String CORRECT = "correct the entry or the mapping, then replay it";

  private static final Row NOTHING = Row.of(new Schema(List.of()));

  private final Remote remote;
  private final Catalog catalog;
  private final Recent recent;
  private final EntryImports imports;

  EntryWriter(Remote remote, Catalog catalog, Recent recent, EntryImports imports) {
    this.remote = remote;
    this.catalog = catalog;
    this.recent = recent;
    this.imports = imports;
  }

  @Override
  public Set<Ability> abilities(DatasetId dataset) {
    return EnumSet.of(Ability.UPSERT, Ability.DELETE, Ability.EXCHANGES);
  }

  @Override
  public List<Outcome> write(Batch batch) throws InterruptedException {
    ObjectShape shape = catalog.require(batch.dataset());
    if (batch.mode() != Mode.UPSERT || !batch.key().equals(shape.dataset().key())) {
      throw new ConnectorException(
          new Failure.Permanent(
              "entries of "
                  + batch.dataset()
                  + " are only upserted by externalReferenceCode; write mode: upsert or mirror, and"
                  + " leave out key"));
    }
    if (batch.mutations().size() > 1) {
      return imports.write(shape, batch);
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (Mutation mutation : batch.mutations()) {
      outcomes.add(write(shape, mutation, Standing.ANY));
    }
    return outcomes;
  }

  @Override
  public Optional<Many> many(DatasetId dataset) throws InterruptedException {
    return imports.many(catalog.require(dataset));
  }

  private Outcome write(ObjectShape shape, Mutation mutation, Standing standing)
      throws InterruptedException {
    String code = mutation.key().part(0).toString();
    return switch (mutation) {
      case Mutation.Upsert upsert -> upsert(shape, code, upsert.row(), standing);
      case Mutation.Delete _ -> delete(shape, code, standing);
      case Mutation.Move move -> throw new IllegalArgumentException("no moves are taken: " + move);
    };
  }

  /**
   * Reads each entry right before it is written. A Lockstep then takes the write only of the very
   * version that was read; with a Liferay, which knows no versions, a moment is left in between.
   */
  @Override
  public List<Outcome> exchange(Batch batch, List<Optional<Row>> expected)
      throws InterruptedException {
    ObjectShape shape = catalog.require(batch.dataset());
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < batch.mutations().size(); i++) {
      Mutation mutation = batch.mutations().get(i);
      Standing standing = Standing.of(remote, shape, mutation.key().part(0).toString());
      outcomes.add(
          standing.isAs(expected.get(i)) ? write(shape, mutation, standing) : Standing.CHANGED);
    }
    return outcomes;
  }

  private Outcome upsert(ObjectShape shape, String code, Row row, Standing standing)
      throws InterruptedException {
    Optional<Outcome> unfit = unaddressable(code);
    if (unfit.isPresent()) {
      return unfit.get();
    }
    ObjectNode body;
    try {
      body = EntryBody.of(shape, row);
    } catch (Unfit e) {
      return new Outcome.Rejected(e.fault(), e.remedy());
    }
    Outcome outcome = written(shape, code, row, body, standing);
    // The parent may have come between the refusal and the question whether it is there.
    return outcome instanceof Outcome.Rejected && namesParents(shape, row)
        ? written(shape, code, row, body, standing)
        : outcome;
  }

  private Outcome written(
      ObjectShape shape, String code, Row row, ObjectNode body, Standing standing)
      throws InterruptedException {
    String target = shape.entry(code);
    // Not PUT at first: it replaces, and would empty what is not mapped.
    String method = standing.isAbsent() ? "PUT" : "PATCH";
    JsonApi.Answer answer =
        remote.send(
            method, target, standing.isAbsent() ? asNew(shape, body) : body, standing.conditions());
    if (isGone(answer) && !standing.known()) {
      method = "PUT";
      answer = remote.send("PUT", target, asNew(shape, body));
    }
    if (standing.refuses(answer)) {
      return Standing.CHANGED;
    }
    if (answer.isSuccess()) {
      note(shape, code, row, method, target, answer);
      return Outcome.APPLIED;
    }
    return refused(shape, row, method, target, answer);
  }

  private static boolean namesParents(ObjectShape shape, Row row) {
    return shape.columns().stream()
        .anyMatch(it -> it.kind() == Column.Kind.PARENT && row.get(it.name()) instanceof String);
  }

  /** A new entry has nothing that would have to be emptied, and no parent to be parted from. */
  private static ObjectNode asNew(ObjectShape shape, ObjectNode body) {
    ObjectNode some = body.deepCopy();
    for (Column column : shape.columns()) {
      JsonNode value = some.path(column.name());
      boolean parted = column.kind() == Column.Kind.PARENT && value.asString("").isEmpty();
      if (value.isNull() || parted) {
        some.remove(List.of(column.name(), column.idName()));
      }
    }
    return some;
  }

  /** Codes that no path leads to. */
  static Optional<Outcome> unaddressable(String code) {
    boolean none = code.isBlank() || code.equals(".") || code.equals("..");
    return none
        ? Optional.of(
            new Outcome.Rejected(
                "'" + code + "' cannot be an external reference code", "map another key"))
        : Optional.empty();
  }

  private void note(
      ObjectShape shape,
      String code,
      Row row,
      String method,
      String target,
      JsonApi.Answer answer) {
    Recent.Where where = new Recent.Where(shape.id(), code);
    if (EntryRows.read(shape, remote.json(method, target, answer))
        instanceof EntryRows.Read.Good(Row after)) {
      recent.wrote(where, Print.of(shape, row), Print.of(shape, after));
    }
  }

  private static boolean isGone(JsonApi.Answer answer) {
    return answer.status() == 404 || answer.status() == 410;
  }

  private Outcome delete(ObjectShape shape, String code, Standing standing)
      throws InterruptedException {
    Optional<Outcome> unfit = unaddressable(code);
    if (unfit.isPresent()) {
      return Outcome.UNCHANGED;
    }
    String target = shape.entry(code);
    JsonApi.Answer answer = remote.send("DELETE", target, null, standing.conditions());
    if (isGone(answer)) {
      return Outcome.UNCHANGED;
    }
    if (standing.refuses(answer)) {
      return Standing.CHANGED;
    }
    if (answer.isSuccess()) {
      recent.deleted(new Recent.Where(shape.id(), code));
      return Outcome.APPLIED;
    }
    return refused(shape, NOTHING, "DELETE", target, answer);
  }

  /** What becomes of an entry that was not taken. Throws when it is about more than this one. */
  private Outcome refused(
      ObjectShape shape, Row row, String method, String target, JsonApi.Answer answer)
      throws InterruptedException {
    int status = answer.status();
    String said = Remote.call(method, target) + " answered " + remote.said(answer);
    boolean aboutThisEntry = status == 400 || status == 404 || status == 409 || status == 422;
    if (aboutThisEntry || status == 500) {
      Optional<String> missing = missingParent(shape, row);
      if (missing.isPresent()) {
        return new Outcome.Deferred(
            missing.get() + " is not there yet; it is tried again once that may be",
            Optional.of(PARENT_WAIT));
      }
    }
    if (status == 409 && method.equals("DELETE")) {
      return new Outcome.Deferred(said, answer.retryAfter());
    }
    if (aboutThisEntry || status == 412 || status == 413) {
      return new Outcome.Rejected(said, CORRECT);
    }
    if (status == 500) {
      return new Outcome.Deferred(said, answer.retryAfter());
    }
    throw remote.failure(method, target, answer);
  }

  /** The parent that an entry names and that is not there, as words. */
  private Optional<String> missingParent(ObjectShape shape, Row row) throws InterruptedException {
    for (Column column : shape.columns()) {
      if (column.kind() == Column.Kind.PARENT && row.get(column.name()) instanceof String code) {
        Optional<ObjectShape> parent = parentOf(shape, column);
        if (parent.isPresent()
            && unaddressable(code).isEmpty()
            && remote.find(parent.get().entry(code)).isEmpty()) {
          return Optional.of(parent.get().name() + " '" + code + "' (" + column.name() + ")");
        }
      }
    }
    return Optional.empty();
  }

  /** The parent's entries; of an object of sites those of the same one. */
  private Optional<ObjectShape> parentOf(ObjectShape child, Column column)
      throws InterruptedException {
    Optional<String> name = column.parentName();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    String dataset = child.id().name();
    int dot = dataset.lastIndexOf('.');
    Optional<ObjectShape> parent = catalog.named(name.get());
    return parent
        .filter(it -> !it.ofSites() || dot > 0)
        .map(it ->
            it.ofSites() && it.id().name().indexOf('.') < 0
                ? it.of(dataset.substring(0, dot))
                : it);
  }

  /** Parents first. */
  @Override
  public List<DatasetId> inOrderOfReference(List<DatasetId> datasets) throws InterruptedException {
    Set<DatasetId> ordered = new LinkedHashSet<>();
    for (DatasetId dataset : datasets) {
      place(dataset, datasets, ordered, new LinkedHashSet<>());
    }
    return List.copyOf(ordered);
  }

  private void place(
      DatasetId dataset, List<DatasetId> wanted, Set<DatasetId> ordered, Set<DatasetId> above)
      throws InterruptedException {
    if (!wanted.contains(dataset) || ordered.contains(dataset) || !above.add(dataset)) {
      return;
    }
    ObjectShape shape = catalog.require(dataset);
    for (Column column : shape.columns()) {
      Optional<ObjectShape> parent = parentOf(shape, column);
      if (parent.isPresent()) {
        place(parent.get().id(), wanted, ordered, above);
      }
    }
    ordered.add(dataset);
  }
}
