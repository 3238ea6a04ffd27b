package dev.lockstep.hub.module;

import dev.lockstep.hub.Draft;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A digest of what a request says: equal for equal requests, whatever the order of its fields. */
final class Print {
  private final MessageDigest digest;

  private Print() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static Print of(ServerRequest request) {
    Print print = new Print();
    print.add(request.prologue().method().text());
    print.add(request.prologue().uriPath().rawPath());
    print.add(header(request, HeaderNames.IF_MATCH));
    print.add(header(request, HeaderNames.IF_NONE_MATCH));
    return print;
  }

  Print with(Draft draft) {
    add(String.valueOf(draft.externalReferenceCode()));
    for (Map.Entry<String, @Nullable Object> value : new TreeMap<>(draft.values()).entrySet()) {
      add(value.getKey());
      Object sent = value.getValue();
      // The text "1" is not the number.
      add(sent == null ? "" : sent.getClass().getSimpleName());
      add(String.valueOf(sent));
    }
    return this;
  }

  String text() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String header(ServerRequest request, HeaderName name) {
    return request.headers().contains(name)
        ? String.join(",", request.headers().get(name).allValues())
        : "";
  }

  /** With its length, so that two neighbours cannot be mistaken for two others. */
  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }
}
