package dev.lockstep.engine;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetCreator;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Limits;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Ability;
import dev.lockstep.engine.delivery.Delivery;
import dev.lockstep.engine.delivery.Letters;
import dev.lockstep.engine.delivery.Parking;
import dev.lockstep.engine.delivery.Precedence;
import dev.lockstep.engine.delivery.Target;
import dev.lockstep.engine.mapping.Compiled;
import dev.lockstep.engine.mapping.Mapper;
import dev.lockstep.engine.mapping.MapperCompiler;
import dev.lockstep.engine.run.FirstLoad;
import dev.lockstep.engine.run.Route;
import dev.lockstep.engine.sync.Endpoint;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.SyncSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Brings a sync's specification together with what its systems hold. */
final class PrepareRoute {
  private final EngineParts parts;
  private final SyncSpec spec;
  private final RunningSystem from;
  private final RunningSystem to;
  private final boolean grouped;

  /**
   * @param grouped whether it is filled together with the datasets that it may refer to
   */
  PrepareRoute(
      EngineParts parts, SyncSpec spec, RunningSystem from, RunningSystem to, boolean grouped) {
    this.parts = parts;
    this.spec = spec;
    this.from = from;
    this.to = to;
    this.grouped = grouped;
  }

  /**
   * Throws {@link ConnectorException}: transient while a system is away, misconfigured with every
   * problem at once when the two do not fit.
   */
  Route prepare() throws InterruptedException {
    return prepare(true);
  }

  /** The same, to see whether it can be done: leaves the target's fields as they are. */
  Route look() throws InterruptedException {
    return prepare(false);
  }

  /** How a first load would go; empty where neither system hands records on as bytes. */
  Optional<FirstLoad> firstLoad() throws InterruptedException {
    Connection target = to.connection(spec.freshness());
    if (from.connection(spec.freshness()).formReader().isEmpty() && target.formWriter().isEmpty()) {
      return Optional.empty();
    }
    try {
      // Whoever asks for a plan wants nothing made.
      return Optional.of(
          target.describe(spec.to().dataset()).isPresent()
              ? FirstLoad.of(look())
              : new FirstLoad.Unknown(spec.to() + " does not exist yet"));
    } catch (ConnectorException e) {
      return Optional.of(new FirstLoad.Unknown(String.valueOf(e.getMessage())));
    }
  }

  private Route prepare(boolean mayAlter) throws InterruptedException {
    Connection source = from.connection(spec.freshness());
    Connection target = to.connection(spec.freshness());
    Dataset sourceDataset = need(source, spec.from(), "from");
    Dataset found = target(target, sourceDataset);
    Dataset targetDataset =
        mayAlter
            ? new AnswerSchemaChange(parts.syncs(), spec, target).answer(sourceDataset, found)
            : found;
    Compiled.Ready compiled = compile(sourceDataset, targetDataset);
    Mapper mapper = compiled.mapper();
    Writer writer =
        target
            .writer()
            .orElseThrow(() ->
                misconfigured(
                    "to",
                    to.name() + " cannot be written to",
                    "choose a system whose connector writes"));
    Target into = into(target, grouped ? writer.filling() : writer, targetDataset, mapper);
    Delivery delivery =
        new Delivery(
            parts.installation(),
            spec.name(),
            parts.store(),
            into,
            Parking.open(parts.store(), spec.name(), parts.settings().mostParked()),
            new Letters(parts.store()),
            spec.retry(),
            spec.policies().onRefusal(),
            parts.clock(),
            parts.steps());
    return new Route(
        spec,
        sourceDataset,
        targetDataset,
        source.bulkReader(),
        source.formReader(),
        target.formWriter(),
        target.bulkReader(),
        target.lookup(),
        mapper,
        delivery,
        new Precedence(parts.settings().mostTouched()),
        parts.settings().keysAtOnce(),
        compiled.warnings(),
        () -> source.describe(sourceDataset.id()));
  }

  private Dataset need(Connection connection, Endpoint endpoint, String setting)
      throws InterruptedException {
    Optional<Dataset> found = connection.describe(endpoint.dataset());
    return found.orElseThrow(() ->
        misconfigured(
            setting,
            endpoint + " does not exist",
            spec.group()
                .map(group -> "name it in `except` of syncs." + group + " if it is gone for good")
                .orElse("see `lockstep discover " + endpoint.system() + "` for what does")));
  }

  private Dataset target(Connection connection, Dataset source) throws InterruptedException {
    Optional<Dataset> found = connection.describe(spec.to().dataset());
    if (found.isPresent()) {
      return found.get();
    }
    Optional<DatasetCreator> creator = connection.creator();
    if (creator.isEmpty()) {
      return need(connection, spec.to(), "to");
    }
    Dataset wanted = wanted(source);
    if (!spec.create()) {
      throw misconfigured(
          "to",
          spec.to() + " does not exist",
          "write `create: true`, or run: " + creator.get().statement(wanted));
    }
    creator.get().create(wanted);
    return need(connection, spec.to(), "to");
  }

  /** The dataset that the mapping would fill. */
  private Dataset wanted(Dataset source) {
    Schema none = new Schema(List.of());
    Dataset open = new Dataset(spec.to().dataset(), none, wantedKey(source), true);
    Mapper mapper = compile(source, open).mapper();
    return new Dataset(spec.to().dataset(), mapper.schema(), mapper.key(), false);
  }

  /** The declared key, or the source's key under the names that the mapping gives its fields. */
  private List<String> wantedKey(Dataset source) {
    if (!spec.key().isEmpty() || spec.map().isEmpty()) {
      return spec.key().isEmpty() ? source.key() : spec.key();
    }
    List<String> key = new ArrayList<>();
    for (String field : source.key()) {
      spec.map().entrySet().stream()
          .filter(entry -> entry.getValue().strip().equals("record." + field))
          .findFirst()
          .ifPresent(entry -> key.add(entry.getKey()));
    }
    return key.size() == source.key().size() ? key : List.of();
  }

  private Compiled.Ready compile(Dataset source, Dataset target) {
    return switch (MapperCompiler.compile(spec, source, target)) {
      case Compiled.Ready ready -> ready;
      case Compiled.Broken(List<Problem> problems) ->
          throw new ConnectorException(new Failure.Misconfigured(problems));
    };
  }

  private Target into(Connection target, Writer writer, Dataset dataset, Mapper mapper)
      throws InterruptedException {
    Set<Ability> abilities = writer.abilities(dataset.id());
    requireAbility(abilities, spec.mode() == Mode.APPEND ? Ability.APPEND : Ability.UPSERT);
    if (spec.mode() == Mode.MIRROR) {
      requireAbility(abilities, Ability.DELETE);
      if (target.bulkReader().isEmpty()) {
        throw misconfigured(
            "mode",
            to.name() + " cannot be read, so a mirror cannot tell what to delete there",
            "write `mode: upsert`, or describe how the target is listed");
      }
    }
    Limits limits = target.limits(dataset.id());
    return new Target(
        writer,
        target.lookup(),
        dataset.id(),
        mapper.key(),
        spec.mode() == Mode.APPEND ? Writer.Mode.APPEND : Writer.Mode.UPSERT,
        abilities,
        limits,
        limits.concurrentCalls().orElse(parts.settings().concurrentCalls()),
        to.circuit());
  }

  private void requireAbility(Set<Ability> abilities, Ability needed) {
    if (!abilities.contains(needed)) {
      throw misconfigured(
          "mode",
          spec.to() + " cannot " + needed.name().toLowerCase(java.util.Locale.ROOT),
          "choose another mode; it can " + abilities);
    }
  }

  private ConnectorException misconfigured(String setting, String message, String remedy) {
    Problem problem = new Problem("syncs." + spec.name() + "." + setting, message, remedy);
    return new ConnectorException(new Failure.Misconfigured(List.of(problem)));
  }
}
