package dev.lockstep.server.config;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.engine.sync.Endpoint;
import java.util.List;
import java.util.Optional;

/**
 * Checks what only the sync of a whole schema says, and what it may not: it makes one sync per
 * table, and these must be of one kind.
 */
final class CheckGroup {
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final List<String> OF_ONE_TABLE = List.of("where", "map", "key", "incremental");
  private static final List<String> OF_A_SCHEMA = List.of("tables", "except");

  private final Problems problems;

  CheckGroup(Problems problems) {
    this.problems = problems;
  }

  void check(SyncDraft sync) {
    if (!sync.isGroup()) {
      OF_A_SCHEMA.stream()
          .filter(sync::has)
          .forEach(key ->
              add(
                  sync,
                  key,
                  "this sync has one source, so there is nothing to choose from",
                  "leave it out, or write from: "
                      + sync.from().map(CheckGroup::schema).orElse("system.schema.*")));
      return;
    }
    sync.from().ifPresent(from -> star(sync, FROM, from));
    sync.to().ifPresent(to -> star(sync, TO, to));
    OF_ONE_TABLE.stream()
        .filter(sync::has)
        .forEach(key ->
            add(
                sync,
                key,
                "the tables of a schema have not the same fields",
                "leave it out; name a table that needs it in except, and write a sync of its own"));
    OF_A_SCHEMA.forEach(key -> names(sync, key));
  }

  private void star(SyncDraft sync, String key, Endpoint endpoint) {
    Optional<Star> star = Star.of(endpoint.dataset().name());
    if (star.isEmpty() && !endpoint.system().contains("*")) {
      boolean none = !Star.isIn(endpoint);
      add(
          sync,
          key,
          none
              ? "the other end has a * for its tables, and this one has none"
              : "there is more than one *",
          "write one * on either side, as in " + schema(endpoint));
    } else if (star.filter(it -> !it.isInTable()).isPresent()) {
      add(
          sync,
          key,
          "the * stands for a schema, and it can only stand for tables",
          "write one sync for each schema, as in " + endpoint.system() + ".public.*");
    }
  }

  private void names(SyncDraft sync, String key) {
    for (String name : sync.part().values().texts(key)) {
      if (name.contains(".") || name.isBlank()) {
        add(
            sync,
            key,
            "'" + name + "' is not the name of a table alone",
            "write "
                + (name.isBlank() || name.endsWith(".")
                    ? key + ": [orders]"
                    : "'" + name.substring(name.lastIndexOf('.') + 1) + "'"));
      }
    }
  }

  private static String schema(Endpoint endpoint) {
    String dataset = endpoint.dataset().name();
    int dot = dataset.lastIndexOf('.');
    String schema = dot < 0 ? "" : dataset.substring(0, dot + 1);
    return endpoint.system() + "." + (schema.contains("*") ? "public." : schema) + "*";
  }

  /**
   * Whether syncs from and to these ends may meet in a dataset; not certain where both are many.
   */
  static boolean meet(SyncDraft reader, Endpoint end) {
    Endpoint from = reader.from().orElseThrow();
    if (from.equals(end)) {
      return true;
    }
    if (!from.system().equals(end.system())) {
      return false;
    }
    Optional<Star> source = Star.of(from.dataset().name());
    Optional<Star> target = Star.of(end.dataset().name());
    if (source.isEmpty()) {
      return target.flatMap(star -> star.in(from.dataset().name())).isPresent();
    }
    return target.isPresent()
        ? source.get().meets(target.get())
        : reader.group().flatMap(group -> group.of(end.dataset())).isPresent();
  }

  /** The table of a whole schema's sync that would be written to this end. */
  static Optional<String> writes(SyncDraft group, Endpoint end) {
    if (group.from().isEmpty() || group.to().isEmpty()) {
      return Optional.empty();
    }
    Endpoint to = group.to().get();
    if (!to.system().equals(end.system())) {
      return Optional.empty();
    }
    return Star.of(to.dataset().name())
        .flatMap(star -> star.in(end.dataset().name()))
        .flatMap(text -> Star.of(group.from().get().dataset().name()).map(star -> star.with(text)))
        .flatMap(name -> group.group().flatMap(it -> it.of(new DatasetId(name))))
        .map(spec -> spec.name().substring(group.name().length() + 1));
  }

  private void add(SyncDraft sync, String key, String fault, String remedy) {
    problems.add(sync.part().at(key), fault, remedy);
  }
}
