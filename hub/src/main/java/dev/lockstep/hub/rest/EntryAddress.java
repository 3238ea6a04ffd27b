package dev.lockstep.hub.rest;

import dev.lockstep.hub.EntryRef;
import io.helidon.common.parameters.Parameters;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Which entry a path names: by its code, or by its id. */
public final class EntryAddress {
  public static final String BY_CODE = "by-external-reference-code";

  private EntryAddress() {}

  /**
   * The code from the path as it was sent, since what is decoded no longer tells %2F from a slash.
   */
  private static String code(ServerRequest request) {
    String path = request.prologue().uriPath().rawPath();
    String raw = path.substring(path.indexOf(BY_CODE) + BY_CODE.length() + 1);
    try {
      return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw Refusal.of(
          Status.BAD_REQUEST_400, "'" + raw + "' is no percent-encoded code; encode it as UTF-8");
    }
  }

  /** The entry that a path with {@code code} or {@code id} is about. */
  public static EntryRef of(ServerRequest request) {
    Parameters parameters = request.path().pathParameters();
    if (parameters.contains("code")) {
      return new EntryRef.Code(code(request));
    }
    String id = parameters.get("id");
    if (!id.matches("\\d{1,18}")) {
      throw Refusal.of(
          Status.NOT_FOUND_404,
          "'"
              + id
              + "' is not an id; write a number, or by-external-reference-code/ before a code");
    }
    return new EntryRef.Id(Long.parseLong(id));
  }
}
