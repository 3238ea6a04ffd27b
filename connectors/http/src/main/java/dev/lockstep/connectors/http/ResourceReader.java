package dev.lockstep.connectors.http;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Settings;
import dev.lockstep.connector.Type;
import dev.lockstep.connectors.http.Resource.Order;
import dev.lockstep.connectors.http.Resource.Shape;
import dev.lockstep.connectors.http.Resource.Verb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a {@link Resource} of one dataset's settings. */
final class ResourceReader {
  private final String at;
  private final String name;
  private final Settings settings;
  private final Problems problems;
  private final List<String> key;

  ResourceReader(String name, Settings settings, Problems problems) {
    this.at = "datasets." + name;
    this.name = name;
    this.settings = settings;
    this.problems = problems;
    this.key = settings.texts("key");
  }

  Resource read() {
    Resource resource =
        new Resource(
            dataset(),
            settings.section("list").map(list -> new ListingReader(at, list, problems).read()),
            fetch(),
            settings.section("lookup").map(this::fetchMany),
            order("upsert"),
            order("create"),
            order("update"),
            settings.text("first").equals("create"),
            order("delete"),
            order("append"),
            settings.section("append").map(block -> block.flag("deduplicates")).orElse(false),
            bulk("batch"),
            bulk("batchDelete"),
            verdicts());
    checkWhole(resource);
    return resource;
  }

  private Dataset dataset() {
    List<Field> fields = new ArrayList<>();
    settings
        .words("fields")
        .forEach((field, label) ->
            fields.add(new Field(field, type(field, label), !key.contains(field))));
    boolean open = fields.isEmpty();
    for (String part : new HashSet<>(key)) {
      if (open) {
        fields.add(new Field(part, new Type.Any(), false));
      } else if (!settings.words("fields").containsKey(part)) {
        problems.add(at + ".key", "'" + part + "' is not among the fields", "add it to fields");
        fields.add(new Field(part, new Type.Any(), false));
      }
    }
    if (new HashSet<>(key).size() != key.size()) {
      problems.add(at + ".key", "a field stands twice", "name each field once");
    }
    return new Dataset(new DatasetId(name), new Schema(fields), key, open);
  }

  private Type type(String field, String label) {
    try {
      return Type.parse(label);
    } catch (IllegalArgumentException unknown) {
      problems.add(
          at + ".fields." + field,
          "unknown type '" + label + "'",
          String.valueOf(unknown.getMessage()));
      return new Type.Any();
    }
  }

  private Optional<Resource.Fetch> fetch() {
    Object value = settings.values().get("get");
    if (value instanceof Settings block) {
      return path(at + ".get.get", block.text("get"))
          .map(path ->
              new Resource.Fetch(
                  keyed("get.get", path), FieldPath.of(block.optionalText("item").orElse(""))));
    }
    return settings.values().containsKey("get")
        ? path(at + ".get", settings.text("get"))
            .map(path -> new Resource.Fetch(keyed("get", path), FieldPath.of("")))
        : Optional.empty();
  }

  private Resource.FetchMany fetchMany(Settings block) {
    Template path = path(at + ".lookup.get", block.text("get")).orElse(new Template("/"));
    if (!path.has("keys")) {
      problems.add(
          at + ".lookup.get", "the path has no {keys}", "write it like /accounts?ids={keys}");
    }
    if (key.size() != 1) {
      problems.add(at + ".lookup", "it needs a key of one field", "leave it out, or describe get");
    }
    return new Resource.FetchMany(
        path,
        FieldPath.of(block.text("items")),
        (int) block.whole("keys"),
        block.text("separator"));
  }

  private Optional<Order> order(String setting) {
    return settings
        .section(setting)
        .flatMap(block ->
            call(setting, block)
                .map(call ->
                    new Order(
                        at + "." + setting,
                        call.getKey(),
                        setting.equals("append")
                            ? call.getValue()
                            : onlyKeyOnDelete(setting, call.getValue()),
                        shape(block, block.optionalText("wrap").orElse("")))));
  }

  private static Shape shape(Settings block, String wrap) {
    return new Shape(
        FieldPath.of(wrap),
        Set.copyOf(block.texts("omit")),
        block.optionalText("absent").filter("refuse"::equals).isPresent());
  }

  private Template onlyKeyOnDelete(String setting, Template path) {
    return setting.equals("delete") ? keyed(setting, path) : path;
  }

  private Template keyed(String setting, Template path) {
    for (String placeholder : path.placeholders()) {
      if (!key.contains(placeholder)) {
        problems.add(
            at + "." + setting,
            "{" + placeholder + "} is not a field of the key",
            key.isEmpty()
                ? "name the key: key: " + placeholder
                : "use {" + String.join("}, {", key) + "}");
      }
    }
    return path;
  }

  private Optional<Map.Entry<Verb, Template>> call(String setting, Settings block) {
    List<Map.Entry<Verb, Template>> calls = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (Verb verb : Verb.values()) {
      String word = verb.name().toLowerCase(Locale.ROOT);
      if (block.has(word)) {
        words.add(word);
        path(at + "." + setting + "." + word, block.text(word))
            .ifPresent(path -> calls.add(Map.entry(verb, path)));
      }
    }
    if (words.size() != 1) {
      problems.add(
          at + "." + setting,
          words.isEmpty() ? "it names no call" : "it names " + String.join(" and ", words),
          "write one call, such as put: \"/" + name + "/{id}\"");
      return Optional.empty();
    }
    return calls.stream().findFirst();
  }

  private Optional<Template> path(String setting, String text) {
    try {
      return Optional.of(new Template(text));
    } catch (IllegalArgumentException wrong) {
      problems.add(setting, String.valueOf(wrong.getMessage()), "write it like /accounts/{id}");
      return Optional.empty();
    }
  }

  private Optional<Bulk> bulk(String setting) {
    return settings
        .section(setting)
        .flatMap(block ->
            call(setting, block)
                .map(call ->
                    new Bulk(
                        at + "." + setting,
                        call.getKey(),
                        call.getValue(),
                        (int) block.whole("rows"),
                        shape(block, block.text("items")),
                        block.optionalText("results").map(FieldPath::of),
                        block.text("match").equals("key"),
                        block.optionalText("status").map(FieldPath::of),
                        Set.copyOf(block.texts("ok")),
                        block.optionalText("message").map(FieldPath::of))))
        .map(this::checkBulk);
  }

  private Bulk checkBulk(Bulk bulk) {
    if (!bulk.path().placeholders().isEmpty()) {
      problems.add(
          bulk.setting(), "the path of a call for many records has a placeholder", "leave it out");
    }
    if (bulk.results().isEmpty()
        && (bulk.status().isPresent() || bulk.message().isPresent() || bulk.matchByKey())) {
      problems.add(
          bulk.setting(), "outcomes are described, but not where they are", "add results: PATH");
    }
    if (!bulk.ok().isEmpty() && bulk.status().isEmpty()) {
      problems.add(bulk.setting() + ".ok", "no status field is named", "add status: FIELD");
    }
    return bulk;
  }

  private Verdicts verdicts() {
    Map<Integer, Verdict> own = new HashMap<>();
    settings
        .words("errors")
        .forEach((status, word) -> {
          if (status.matches("[2345][0-9][0-9]")) {
            own.put(Integer.valueOf(status), Verdict.of(word));
          } else {
            problems.add(
                at + ".errors." + status, "this is not a status", "write a number such as 409");
          }
        });
    return new Verdicts(own);
  }

  private void checkWhole(Resource resource) {
    if (resource.create().isPresent() != resource.update().isPresent()) {
      problems.add(
          at + (resource.create().isPresent() ? ".create" : ".update"),
          "create and update belong together",
          "describe both, or upsert alone");
    }
    if (resource.upsert().isPresent() && resource.create().isPresent()) {
      problems.add(
          at + ".upsert", "create and update are described as well", "keep one of the two ways");
    }
    if (!resource.canWrite() && resource.list().isEmpty() && !resource.canFind()) {
      problems.add(at, "no call is described", "describe list, get, upsert, delete or append");
    }
    if (key.isEmpty() && (resource.canUpsert() || resource.canDelete() || resource.canFind())) {
      problems.add(at + ".key", "the key is not named", "write key: id");
    }
  }
}
