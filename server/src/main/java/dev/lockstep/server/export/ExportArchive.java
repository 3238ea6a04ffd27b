package dev.lockstep.server.export;

import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.Scopes;
import dev.lockstep.hub.batch.ExportCursor;
import dev.lockstep.hub.batch.ExportParameters;
import dev.lockstep.hub.batch.ItemHandlers;
import dev.lockstep.hub.batch.Order;
import dev.lockstep.hub.object.BusinessType;
import dev.lockstep.hub.object.DefinedField;
import dev.lockstep.hub.object.DefinedRelationship;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.Documents;
import dev.lockstep.hub.object.Folder;
import dev.lockstep.hub.object.Model;
import dev.lockstep.hub.object.NotificationTemplate;
import dev.lockstep.hub.object.Picklist;
import dev.lockstep.server.extension.ArchiveWriter;
import dev.lockstep.server.extension.Extension;
import dev.lockstep.server.extension.HeadlessServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes objects as a batch client extension: what they need, their definitions, those that others
 * refer to first, and their entries. The same content makes the same bytes, wherever it is.
 */
public final class ExportArchive {
  /** The file in the archive that tells what was left out. */
  public static final String NOTES = "lockstep-notes.txt";

  private static final String ADMIN = "com.liferay.object.admin.rest.dto.v1_0.";
  private static final String PICKLIST =
      "com.liferay.headless.admin.list.type.dto.v1_0.ListTypeDefinition";
  private static final String TEMPLATE =
      "com.liferay.notification.rest.dto.v1_0.NotificationTemplate";
  private static final String CODE = "externalReferenceCode";

  private final Definitions definitions;
  private final Model model;
  private final ItemHandlers handlers;
  private final Access access;
  private final Set<String> notes = new LinkedHashSet<>();
  private final JsonMapper mapper = JsonMapper.builder().build();
  private int number;

  /**
   * @param access what who asked may see
   */
  public ExportArchive(Definitions definitions, ItemHandlers handlers, Access access) {
    this.definitions = definitions;
    this.model = definitions.model();
    this.handlers = handlers;
    this.access = access;
  }

  /** The object of that name, code, or last part of its address; empty for none. */
  public Optional<Definition> object(String named) {
    return model.byCode(named).or(() -> model.byName(named)).or(() -> model.byPath(named));
  }

  /** The objects that a user defined. */
  public List<Definition> all() {
    return model.definitions().stream()
        .filter(it -> !it.body().path("system").booleanValue(false))
        .toList();
  }

  /**
   * Writes the archive.
   *
   * @param name the extension's
   * @param entries whether the objects' entries are exported too
   */
  public void write(OutputStream out, String name, List<Definition> objects, boolean entries)
      throws IOException, InterruptedException {
    List<Definition> ordered = new ParentsFirst(model).order(objects);
    try (ArchiveWriter archive = new ArchiveWriter(out)) {
      archive.describe(
          new Extension(name, List.of(), List.of(application(name, ordered)), List.of()));
      documents(archive, "list-type-definitions", PICKLIST, picklists(ordered));
      documents(archive, "object-folders", ADMIN + "ObjectFolder", folders(ordered));
      documents(archive, "notification-templates", TEMPLATE, templates(ordered));
      documents(archive, "object-definitions", ADMIN + "ObjectDefinition", bodies(ordered));
      for (Definition definition : ordered) {
        if (entries && definition.published()) {
          entries(archive, definition);
        }
      }
      if (!notes.isEmpty()) {
        archive.add(
            NOTES,
            to -> to.write((String.join("\n", notes) + "\n").getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  private static HeadlessServer application(String name, List<Definition> objects) {
    List<String> scopes =
        new ArrayList<>(
            List.of(
                "Liferay.Headless.Admin.List.Type.everything",
                "Liferay.Headless.Batch.Engine.everything",
                "Liferay.Notification.REST.everything",
                "Liferay.Object.Admin.REST.everything"));
    objects.forEach(it -> scopes.add(Scopes.ofObject(it.name()) + ".everything"));
    return new HeadlessServer(name + "-server", name, scopes);
  }

  private List<ObjectNode> picklists(List<Definition> objects) {
    Set<String> codes = new TreeSet<>();
    for (Definition definition : objects) {
      for (DefinedField field : definition.ownFields()) {
        if (field.businessType().hasPicklist()) {
          codes.add(field.picklist());
        }
      }
    }
    return codes.stream()
        .flatMap(it -> model.picklist(it).stream())
        .map(Picklist::body)
        .map(CleanDocument::of)
        .toList();
  }

  private List<ObjectNode> folders(List<Definition> objects) {
    Set<String> codes = new TreeSet<>();
    objects.forEach(
        it -> codes.add(Documents.text(it.body(), "objectFolderExternalReferenceCode")));
    return model.folders().stream()
        .map(Folder::body)
        .filter(it -> codes.contains(Documents.text(it, CODE)))
        .filter(it -> !Documents.text(it, CODE).equals("default"))
        .map(CleanDocument::of)
        .toList();
  }

  private List<ObjectNode> templates(List<Definition> objects) {
    Set<String> codes = new TreeSet<>();
    for (Definition definition : objects) {
      for (JsonNode action : definition.body().path("objectActions")) {
        codes.add(
            Documents.text(action.path("parameters"), "notificationTemplateExternalReferenceCode"));
      }
    }
    return codes.stream()
        .flatMap(it -> model.template(it).stream())
        .map(NotificationTemplate::body)
        .map(CleanDocument::of)
        .toList();
  }

  private List<ObjectNode> bodies(List<Definition> objects) throws InterruptedException {
    List<ObjectNode> bodies = new ArrayList<>();
    for (Definition definition : objects) {
      ObjectNode shown = definitions.shown(definition.body());
      for (JsonNode action : shown.path("objectActions")) {
        if (!Documents.text(action.path("parameters"), "secret").isEmpty()) {
          notes.add(
              "the action "
                  + Documents.text(action, "name")
                  + " of "
                  + definition.name()
                  + " comes without its secret; set it where it is deployed");
        }
      }
      for (DefinedRelationship relationship : definition.relationships()) {
        if (objects.stream().noneMatch(it -> it.name().equals(relationship.child()))) {
          notes.add(
              "the relationship "
                  + relationship.name()
                  + " of "
                  + definition.name()
                  + " needs "
                  + relationship.child()
                  + ", which is not in the archive");
        }
      }
      bodies.add(CleanDocument.definition(shown));
    }
    return bodies;
  }

  private void documents(
      ArchiveWriter archive, String what, String className, List<ObjectNode> items)
      throws IOException {
    if (!items.isEmpty()) {
      file(
          archive,
          what,
          className,
          "DEFAULT",
          out -> {
            String separator = "\n";
            for (ObjectNode item : items) {
              out.write(text(separator + mapper.writeValueAsString(item)));
              separator = ",\n";
            }
          });
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void file(
      ArchiveWriter archive,
      String what,
      String className,
      String delegate,
      ArchiveWriter.Body items)
      throws IOException {
    ObjectNode configuration = JsonNodeFactory.instance.objectNode();
    configuration.put("className", className);
    ObjectNode parameters = configuration.putObject("parameters");
    parameters.put("containsHeaders", "true").put("createStrategy", "UPSERT");
    parameters.put("importStrategy", "ON_ERROR_FAIL");
    if (!delegate.equals("DEFAULT")) {
      // Liferay's container sends only the parameters.
      parameters.put(Order.DELEGATE, delegate);
    }
    parameters.put("updateStrategy", "UPDATE");
    configuration.put(Order.DELEGATE, delegate);
    archive.add(
        "batch/%02d-%s%s".formatted(number++, what, Extension.DATA),
        out -> {
          out.write(text("{\"configuration\": " + configuration + ",\n\"items\": ["));
          items.write(out);
          out.write(text("\n]}\n"));
        });
  }

  private void entries(ArchiveWriter archive, Definition definition)
      throws IOException, InterruptedException {
    String delegate = Scopes.ofObject(definition.name());
    ExportParameters parameters = new ExportParameters(Order.ENTRIES, delegate, Map.of(), access);
    try (ExportCursor cursor =
        handlers.find(Order.ENTRIES, delegate).orElseThrow().export(parameters, "")) {
      ObjectNode first = cursor.next();
      if (first != null) {
        CleanEntry clean = new CleanEntry(definition, notes);
        file(
            archive,
            "object-entries-" + definition.path(),
            Order.ENTRIES,
            delegate,
            out -> items(out, first, cursor, clean));
      }
    }
  }

  private void items(OutputStream out, ObjectNode first, ExportCursor cursor, CleanEntry clean)
      throws IOException {
    String separator = "\n";
    try {
      for (ObjectNode item = first; item != null; item = cursor.next()) {
        out.write(text(separator + mapper.writeValueAsString(clean.of(item))));
        separator = ",\n";
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("the export was stopped", stopped);
    }
  }

  /** An entry as it means the same elsewhere. */
  private record CleanEntry(Definition definition, Set<String> notes) {
    ObjectNode of(ObjectNode entry) {
      ObjectNode clean = CleanDocument.of(entry);
      for (DefinedField field : definition.ownFields()) {
        BusinessType type = field.businessType();
        String name = field.name();
        if (type == BusinessType.ATTACHMENT && clean.hasNonNull(name)) {
          clean.remove(name);
          notes.add("files of " + definition.name() + "." + name + " are left out");
        } else if (type == BusinessType.ENCRYPTED && clean.hasNonNull(name)) {
          clean.remove(name);
          notes.add("the encrypted " + definition.name() + "." + name + " is left out");
        } else if (type == BusinessType.FORMULA || type == BusinessType.AGGREGATION) {
          clean.remove(name);
        } else if (type == BusinessType.RELATIONSHIP) {
          // The parent is named by its code, which is beside it.
          clean.remove(name);
          clean.remove(name.replaceFirst("^r_(.*)_c_.*$", "$1") + "ERC");
          clean.remove(name.replaceFirst("Id$", ""));
        } else if (type == BusinessType.RICH_TEXT) {
          clean.remove(name + "RawText");
        }
      }
      clean.remove(List.of("keywords", "taxonomyCategoryBriefs", "permissions"));
      return clean;
    }
  }
}
