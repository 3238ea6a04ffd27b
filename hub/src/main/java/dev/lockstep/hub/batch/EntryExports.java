package dev.lockstep.hub.batch;

import dev.lockstep.hub.access.Scopes;
import dev.lockstep.hub.liferay.EntryExport;
import dev.lockstep.hub.object.Definition;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Exports of entries by the words of their parameters. */
final class EntryExports {
  private final EntryExport export;

  EntryExports(EntryExport export) {
    this.export = export;
  }

  EntryCursor cursor(Definition definition, ExportParameters parameters, String after) {
    parameters.access().demandScope(Scopes.ofObject(definition.name()), false);
    Set<String> nested = new LinkedHashSet<>(names(parameters, "batchNestedFields"));
    nested.addAll(names(parameters, "nestedFields"));
    return new EntryCursor(
        export.rows(
            new EntryExport.Wanted(
                definition,
                definition.ofSites() ? site(parameters) : Optional.empty(),
                parameters.access(),
                parameters.get("filter").orElse(""),
                parameters.get("search").orElse(""),
                parameters.get("sort").orElse(""),
                names(parameters, "fieldNames"),
                nested),
            after.isEmpty() ? 0 : Long.parseLong(after)));
  }

  private static Optional<String> site(ExportParameters parameters) {
    for (String name : List.of("scopeKey", "siteExternalReferenceCode", "siteKey", "siteId")) {
      Optional<String> sent = parameters.get(name).filter(it -> !it.isBlank());
      if (sent.isPresent()) {
        return sent;
      }
    }
    return Optional.empty();
  }

  private static List<String> names(ExportParameters parameters, String parameter) {
    return Arrays.stream(parameters.get(parameter).orElse("").split(",", -1))
        .map(String::strip)
        .filter(it -> !it.isEmpty())
        .distinct()
        .toList();
  }
}
