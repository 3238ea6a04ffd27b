package dev.lockstep.server.config;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.engine.sync.Endpoint;
import dev.lockstep.engine.sync.SyncSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The sync of a whole schema: one like its template for each table of the source.
 *
 * @param template named as the user named it, with a {@code *} in the name of either dataset
 * @param tables only these tables, {@code *} standing for anything; empty for all
 * @param except not these tables, written alike
 */
public record SyncGroup(SyncSpec template, List<String> tables, List<String> except) {
  /** What Lockstep keeps in a database for itself. */
  private static final String OWN = "lockstep_";

  public SyncGroup {
    tables = List.copyOf(tables);
    except = List.copyOf(except);
    star(template.from());
    star(template.to());
  }

  private static Star star(Endpoint endpoint) {
    return Star.of(endpoint.dataset().name())
        .orElseThrow(() -> new IllegalArgumentException(endpoint + " has not one *"));
  }

  public String name() {
    return template.name();
  }

  /** The sync of one dataset of the source; empty when the dataset is none of this group's. */
  public Optional<SyncSpec> of(DatasetId dataset) {
    return star(template.from())
        .in(dataset.name())
        .filter(text -> takes(table(dataset.name())))
        .map(text ->
            template.as(
                name() + "." + table(dataset.name()),
                new Endpoint(template.from().system(), dataset),
                Endpoint.of(template.to().system(), star(template.to()).with(text))));
  }

  /** The datasets that {@code tables} names outright, whether they are there or not. */
  public List<DatasetId> named() {
    Star from = star(template.from());
    String schema = from.before().substring(0, from.before().lastIndexOf('.') + 1);
    return tables.stream()
        .filter(table -> !table.contains("*"))
        .map(table -> new DatasetId(schema + table))
        .filter(dataset -> of(dataset).isPresent())
        .toList();
  }

  /** The last part of a dataset's name, which tells the tables of one schema apart. */
  private static String table(String dataset) {
    return dataset.substring(dataset.lastIndexOf('.') + 1);
  }

  private boolean takes(String table) {
    return !table.startsWith(OWN)
        && (tables.isEmpty() || any(tables, table))
        && !any(except, table);
  }

  private static boolean any(List<String> patterns, String table) {
    return patterns.stream().anyMatch(pattern -> fits(pattern, table));
  }

  private static boolean fits(String pattern, String table) {
    String regex =
        Arrays.stream(pattern.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return table.matches(regex);
  }
}
