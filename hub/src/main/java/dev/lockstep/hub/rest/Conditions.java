package dev.lockstep.hub.rest;

import dev.lockstep.hub.Entry;
import dev.lockstep.hub.Match;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Conditional requests of RFC 9110: an entry's version is its entity tag. */
public final class Conditions {
  private static final Pattern TAG = Pattern.compile("\"(\\d{1,18})\"");

  /** A version no entry has: a tag that is not the hub's matches none. */
  private static final Match NEVER = new Match.Version(-1);

  private Conditions() {}

  /** The tag of an entry in its present version. */
  public static String tag(Entry entry) {
    return '"' + Long.toString(entry.version()) + '"';
  }

  /** What a write demands of the entry's present state. */
  public static Match of(ServerRequest request) {
    Optional<String> present = header(request, HeaderNames.IF_MATCH);
    Optional<String> absent = header(request, HeaderNames.IF_NONE_MATCH);
    if (present.isPresent() && absent.isPresent()) {
      throw Refusal.of(
          Status.BAD_REQUEST_400, "If-Match and If-None-Match contradict each other; send one");
    }
    if (absent.isPresent()) {
      if (!absent.get().equals("*")) {
        throw Refusal.of(
            Status.BAD_REQUEST_400,
            "If-None-Match of a write takes * only; use If-Match for a version");
      }
      return new Match.Absent();
    }
    return present.map(Conditions::demanded).orElse(Match.ANY);
  }

  private static Match demanded(String value) {
    if (value.equals("*")) {
      return new Match.Present();
    }
    if (value.contains(",")) {
      throw Refusal.of(
          Status.BAD_REQUEST_400, "If-Match takes one entity tag; send the one you read");
    }
    Matcher matcher = TAG.matcher(value);
    return matcher.matches() ? new Match.Version(Long.parseLong(matcher.group(1))) : NEVER;
  }

  /** Whether a reader has this version already. */
  public static boolean known(ServerRequest request, Entry entry) {
    Optional<String> value = header(request, HeaderNames.IF_NONE_MATCH);
    if (value.isEmpty()) {
      return false;
    }
    for (String tag : value.get().split(",", -1)) {
      String bare = tag.strip();
      if (bare.equals("*") || bare.equals(tag(entry)) || bare.equals("W/" + tag(entry))) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> header(ServerRequest request, HeaderName name) {
    return request.headers().contains(name)
        ? Optional.of(String.join(",", request.headers().get(name).allValues()).strip())
        : Optional.empty();
  }
}
