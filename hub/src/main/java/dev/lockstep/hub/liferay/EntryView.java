package dev.lockstep.hub.liferay;

import io.helidon.common.uri.UriQuery;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of entries a caller wants to see.
 *
 * @param only the properties to show; empty for all
 * @param without the properties to leave out
 * @param nested the relationships whose entries are shown within
 */
record EntryView(Set<String> only, Set<String> without, Set<String> nested) {
  static final EntryView WHOLE = new EntryView(Set.of(), Set.of(), Set.of());

  static EntryView of(UriQuery query) {
    return new EntryView(
        names(query, "fields"), names(query, "restrictFields"), names(query, "nestedFields"));
  }

  private static Set<String> names(UriQuery query, String parameter) {
    List<String> sent = query.contains(parameter) ? query.all(parameter) : List.of();
    return sent.stream()
        .flatMap(it -> Arrays.stream(it.split(",", -1)))
        .map(String::strip)
        .filter(it -> !it.isEmpty())
        .collect(Collectors.toSet());
  }

  boolean shows(String property) {
    return (only.isEmpty() || only.contains(property)) && !without.contains(property);
  }
}
