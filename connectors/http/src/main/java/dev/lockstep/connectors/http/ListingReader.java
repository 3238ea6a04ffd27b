package dev.lockstep.connectors.http;

import dev.lockstep.connector.Settings;
import dev.lockstep.connectors.http.Listing.Paging;
import dev.lockstep.connectors.http.Listing.Until;
import java.util.Optional;
import java.util.Set;

/** Makes a {@link Listing} of a dataset's {@code list} block. */
final class ListingReader {
  private static final Set<String> PLACEHOLDERS =
      Set.of("page", "offset", "cursor", "size", "limit", "since");

  private final String at;
  private final Settings list;
  private final Problems problems;

  ListingReader(String dataset, Settings list, Problems problems) {
    this.at = dataset + ".list";
    this.list = list;
    this.problems = problems;
  }

  Listing read() {
    Template path = path();
    for (String placeholder : path.placeholders()) {
      if (!PLACEHOLDERS.contains(placeholder)) {
        problems.add(
            at + ".get",
            "{" + placeholder + "} is unknown here",
            "use {page}, {offset}, {cursor}, {size} or {since}");
      }
    }
    Optional<Listing.SinceRule> since = list.section("since").map(ListingReader::since);
    if (since.isPresent() != path.has("since")) {
      problems.add(
          at + (since.isPresent() ? ".get" : ".since"),
          since.isPresent()
              ? "the path has no {since}"
              : "{since} is in the path, but its field is not named",
          since.isPresent()
              ? "add it, as in &updatedSince={since}"
              : "write since: {field: updatedAt}");
    }
    return new Listing(
        at, path, FieldPath.of(list.text("items")), paging(path), (int) list.whole("size"), since);
  }

  private Template path() {
    try {
      return new Template(list.text("get"));
    } catch (IllegalArgumentException wrong) {
      problems.add(
          at + ".get", String.valueOf(wrong.getMessage()), "write it like /accounts?page={page}");
      return new Template("/");
    }
  }

  private Paging paging(Template path) {
    String style = list.optionalText("paging").orElseGet(() -> styleOf(path));
    return switch (style) {
      case "page" -> {
        need(path, "page");
        yield new Paging.Numbered(first(1), until(path));
      }
      case "offset" -> {
        need(path, "offset");
        yield new Paging.ByOffset(first(0), until(path));
      }
      case "cursor" -> {
        need(path, "cursor");
        yield new Paging.ByCursor(next("cursor"));
      }
      case "link" ->
          list.has("next") ? new Paging.ByBodyLink(next("link")) : new Paging.ByLinkHeader();
      default -> new Paging.Single();
    };
  }

  private static String styleOf(Template path) {
    for (String style : new String[] {"page", "offset", "cursor"}) {
      if (path.has(style)) {
        return style;
      }
    }
    return "none";
  }

  private void need(Template path, String placeholder) {
    if (!path.has(placeholder)) {
      problems.add(
          at + ".get",
          "the path has no {" + placeholder + "}",
          "add it, as in ?" + placeholder + "={" + placeholder + "}");
    }
  }

  private FieldPath next(String what) {
    Optional<String> next = list.optionalText("next");
    if (next.isEmpty()) {
      problems.add(
          at + ".next", "the field with the next " + what + " is not named", "write next: FIELD");
    }
    return FieldPath.of(next.orElse("next"));
  }

  private long first(long usual) {
    return list.has("first") ? list.whole("first") : usual;
  }

  private Until until(Template path) {
    String until = list.text("until");
    if (until.equals("short") && !path.has("size") && !path.has("limit")) {
      problems.add(
          at + ".until",
          "a page's size is not in the path, so no page is known to be short",
          "add {size} to the path");
    }
    return switch (until) {
      case "empty" -> new Until.Empty();
      case "short" -> new Until.Short();
      default -> new Until.Told(FieldPath.of(until));
    };
  }

  private static Listing.SinceRule since(Settings block) {
    Listing.Format format =
        switch (block.text("format")) {
          case "date" -> Listing.Format.DATE;
          case "epochSeconds" -> Listing.Format.EPOCH_SECONDS;
          case "epochMillis" -> Listing.Format.EPOCH_MILLIS;
          default -> Listing.Format.ISO;
        };
    return new Listing.SinceRule(block.text("field"), format);
  }
}
