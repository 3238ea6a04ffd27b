package dev.lockstep.connectors.http;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the link to the next page in Link headers (RFC 8288). */
final class LinkHeader {
  private static final Pattern LINK =
      Pattern.compile("<([^<>]*)>((?:\\s*;[^,;\"]*(?:\"[^\"]*\")?)*)");
  private static final Pattern RELATION =
      Pattern.compile(";\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;,\"]+))", Pattern.CASE_INSENSITIVE);

  private LinkHeader() {}

  static Optional<String> next(List<String> headers) {
    for (String header : headers) {
      Matcher link = LINK.matcher(header);
      while (link.find()) {
        Matcher relation = RELATION.matcher(link.group(2));
        if (relation.find() && isNext(relation)) {
          return Optional.of(link.group(1));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isNext(Matcher relation) {
    String relations = relation.group(1) == null ? relation.group(2) : relation.group(1);
    return List.of(relations.strip().split("\\s+")).stream().anyMatch("next"::equalsIgnoreCase);
  }
}
