package dev.lockstep.hub.liferay;

import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.fileupload.MultipartStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A form that sends a file: the part {@code file}, and {@code document} with what is said of it.
 *
 * @param name what the part calls the file
 */
public record FileForm(String name, JsonNode document) {
  private static final int MOST_DOCUMENT = 1 << 20;
  private static final int MOST_PARTS = 20;
  private static final int BUFFER = 64 << 10;
  private static final Pattern FIELD = Pattern.compile("(?i)[;\\s]name=\"([^\"]*)\"");
  private static final Pattern FILE = Pattern.compile("(?i)[;\\s]filename=\"([^\"]*)\"");
  private static final Pattern ENCODED = Pattern.compile("(?i)[;\\s]filename\\*=UTF-8''([^;\\s]*)");

  /** Reads a form, the file's content as it comes into the file that takes it. */
  public static FileForm read(ServerRequest request, OutputStream received) {
    String name = "";
    JsonNode document = Answer.JSON.createObjectNode();
    boolean found = false;
    try {
      MultipartStream parts =
          new MultipartStream(request.content().inputStream(), boundary(request), BUFFER, null);
      parts.setHeaderEncoding("UTF-8");
      int count = 0;
      for (boolean more = parts.skipPreamble(); more; more = parts.readBoundary()) {
        String headers = parts.readHeaders();
        String part = group(FIELD, headers, "");
        if (++count > MOST_PARTS) {
          throw Fault.bad("The form has more than " + MOST_PARTS + " parts", "send one file");
        }
        if (part.equals("file") && !found) {
          found = true;
          name = decoded(group(ENCODED, headers, ""), group(FILE, headers, ""));
          parts.readBodyData(received);
        } else if (part.equals("document")) {
          document = document(parts);
        } else {
          parts.discardBodyData();
        }
      }
    } catch (IOException cut) {
      throw Fault.bad("The form cannot be read: " + cut.getMessage(), "send it whole");
    }
    if (!found) {
      throw Fault.bad("The form has no file", "send the content as the part 'file'");
    }
    return new FileForm(name, document);
  }

  private static byte[] boundary(ServerRequest request) {
    return request
        .headers()
        .contentType()
        .filter(it -> it.subtype().toLowerCase(Locale.ROOT).equals("form-data"))
        .map(it -> it.parameters().getOrDefault("boundary", ""))
        .filter(it -> !it.isEmpty() && it.length() <= 70)
        .orElseThrow(() ->
            Fault.of(
                Status.UNSUPPORTED_MEDIA_TYPE_415,
                "The body is no form",
                "send multipart/form-data with the part 'file', as curl -F file=@… does"))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String decoded(String encoded, String plain) {
    if (encoded.isEmpty()) {
      return plain;
    }
    try {
      return java.net.URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw Fault.bad("The file's name '" + encoded + "' is not encoded", "encode it as UTF-8");
    }
  }

  private static String group(Pattern pattern, String headers, String otherwise) {
    Matcher matcher = pattern.matcher(headers);
    return matcher.find() ? matcher.group(1) : otherwise;
  }

  private static JsonNode document(MultipartStream parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    parts.readBodyData(
        new OutputStream() {
          @Override
          public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
          }

          @Override
          public void write(byte[] some, int from, int length) {
            if (bytes.size() + length > MOST_DOCUMENT) {
              throw Fault.of(
                  Status.REQUEST_ENTITY_TOO_LARGE_413,
                  "The part 'document' is longer than " + MOST_DOCUMENT + " bytes",
                  "send the content as the part 'file'");
            }
            bytes.write(some, from, length);
          }
        });
    try {
      JsonNode document = Answer.JSON.readTree(bytes.toByteArray());
      if (document.isObject()) {
        return document;
      }
    } catch (JacksonException malformed) {
      throw Fault.bad(
          "The part 'document' is no JSON: " + malformed.getOriginalMessage(), "send {…}");
    }
    throw Fault.bad("The part 'document' is no JSON object", "send {…}");
  }
}
