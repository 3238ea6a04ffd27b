package dev.lockstep.server.config;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Schema;
import dev.lockstep.engine.mapping.Compiled;
import dev.lockstep.engine.mapping.MapperCompiler;
import dev.lockstep.engine.sync.Endpoint;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.hub.ObjectDefinition;
import dev.lockstep.hub.SystemField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compiles a sync's condition and mapping as far as that can be done without calling a system: the
 * hub's fields are known, any other dataset may have any.
 */
final class CheckMapping {
  private static final String CODE = SystemField.EXTERNAL_REFERENCE_CODE.title();

  private final Systems systems;
  private final Problems problems;

  CheckMapping(Systems systems, Problems problems) {
    this.systems = systems;
    this.problems = problems;
  }

  void check(SyncDraft draft) {
    SyncSpec sync = draft.mapping();
    if (!draft.has("map") && !draft.has("where") && !isHub(sync.from()) && !isHub(sync.to())) {
      return;
    }
    Compiled compiled =
        MapperCompiler.compile(sync, dataset(sync.from(), List.of(), true), target(sync));
    switch (compiled) {
      case Compiled.Ready _ -> {}
      case Compiled.Broken(List<Problem> found) -> {
        for (Problem problem : found) {
          // Which key fields are missing from a map was told, and here only guessed.
          if (problem.setting().equals("key") && !draft.map().isEmpty()) {
            continue;
          }
          tell(draft.part(), problem);
        }
      }
    }
  }

  private void tell(Part sync, Problem problem) {
    Where where = sync.locate(problem.setting());
    boolean inMap = problem.setting().startsWith("map.");
    boolean hidden =
        inMap
            ? sync.part("map")
                .filter(map -> map.isHidden(problem.setting().substring(4)))
                .isPresent()
            : sync.isHidden(problem.setting());
    if (hidden) {
      problems.add(where, "the variable's value is no expression", "write one in CEL over record");
    } else {
      problems.add(where, problem.message(), problem.remedy());
    }
  }

  private Dataset target(SyncSpec sync) {
    // The target's own key is not known here; any field that is filled stands in for it.
    List<String> key =
        sync.map().isEmpty() ? sync.key() : List.of(sync.map().firstEntry().getKey());
    return dataset(sync.to(), key.isEmpty() ? List.of("id") : key, false);
  }

  private Dataset dataset(Endpoint endpoint, List<String> key, boolean isSource) {
    Optional<ObjectDefinition> object =
        isHub(endpoint) ? systems.object(endpoint.dataset().name()) : Optional.empty();
    return object
        .map(definition -> hosted(endpoint.dataset(), definition, isSource))
        .orElseGet(() -> new Dataset(endpoint.dataset(), Schema.of(), key, true));
  }

  private static Dataset hosted(DatasetId id, ObjectDefinition object, boolean isSource) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field(CODE, SystemField.EXTERNAL_REFERENCE_CODE.type(), false));
    object.fields().forEach(it -> fields.add(new Field(it.name(), it.type(), !it.required())));
    if (isSource) {
      Stream.of(SystemField.ID, SystemField.DATE_CREATED, SystemField.DATE_MODIFIED)
          .forEach(it -> fields.add(new Field(it.title(), it.type(), false)));
    }
    return new Dataset(id, new Schema(fields), List.of(CODE), false);
  }

  private static boolean isHub(Endpoint endpoint) {
    return endpoint.system().equals(Systems.HUB);
  }
}
