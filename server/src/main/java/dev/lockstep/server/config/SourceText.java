package dev.lockstep.server.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Makes text of the file's bytes, and tells what a YAML reader could only stumble over. */
final class SourceText {
  private static final String AS_UTF_8 = "save the file as UTF-8";

  private static final int MOST_TOLD = 10;

  private final Problems problems;
  private int told;

  SourceText(Problems problems) {
    this.problems = problems;
  }

  /** The text, with what cannot be read replaced by blanks. */
  String of(byte[] bytes) {
    String text = decoded(bytes);
    StringBuilder clean = new StringBuilder(text.length());
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean bad = isControl(c) || c == '\uFFFE' || c == '\uFFFF' || isHalf(text, i);
      if (bad) {
        tell(
            new Place(line, i - lineStart + 1),
            "the character U+%04X cannot stand in a configuration".formatted((int) c),
            "leave it out, or write it as \"\\u%04x\" in double quotes".formatted((int) c));
      }
      clean.append(bad ? ' ' : c);
      if (c == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return clean.toString();
  }

  /** The text with tabs in indentation made blanks, each such line told. */
  String withoutTabs(String text) {
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String rest = lines[i].stripLeading();
      String indent = lines[i].substring(0, lines[i].length() - rest.length());
      if (indent.indexOf('\t') >= 0 && !rest.isEmpty()) {
        problems.add(
            new Where("", new Place(i + 1, indent.indexOf('\t') + 1)),
            "the line is indented with a tab",
            "indent with blanks");
      }
      lines[i] = (indent + rest).replace("\t", "  ");
    }
    return String.join("\n", lines);
  }

  private String decoded(byte[] bytes) {
    if (bytes.length >= 2 && (marks(bytes, 0xfe, 0xff) || marks(bytes, 0xff, 0xfe))) {
      problems.add(Where.FILE, "the file is UTF-16", AS_UTF_8);
      return new String(bytes, StandardCharsets.UTF_16);
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    for (CoderResult result = decoder.decode(in, out, true);
        result.isError();
        result = decoder.decode(in, out, true)) {
      tell(bytes, in.position());
      in.position(in.position() + result.length());
      out.put('?');
    }
    String text = out.flip().toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static boolean marks(byte[] bytes, int first, int second) {
    return (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
  }

  private void tell(byte[] bytes, int at) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < at; i++) {
      if (bytes[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    tell(
        new Place(line, at - lineStart + 1),
        "the byte 0x%02x is no UTF-8".formatted(bytes[at] & 0xff),
        AS_UTF_8);
  }

  /** The first few tell enough: a picture would fill pages. */
  private void tell(Place place, String fault, String remedy) {
    if (told++ < MOST_TOLD) {
      problems.add(new Where("", place), fault, remedy);
    }
  }

  private static boolean isControl(char c) {
    return (c < ' ' && c != '\n' && c != '\r' && c != '\t') || (c >= 0x7f && c < 0xa0 && c != 0x85);
  }

  private static boolean isHalf(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }
}
