package dev.lockstep.server.extension;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A {@code client-extension.yaml}: what a project declares, and how its files are put together.
 *
 * @param batches the codes of its batch extensions; at most one
 */
record ProjectFile(
    List<Assembly> assemblies,
    List<String> batches,
    List<HeadlessServer> applications,
    List<String> notes) {
  static final String NAME = "client-extension.yaml";

  private static final String ASSEMBLE = "assemble";

  /**
   * Files that go into the archive.
   *
   * @param from the folder they lie in
   * @param into the folder they go to; empty for the top
   * @param include patterns, one of which their paths below {@code from} match
   */
  record Assembly(String from, String into, List<String> include) {}

  static ProjectFile read(Content content, String place) throws IOException, ExtensionRefused {
    Object root;
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setLabel(NAME)
              .setAllowDuplicateKeys(false)
              .setMaxAliasesForCollections(20)
              .build();
      root =
          new Load(settings)
              .loadFromString(new String(content.small(place), StandardCharsets.UTF_8));
    } catch (YamlEngineException malformed) {
      throw new ExtensionRefused(
          NAME + " is no YAML: " + first(malformed), "correct that line, and try again");
    }
    if (!(root instanceof Map<?, ?> map)) {
      throw new ExtensionRefused(
          NAME + " declares nothing", "declare an extension with type: batch");
    }
    return new Reading().of(map);
  }

  private static String first(YamlEngineException malformed) {
    return String.valueOf(malformed.getMessage())
        .lines()
        .limit(3)
        .reduce("", (a, b) -> a + " " + b)
        .strip();
  }

  /** One file on its way in. */
  private static final class Reading {
    private final List<Assembly> assemblies = new ArrayList<>();
    private final List<String> batches = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, HeadlessServer> applications = new LinkedHashMap<>();
    private final Map<String, String> needed = new LinkedHashMap<>();

    ProjectFile of(Map<?, ?> root) throws ExtensionRefused {
      for (Map.Entry<?, ?> entry : root.entrySet()) {
        String key = String.valueOf(entry.getKey());
        if (key.equals(ASSEMBLE)) {
          assemblies(entry.getValue());
        } else if (entry.getValue() instanceof Map<?, ?> extension) {
          extension(key, extension);
        }
      }
      if (batches.size() > 1) {
        throw new ExtensionRefused(
            NAME + " declares " + batches.size() + " batch extensions",
            "keep one in a project, as Liferay's workspace demands");
      }
      for (Map.Entry<String, String> need : needed.entrySet()) {
        if (!applications.containsKey(need.getValue())) {
          throw new ExtensionRefused(
              need.getKey()
                  + " of "
                  + NAME
                  + " names the application '"
                  + need.getValue()
                  + "', which is not declared",
              "declare it with type: " + HeadlessServer.TYPE);
        }
      }
      return new ProjectFile(assemblies, batches, List.copyOf(applications.values()), notes);
    }

    private void assemblies(@Nullable Object value) throws ExtensionRefused {
      if (!(value instanceof List<?> list)) {
        throw new ExtensionRefused(ASSEMBLE + " of " + NAME + " is no list", "write - from: batch");
      }
      for (Object each : list) {
        if (!(each instanceof Map<?, ?> one)) {
          throw new ExtensionRefused(
              ASSEMBLE + " of " + NAME + " has something without from", "write - from: batch");
        }
        if (one.get("from") == null) {
          notes.add(
              "assemble: '"
                  + (one.containsKey("fromTask") ? "fromTask: " + one.get("fromTask") : one)
                  + "' is built by Liferay's workspace and left out");
          continue;
        }
        String from = folder(text(one.get("from")));
        String into = folder(text(one.get("into")));
        assemblies.add(new Assembly(from, into, texts(one.get("include"))));
      }
    }

    private static String folder(String sent) throws ExtensionRefused {
      String folder = sent.replaceFirst("^(\\./)+", "").replaceFirst("/+$", "");
      if (folder.equals(".")) {
        return "";
      }
      if (!folder.isEmpty()) {
        ZipContent.checkName(folder);
      }
      return folder;
    }

    private void extension(String code, Map<?, ?> extension) {
      String type = text(extension.get("type"));
      switch (type) {
        case "batch" -> {
          batches.add(code);
          needed.put(code, text(extension.get(HeadlessServer.TYPE)));
        }
        case HeadlessServer.TYPE ->
            applications.put(
                code,
                new HeadlessServer(
                    code,
                    extension.get("name") == null ? code : text(extension.get("name")),
                    texts(extension.get("scopes"))));
        default -> notes.add(code + " is of type " + type + ", which has no meaning here");
      }
    }

    private static String text(@Nullable Object value) {
      return value == null ? "" : String.valueOf(value).strip();
    }

    private static List<String> texts(@Nullable Object value) {
      return switch (value) {
        case null -> List.of();
        case List<?> list -> list.stream().map(Reading::text).toList();
        default -> text(value).lines().map(String::strip).filter(it -> !it.isEmpty()).toList();
      };
    }
  }
}
