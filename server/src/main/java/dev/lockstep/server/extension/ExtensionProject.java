package dev.lockstep.server.extension;

import dev.lockstep.server.extension.ProjectFile.Assembly;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A project with what it declares: one that Liferay's workspace has built, or its sources with
 * their {@code client-extension.yaml}. Files are read from the content it was made of.
 */
public final class ExtensionProject {
  private static final String PROPERTIES = "WEB-INF/liferay-plugin-package.properties";
  private static final String HEADER = "Liferay-Client-Extension-Batch";
  private static final String CONFIG = ".client-extension-config.json";
  private static final String SERVER =
      "com.liferay.oauth2.provider.configuration.OAuth2ProviderApplicationHeadlessServer"
          + "Configuration~";
  private static final String BATCH = "batch/";

  private final Extension extension;
  private final Content content;

  /** Where a file of the extension lies in the content. */
  private final SortedMap<String, String> places;

  private ExtensionProject(Extension extension, Content content, SortedMap<String, String> places) {
    this.extension = extension;
    this.content = content;
    this.places = places;
  }

  /**
   * Reads what a project declares.
   *
   * @param fallback its name, where it has none of its own
   */
  public static ExtensionProject of(Content content, String fallback)
      throws IOException, ExtensionRefused {
    if (content.paths().contains(PROPERTIES)) {
      return built(content, fallback);
    }
    for (String path : content.paths()) {
      if (path.equals(ProjectFile.NAME) || path.matches("[^/]+/" + ProjectFile.NAME)) {
        return sources(content, path, fallback);
      }
    }
    throw new ExtensionRefused(
        "it has neither " + PROPERTIES + " nor " + ProjectFile.NAME,
        "give an archive that Liferay's workspace has built, or a project's folder");
  }

  /** Whether it holds projects instead of being one: archives within an archive. */
  public static List<String> bundled(Content content) {
    boolean single =
        content.paths().contains(PROPERTIES)
            || content.paths().stream().anyMatch(it -> it.endsWith(ProjectFile.NAME));
    return single
        ? List.of()
        : content.paths().stream()
            .filter(it -> it.endsWith(".zip"))
            .sorted(NaturalOrder.OF_TEXTS)
            .toList();
  }

  private static ExtensionProject built(Content content, String fallback)
      throws IOException, ExtensionRefused {
    Properties properties = new Properties();
    try {
      properties.load(new ByteArrayInputStream(content.small(PROPERTIES)));
    } catch (IllegalArgumentException malformed) {
      throw new ExtensionRefused(
          PROPERTIES + " cannot be read: " + malformed.getMessage(), "build the archive again");
    }
    SortedMap<String, String> places = new TreeMap<>(NaturalOrder.OF_TEXTS);
    for (String folder : properties.getProperty(HEADER, "").split(",", -1)) {
      String below = folder.strip().replaceFirst("/*$", "/");
      content.paths().stream()
          .filter(it -> !folder.isBlank() && it.startsWith(below) && it.endsWith(Extension.DATA))
          .forEach(it -> places.put(it, it));
    }
    List<HeadlessServer> applications = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (String path : content.paths()) {
      if (path.endsWith(CONFIG) && path.indexOf('/') < 0) {
        configured(content, path, applications, notes);
      }
    }
    String name = properties.getProperty("name", properties.getProperty("Bundle-SymbolicName", ""));
    return checked(
        new Extension(
            name.isBlank() ? fallback : name.strip(),
            List.copyOf(places.keySet()),
            applications,
            notes),
        content,
        places);
  }

  private static void configured(
      Content content, String path, List<HeadlessServer> applications, List<String> notes)
      throws IOException, ExtensionRefused {
    JsonNode root;
    try {
      root = JsonMapper.shared().readTree(content.small(path));
    } catch (JacksonException malformed) {
      throw new ExtensionRefused(
          path + " is no JSON: " + malformed.getOriginalMessage(), "build the archive again");
    }
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      String key = entry.getKey();
      JsonNode value = entry.getValue();
      if (key.startsWith(SERVER)) {
        String code = key.substring(SERVER.length());
        List<String> scopes = new ArrayList<>();
        value.path("scopes").forEach(it -> scopes.add(it.asString("")));
        applications.add(new HeadlessServer(code, value.path("name").asString(code), scopes));
      } else {
        notes.add(key + " has no meaning here");
      }
    }
  }

  private static ExtensionProject sources(Content content, String file, String fallback)
      throws IOException, ExtensionRefused {
    String top = file.substring(0, file.length() - ProjectFile.NAME.length());
    ProjectFile project = ProjectFile.read(content, file);
    SortedMap<String, String> places = new TreeMap<>(NaturalOrder.OF_TEXTS);
    for (Assembly assembly : project.assemblies()) {
      assemble(content, top, assembly, places);
    }
    if (project.batches().isEmpty()) {
      places.clear();
    } else if (project.assemblies().isEmpty()) {
      assemble(content, top, new Assembly("batch", "batch", List.of()), places);
    }
    places.keySet().removeIf(it -> !it.startsWith(BATCH) || !it.endsWith(Extension.DATA));
    String name = top.isEmpty() ? fallback : top.substring(0, top.length() - 1);
    return checked(
        new Extension(name, List.copyOf(places.keySet()), project.applications(), project.notes()),
        content,
        places);
  }

  private static void assemble(
      Content content, String top, Assembly assembly, SortedMap<String, String> places) {
    String from = top + (assembly.from().isEmpty() ? "" : assembly.from() + "/");
    String into = assembly.into().isEmpty() ? "" : assembly.into() + "/";
    List<PathMatcher> patterns =
        assembly.include().stream()
            .map(it -> FileSystems.getDefault().getPathMatcher("glob:" + it))
            .toList();
    for (String path : content.paths()) {
      if (path.startsWith(from)) {
        String below = path.substring(from.length());
        boolean included =
            patterns.isEmpty() || patterns.stream().anyMatch(it -> it.matches(Path.of(below)));
        if (included) {
          places.put(into + below, path);
        }
      }
    }
  }

  private static ExtensionProject checked(
      Extension extension, Content content, SortedMap<String, String> places)
      throws ExtensionRefused {
    if (extension.files().isEmpty() && extension.applications().isEmpty()) {
      throw new ExtensionRefused(
          "the project "
              + extension.name()
              + " has no batch files and no application, so nothing is to be done",
          extension.notes().isEmpty()
              ? "put files *" + Extension.DATA + " below batch"
              : String.join("; ", extension.notes()));
    }
    if (!extension.name().matches("[A-Za-z0-9][A-Za-z0-9._ -]{0,99}")) {
      throw new ExtensionRefused(
          "the project's name is '" + extension.name().replaceAll("\\p{Cntrl}", "?") + "'",
          "name it with letters, digits, dots and dashes");
    }
    for (HeadlessServer application : extension.applications()) {
      if (!application.code().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,199}")) {
        throw new ExtensionRefused(
            "the application's code is '" + application.code() + "'",
            "name it with letters, digits, dots and dashes");
      }
    }
    return new ExtensionProject(extension, content, places);
  }

  public Extension extension() {
    return extension;
  }

  /** A file of the extension by its path, to be closed. */
  public InputStream open(String path) throws IOException {
    String place = places.get(path);
    if (place == null) {
      throw new IOException(path + " is no file of " + extension.name());
    }
    return content.open(place);
  }
}
