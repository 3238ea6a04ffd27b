package dev.lockstep.server.config;

import dev.lockstep.connector.Settings;
import dev.lockstep.connector.Type;
import dev.lockstep.hub.module.Cut;
import dev.lockstep.hub.module.FieldSpec;
import dev.lockstep.hub.module.ModuleSpec;
import dev.lockstep.hub.module.VersionSpec;
import dev.lockstep.hub.module.ViewSpec;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Reads {@code hub.modules}; whether they fit their objects is found out when they are deployed.
 */
final class ReadModules {
  private static final String NAME = "[a-z][a-z0-9-]{0,59}";
  private static final String TAKEN = "hub|v\\d+";
  private static final String VERSION = "v[1-9]\\d{0,3}";

  private final Problems problems;

  ReadModules(Problems problems) {
    this.problems = problems;
  }

  /** Those that are sound. */
  List<ModuleSpec> read(Part hub) {
    List<ModuleSpec> modules = new ArrayList<>();
    hub.part("modules")
        .ifPresent(block -> {
          for (String name : block.values().values().keySet()) {
            if (!name.matches(NAME) || name.matches(TAKEN)) {
              problems.add(
                  block.at(name),
                  "'" + name + "' cannot name a module",
                  "write small letters, digits and '-', and neither hub nor v1");
            }
            block.part(name).flatMap(part -> module(name, part)).ifPresent(modules::add);
          }
        });
    return modules;
  }

  private Optional<ModuleSpec> module(String name, Part part) {
    Settings module = part.values();
    List<VersionSpec> versions = new ArrayList<>();
    Optional<Part> block = part.part("versions");
    if (block.isEmpty()) {
      return Optional.empty();
    }
    for (String version : block.get().values().values().keySet()) {
      if (!version.matches(VERSION)) {
        problems.add(
            block.get().at(version), "'" + version + "' is no version", "write v1, v2 and so on");
      } else {
        block.get().part(version).flatMap(it -> version(version, it)).ifPresent(versions::add);
      }
    }
    return module
        .optionalPeriod("idempotency")
        .map(kept ->
            new ModuleSpec(
                name,
                module.optionalText("title").orElse(name),
                kept,
                module.has("breaks") ? new HashSet<>(module.texts("breaks")) : new HashSet<>(),
                versions));
  }

  private Optional<VersionSpec> version(String name, Part version) {
    Optional<LocalDate> deprecated = day(version, "deprecated");
    Optional<LocalDate> sunset = day(version, "sunset");
    if (deprecated.isPresent() && sunset.isPresent() && sunset.get().isBefore(deprecated.get())) {
      problems.add(
          version.at("sunset"),
          "the version would be gone before it is deprecated",
          "write a day after " + deprecated.get());
    }
    return version
        .part("objects")
        .map(objects ->
            new VersionSpec(
                Integer.parseInt(name.substring(1)), deprecated, sunset, views(objects)));
  }

  private Optional<LocalDate> day(Part version, String key) {
    Optional<String> text = version.values().optionalText(key);
    try {
      return text.map(LocalDate::parse);
    } catch (DateTimeException none) {
      problems.add(version.at(key), "there is no such day", "write one such as 2027-03-01");
      return Optional.empty();
    }
  }

  private List<ViewSpec> views(Part objects) {
    List<ViewSpec> views = new ArrayList<>();
    for (Map.Entry<String, Object> view : objects.values().values().entrySet()) {
      String path = view.getKey();
      if (!path.matches("[A-Za-z][A-Za-z0-9-]{0,59}") || path.equals("docs")) {
        problems.add(
            objects.at(path),
            "'" + path + "' cannot be part of an address",
            "write letters, digits and '-', and not docs");
      } else if (view.getValue() instanceof String object) {
        views.add(new ViewSpec(path, object, Optional.empty(), Map.of()));
      } else {
        objects.part(path).flatMap(part -> view(path, part)).ifPresent(views::add);
      }
    }
    return views;
  }

  private Optional<ViewSpec> view(String path, Part view) {
    Map<String, String> defaults = new LinkedHashMap<>();
    view.part("defaults")
        .ifPresent(
            it -> it.values().values().forEach((name, text) -> defaults.put(name, (String) text)));
    Optional<SequencedMap<String, FieldSpec>> fields = view.part("fields").map(this::fields);
    return view.values()
        .optionalText("object")
        .map(object -> new ViewSpec(path, object, fields, defaults));
  }

  private SequencedMap<String, FieldSpec> fields(Part fields) {
    SequencedMap<String, FieldSpec> shown = new LinkedHashMap<>();
    fields
        .values()
        .values()
        .forEach((name, value) -> {
          if (value instanceof String source) {
            shown.put(name, new FieldSpec.Kept(source, Optional.empty(), new LinkedHashMap<>()));
          } else {
            fields
                .part(name)
                .flatMap(part -> field(name, part))
                .ifPresent(it -> shown.put(name, it));
          }
        });
    return shown;
  }

  private Optional<FieldSpec> field(String name, Part field) {
    List<String> kinds =
        List.of("field", "join", "split", "constant").stream().filter(field::has).toList();
    String kind = kinds.isEmpty() ? "field" : kinds.getFirst();
    boolean sound = true;
    for (String key : field.block().entries().stream().map(Node.Entry::key).toList()) {
      if (!allowed(kind).contains(key)) {
        sound = false;
        problems.add(
            field.at(key),
            "a field with '" + kind + "' has no '" + key + "'",
            "leave one of them out");
      }
    }
    return sound ? field(name, kind, field) : Optional.empty();
  }

  private static List<String> allowed(String kind) {
    return switch (kind) {
      case "join" -> List.of("join", "by", "at");
      case "split" -> List.of("split", "part", "by", "at");
      case "constant" -> List.of("constant", "type");
      default -> List.of("field", "default", "values");
    };
  }

  private Optional<FieldSpec> field(String name, String kind, Part field) {
    Settings values = field.values();
    Cut cut =
        new Cut(
            values.optionalText("by").orElse(" "),
            values.optionalText("at").orElse("last").equals("last"));
    return switch (kind) {
      case "join" -> Optional.of(new FieldSpec.Joined(values.texts("join"), cut));
      case "split" -> part(field, cut);
      case "constant" ->
          type(field).map(type -> new FieldSpec.Constant(type, values.text("constant")));
      default ->
          Optional.of(
              new FieldSpec.Kept(
                  values.optionalText("field").orElse(name),
                  values.optionalText("default"),
                  words(field)));
    };
  }

  private Optional<FieldSpec> part(Part field, Cut cut) {
    if (!field.values().has("part")) {
      if (!field.has("part")) {
        problems.add(field.at("split"), "it is not said which part this is", "write part: 1");
      }
      return Optional.empty();
    }
    return Optional.of(
        new FieldSpec.PartOf(
            field.values().text("split"), (int) field.values().whole("part"), cut));
  }

  private Optional<Type> type(Part field) {
    String text = field.values().optionalText("type").orElse("text");
    try {
      return Optional.of(Type.parse(text));
    } catch (IllegalArgumentException e) {
      problems.add(field.at("type"), "'" + text + "' is no type", "write text, int or bool");
      return Optional.empty();
    }
  }

  private static SequencedMap<String, List<String>> words(Part field) {
    SequencedMap<String, List<String>> words = new LinkedHashMap<>();
    field
        .part("values")
        .ifPresent(part -> {
          for (String word : part.values().values().keySet()) {
            words.put(word, part.values().texts(word));
          }
        });
    return words;
  }
}
