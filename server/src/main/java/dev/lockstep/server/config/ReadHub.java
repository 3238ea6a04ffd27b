package dev.lockstep.server.config;

import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Setting.Form;
import dev.lockstep.connector.Settings;
import dev.lockstep.connector.Type;
import dev.lockstep.hub.ObjectDefinition;
import dev.lockstep.hub.ObjectField;
import dev.lockstep.hub.action.Means;
import dev.lockstep.hub.batch.BatchSettings;
import dev.lockstep.hub.batch.export.ExportSettings;
import dev.lockstep.hub.mail.MailServer;
import dev.lockstep.hub.module.ModuleSpec;
import dev.lockstep.hub.object.FieldCipher;
import dev.lockstep.hub.outgoing.AddressRefused;
import dev.lockstep.hub.outgoing.Destinations;
import dev.lockstep.server.config.ConfiguredHub.Batch;
import dev.lockstep.server.config.ConfiguredHub.Deploy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads {@code hub}: the objects and their fields. */
final class ReadHub {
  private static final List<String> TYPES =
      List.of(
          "bool",
          "int",
          "float",
          "decimal",
          "decimal(12,2)",
          "text",
          "text(100)",
          "bytes",
          "date",
          "time",
          "datetime",
          "timestamp",
          "json");

  private final Problems problems;

  ReadHub(Problems problems) {
    this.problems = problems;
  }

  /** The hub; empty when the file has none. */
  Optional<HubDraft> read(Node.Block root) {
    Optional<Node.Entry> entry = root.entry("hub");
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    Where where = Where.FILE.in("hub", entry.get().at());
    Optional<Node.Block> block =
        new CheckForm(problems).block(where, new Form.Section(Language.HUB), entry.get().value());
    return Optional.of(
        block
            .map(found -> draft(Part.check(where, Language.HUB, found, problems)))
            .orElseGet(() -> new HubDraft(new LinkedHashMap<>(), false, Optional.empty())));
  }

  private HubDraft draft(Part hub) {
    SequencedMap<String, Optional<ObjectDefinition>> objects = new LinkedHashMap<>();
    Optional<Part> block = hub.part("objects");
    block.ifPresent(found ->
        found
            .block()
            .entries()
            .forEach(entry -> objects.put(entry.key(), object(hub, found, entry.key()))));
    List<ObjectDefinition> sound = objects.values().stream().flatMap(Optional::stream).toList();
    boolean definitions = hub.values().has("definitions") && hub.values().flag("definitions");
    Map<String, Means.Function> functions = functions(hub);
    Optional<MailServer> mail = hub.part("mail").flatMap(new ReadMail(problems)::read);
    List<ModuleSpec> modules = new ReadModules(problems).read(hub);
    Optional<FieldCipher> cipher = cipher(hub);
    Deploy deploy = hub.part("deploy").map(ReadHub::deploy).orElse(Deploy.DEFAULT);
    Batch batch = hub.part("batch").map(ReadHub::batch).orElse(Batch.DEFAULT);
    boolean complete = block.map(found -> found.block().complete()).orElse(hub.sound());
    return new HubDraft(
        objects,
        complete && !definitions,
        hub.values()
            .optionalPeriod("retention")
            .map(kept ->
                new ConfiguredHub(
                    sound,
                    definitions,
                    localNetwork(hub),
                    functions,
                    mail,
                    modules,
                    cipher,
                    deploy,
                    batch,
                    kept)));
  }

  private static Deploy deploy(Part deploy) {
    Settings values = deploy.values();
    return deploy.sound()
        ? new Deploy(
            values.flag("watch"),
            values.text("folder"),
            new HashSet<>(values.texts("featureFlags")))
        : Deploy.DEFAULT;
  }

  private static Batch batch(Part batch) {
    if (!batch.sound()) {
      return Batch.DEFAULT;
    }
    Settings values = batch.values();
    Duration retention = values.period("retention");
    return new Batch(
        new BatchSettings(
            values.whole("contentMiB") << 20,
            (int) values.whole("imports"),
            (int) values.whole("group"),
            retention),
        new ExportSettings(
            (int) values.whole("exports"), retention, ExportSettings.DEFAULT.betweenNotes()));
  }

  private Optional<FieldCipher> cipher(Part hub) {
    if (!hub.values().has("encryptionKey")) {
      return Optional.empty();
    }
    try {
      return hub.values().secret("encryptionKey").map(key -> FieldCipher.of(key.reveal()));
    } catch (IllegalArgumentException none) {
      problems.add(
          hub.at("encryptionKey"),
          "is no key",
          "write 32 bytes in Base64, as openssl rand -base64 32 prints them");
      return Optional.empty();
    }
  }

  private Map<String, Means.Function> functions(Part hub) {
    Map<String, Means.Function> all = new LinkedHashMap<>();
    Optional<Part> functions = hub.part("actions").flatMap(it -> it.part("functions"));
    if (functions.isEmpty()) {
      return all;
    }
    for (Node.Entry entry : functions.get().block().entries()) {
      Optional<Part> function = functions.get().part(entry.key());
      if (function.filter(it -> it.knows("url") && it.knows("application")).isPresent()) {
        function(function.get()).ifPresent(read -> all.put(entry.key(), read));
      }
    }
    return all;
  }

  private Optional<Means.Function> function(Part function) {
    String url = function.values().text("url");
    try {
      Destinations.parse(url);
      return Optional.of(new Means.Function(url, function.values().text("application")));
    } catch (AddressRefused refused) {
      problems.add(function.at("url"), refused.text(), "write http:// or https:// and a host");
      return Optional.empty();
    }
  }

  private static boolean localNetwork(Part hub) {
    return hub.part("actions")
        .map(Part::values)
        .filter(actions -> actions.has("localNetwork"))
        .map(actions -> actions.flag("localNetwork"))
        .orElse(false);
  }

  private Optional<ObjectDefinition> object(Part hub, Part objects, String name) {
    Optional<Part> object = objects.part(name);
    Optional<Part> block = object.flatMap(it -> it.part("fields"));
    if (block.isEmpty()) {
      return Optional.empty();
    }
    int before = problems.count();
    Part fields = block.get();
    List<ObjectField> read = new ArrayList<>();
    for (String field : fields.values().values().keySet()) {
      field(fields, field).ifPresent(read::add);
    }
    List<List<String>> unique = unique(object.get());
    boolean whole = read.size() == fields.block().entries().size() && fields.block().complete();
    for (Problem problem : ObjectDefinition.check(name, read, unique)) {
      // Of an object whose fields are not all read it cannot be said which are missing.
      if (whole || (!problem.setting().endsWith(".unique") && !read.isEmpty())) {
        problems.add(
            hub.locate(problem.setting().substring("hub.".length())),
            problem.message(),
            problem.remedy());
      }
    }
    return whole && problems.count() == before
        ? Optional.of(new ObjectDefinition(name, read, unique))
        : Optional.empty();
  }

  private Optional<ObjectField> field(Part fields, String name) {
    Object value = fields.values().values().get(name);
    if (value instanceof String type) {
      return type(fields.at(name), type)
          .map(known -> new ObjectField(name, known, false, List.of(), null));
    }
    Part part = fields.part(name).orElseThrow();
    Settings field = part.values();
    if (!field.has("type") || !field.has("required")) {
      return Optional.empty();
    }
    Optional<Type> type = type(part.at("type"), field.text("type"));
    if (type.isEmpty()) {
      return Optional.empty();
    }
    Optional<Object> initial =
        field
            .optionalText("default")
            .flatMap(text -> new FieldDefault(problems).read(part, type.get(), text));
    return part.has("default") && initial.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ObjectField(
                name,
                type.get(),
                field.flag("required"),
                field.texts("oneOf"),
                initial.orElse(null)));
  }

  private Optional<Type> type(Where where, String text) {
    try {
      return Optional.of(Type.parse(text));
    } catch (IllegalArgumentException e) {
      problems.add(
          where,
          "'" + text + "' is no type",
          NearestName.of(text, TYPES)
              .map(near -> "write " + near)
              .orElse("write one of " + String.join(", ", TYPES)));
      return Optional.empty();
    }
  }

  /** {@code unique: email}, {@code [email, taxId]} as two sets, or {@code [[country, taxId]]}. */
  private static List<List<String>> unique(Part object) {
    List<List<String>> sets = new ArrayList<>();
    if (object.values().values().get("unique") instanceof List<?> list) {
      for (Object each : list) {
        sets.add(((List<?>) each).stream().map(String.class::cast).toList());
      }
    }
    return sets;
  }
}
