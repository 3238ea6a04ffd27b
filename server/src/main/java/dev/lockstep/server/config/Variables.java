package dev.lockstep.server.config;

import dev.lockstep.server.config.Node.Scalar.Origin;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts in what values take from elsewhere: {@code ${NAME}} from the environment, {@code
 * ${file:path}} from a file beside the configuration. A doubled dollar sign before the brace stands
 * for the characters themselves. What was put in is never shown.
 */
final class Variables {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(\\}?)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final int LONGEST_FILE = 1 << 20;

  private final Path directory;
  private final Map<String, String> environment;
  private final Problems problems;

  Variables(Path directory, Map<String, String> environment, Problems problems) {
    this.directory = directory;
    this.environment = environment;
    this.problems = problems;
  }

  /** The same nodes with every reference resolved. */
  Node resolved(Where where, Node node) {
    return switch (node) {
      case Node.Scalar scalar -> resolved(where.at(scalar.place()), scalar);
      case Node.Block block -> {
        List<Node.Entry> entries = new ArrayList<>();
        for (Node.Entry entry : block.entries()) {
          Where at = where.in(entry.key(), entry.at());
          entries.add(new Node.Entry(entry.key(), entry.at(), resolved(at, entry.value())));
        }
        yield new Node.Block(block.place(), entries, block.complete());
      }
      case Node.Items items -> {
        List<Node> nodes = new ArrayList<>();
        for (Node each : items.nodes()) {
          nodes.add(resolved(where.element(nodes.size(), each.place()), each));
        }
        yield new Node.Items(items.place(), nodes);
      }
    };
  }

  private Node.Scalar resolved(Where where, Node.Scalar scalar) {
    if (scalar.isUnknown() || !scalar.text().contains("${")) {
      return scalar;
    }
    StringBuilder text = new StringBuilder();
    Origin origin = Origin.FILE;
    Matcher matcher = REFERENCE.matcher(scalar.text());
    int from = 0;
    while (matcher.find()) {
      text.append(scalar.text(), from, matcher.start());
      from = matcher.end();
      if (matcher.group().equals("$${")) {
        text.append("${");
        continue;
      }
      String value = value(where, matcher.group(1), !matcher.group(2).isEmpty());
      if (value == null) {
        origin = Origin.UNKNOWN;
        continue;
      }
      problems.hide(value);
      origin = origin == Origin.UNKNOWN ? origin : Origin.VARIABLE;
      text.append(value);
    }
    text.append(scalar.text(), from, scalar.text().length());
    return new Node.Scalar(scalar.place(), text.toString(), scalar.plain(), origin);
  }

  private @Nullable String value(Where where, String reference, boolean closed) {
    if (!closed) {
      problems.add(
          where, "a '${' is never closed", "write ${NAME}, or $${ for the characters themselves");
      return null;
    }
    if (reference.startsWith("file:")) {
      return fromFile(where, reference.substring("file:".length()));
    }
    if (!NAME.matcher(reference).matches()) {
      problems.add(
          where,
          "'${" + reference + "}' names no variable",
          "write ${NAME} with letters, digits and '_', ${file:path},"
              + " or $${ for the characters themselves");
      return null;
    }
    String value = environment.get(reference);
    if (value == null) {
      problems.add(
          where,
          "the variable " + reference + " is not set",
          "set it before starting: export " + reference + "=...");
    }
    return value;
  }

  private @Nullable String fromFile(Where where, String name) {
    try {
      Path file = directory.resolve(name.strip());
      if (!Files.isRegularFile(file)) {
        return refused(where, name, "there is no such file", "create it at " + file);
      }
      if (Files.size(file) > LONGEST_FILE) {
        return refused(where, name, "it is larger than 1 MiB", "name a file with the value alone");
      }
      return Files.readString(file).replaceFirst("\\R\\z", "");
    } catch (CharacterCodingException e) {
      return refused(where, name, "it is not UTF-8", "save it as UTF-8");
    } catch (IOException e) {
      return refused(where, name, "it cannot be read", "give this user the right to read it");
    } catch (InvalidPathException e) {
      return refused(where, name, "this is no file name", "write ${file:secrets/token.txt}");
    }
  }

  private @Nullable String refused(Where where, String name, String fault, String remedy) {
    problems.add(where, "the file '" + name + "' cannot stand for a value: " + fault, remedy);
    return null;
  }
}
