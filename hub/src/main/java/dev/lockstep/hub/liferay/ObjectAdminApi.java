package dev.lockstep.hub.liferay;

import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.Permissions;
import dev.lockstep.hub.access.Right;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.Documents;
import dev.lockstep.hub.object.PartKind;
import io.helidon.common.uri.UriQuery;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Definitions and their parts. */
final class ObjectAdminApi {
  private static final String DEFINITIONS = "/object-definitions";
  private static final int MOST_BYTES = 16 << 20;

  /** What can be asked of definitions, which are few: one property that equals a text. */
  private static final Pattern EQUALS =
      Pattern.compile("\\s*([A-Za-z]+)\\s+eq\\s+'((?:[^']|'')*)'\\s*");

  private static final List<String> FILTERED =
      List.of("name", "externalReferenceCode", "objectFolderExternalReferenceCode", "scope");

  private final Definitions definitions;
  private final Function<ServerRequest, Access> callers;

  ObjectAdminApi(Definitions definitions, Function<ServerRequest, Access> callers) {
    this.definitions = definitions;
    this.callers = callers;
  }

  void routing(Rules rules) {
    rules
        .get(DEFINITIONS, this::list)
        .post(DEFINITIONS, this::create)
        .get(DEFINITIONS + Rules.BY_CODE + "{code}", this::byCode)
        .put(DEFINITIONS + Rules.BY_CODE + "{code}", this::put)
        .get(DEFINITIONS + "/{id}", this::read)
        .put(DEFINITIONS + "/{id}", this::replace)
        .patch(DEFINITIONS + "/{id}", this::patch)
        .delete(DEFINITIONS + "/{id}", this::delete)
        .post(DEFINITIONS + "/{id}/publish", this::publish)
        .get(DEFINITIONS + "/{id}/permissions", this::permissions)
        .put(DEFINITIONS + "/{id}/permissions", this::grant);
    for (PartKind kind : PartKind.values()) {
      String parts = "/" + kind.path();
      rules
          .get(
              DEFINITIONS + Rules.BY_CODE + "{code}" + parts,
              (request, response) -> parts(request, response, kind, named(request)))
          .post(
              DEFINITIONS + Rules.BY_CODE + "{code}" + parts,
              (request, response) -> add(request, response, kind, named(request)))
          .get(
              DEFINITIONS + "/{id}" + parts,
              (request, response) -> parts(request, response, kind, numbered(request)))
          .post(
              DEFINITIONS + "/{id}" + parts,
              (request, response) -> add(request, response, kind, numbered(request)))
          .get(parts + "/{id}", (request, response) -> part(request, response, kind))
          .put(parts + "/{id}", (request, response) -> change(request, response, kind, true))
          .patch(parts + "/{id}", (request, response) -> change(request, response, kind, false))
          .delete(
              parts + "/{id}",
              (request, response) -> {
                definitions.remove(kind, Rules.id(request, "id", kind.label()));
                Answer.nothing(response);
              });
    }
  }

  private Definition numbered(ServerRequest request) {
    long id = Rules.id(request, "id", "ObjectDefinition");
    return definitions
        .model()
        .definition(id)
        .orElseThrow(() -> Fault.missing("No ObjectDefinition exists with the primary key " + id));
  }

  private Definition named(ServerRequest request) {
    String code = Rules.text(request, "code");
    return definitions
        .byCode(code)
        .orElseThrow(() ->
            Fault.missing("No ObjectDefinition exists with the external reference code " + code));
  }

  private void list(ServerRequest request, ServerResponse response) throws InterruptedException {
    UriQuery query = request.query();
    Access access = callers.apply(request);
    List<JsonNode> found = new ArrayList<>();
    String search = query.contains("search") ? query.get("search").toLowerCase(Locale.ROOT) : "";
    for (Definition definition : definitions.model().definitions()) {
      boolean matches =
          (definition.name() + " " + Documents.label(definition.body(), "label"))
              .toLowerCase(Locale.ROOT)
              .contains(search);
      if (matches && passes(query, definition) && access.may(Right.VIEW, definition)) {
        found.add(shown(definition));
      }
    }
    Answer.page(response, found, Paging.of(query));
  }

  private static boolean passes(UriQuery query, Definition definition) {
    String filter = query.contains("filter") ? query.get("filter") : "";
    if (filter.isBlank()) {
      return true;
    }
    Matcher equals = EQUALS.matcher(filter);
    if (!equals.matches() || !FILTERED.contains(equals.group(1))) {
      throw Fault.bad(
          "The filter '" + filter + "' cannot be answered",
          "send one of " + String.join(", ", FILTERED) + " as in: name eq 'Ticket'");
    }
    return Documents.text(definition.body(), equals.group(1))
        .equals(equals.group(2).replace("''", "'"));
  }

  private ObjectNode shown(Definition definition) throws InterruptedException {
    ObjectNode shown = definitions.shown(definition.body());
    String address = "/o/object-admin/v1.0/object-definitions/" + definition.id();
    ObjectNode actions = shown.putObject("actions");
    Links.add(actions, "delete", address, "DELETE");
    Links.add(actions, "get", address, "GET");
    Links.add(actions, "permissions", address + "/permissions", "GET");
    if (!definition.published()) {
      Links.add(actions, "publish", address + "/publish", "POST");
    }
    Links.add(actions, "update", address, "PUT");
    return shown;
  }

  private void read(ServerRequest request, ServerResponse response) throws InterruptedException {
    Answer.document(response, shown(numbered(request)));
  }

  private void byCode(ServerRequest request, ServerResponse response) throws InterruptedException {
    Answer.document(response, shown(named(request)));
  }

  private void create(ServerRequest request, ServerResponse response) throws InterruptedException {
    Answer.document(response, shown(definitions.create(body(request))));
  }

  private void put(ServerRequest request, ServerResponse response) throws InterruptedException {
    Answer.document(response, shown(definitions.put(Rules.text(request, "code"), body(request))));
  }

  private void replace(ServerRequest request, ServerResponse response) throws InterruptedException {
    long id = Rules.id(request, "id", "ObjectDefinition");
    Answer.document(response, shown(definitions.replace(id, body(request))));
  }

  private void patch(ServerRequest request, ServerResponse response) throws InterruptedException {
    long id = Rules.id(request, "id", "ObjectDefinition");
    Answer.document(response, shown(definitions.patch(id, body(request))));
  }

  /** A relationship gives a field to another definition, so one's own is not enough for it. */
  private ObjectNode body(ServerRequest request) {
    ObjectNode body = Body.object(request, MOST_BYTES);
    if (!body.path(PartKind.RELATIONSHIP.list()).isEmpty()
        || request.path().path().endsWith("/" + PartKind.RELATIONSHIP.path())) {
      callers.apply(request).demandAny(Right.UPDATE);
    }
    return body;
  }

  private void delete(ServerRequest request, ServerResponse response) throws InterruptedException {
    long id = Rules.id(request, "id", "ObjectDefinition");
    definitions.delete(id);
    var permissions = callers.apply(request).permissions();
    if (permissions.isPresent()) {
      permissions.get().forgetDefinition(id);
    }
    Answer.nothing(response);
  }

  private void permissions(ServerRequest request, ServerResponse response) {
    PermissionPage.write(response, granted(request).ofDefinition(numbered(request).id()), request);
  }

  private void grant(ServerRequest request, ServerResponse response) throws InterruptedException {
    Permissions permissions = granted(request);
    long id = numbered(request).id();
    permissions.setOfDefinition(
        id, PermissionPage.read(request, Right.SINGLE, permissions.roles()));
    PermissionPage.write(response, permissions.ofDefinition(id), request);
  }

  private Permissions granted(ServerRequest request) {
    return PermissionPage.of(callers.apply(request));
  }

  private void publish(ServerRequest request, ServerResponse response) throws InterruptedException {
    Answer.document(
        response, shown(definitions.publish(Rules.id(request, "id", "ObjectDefinition"))));
  }

  private void parts(
      ServerRequest request, ServerResponse response, PartKind kind, Definition definition)
      throws InterruptedException {
    List<JsonNode> parts = new ArrayList<>();
    for (JsonNode part : definition.body().path(kind.list())) {
      parts.add(shown(kind, part));
    }
    Answer.page(response, parts, Paging.of(request.query()));
  }

  private JsonNode shown(PartKind kind, JsonNode part) throws InterruptedException {
    ObjectNode shown = definitions.shown((ObjectNode) part);
    String address = "/o/object-admin/v1.0/" + kind.path() + "/" + part.path("id").longValue(0);
    ObjectNode actions = shown.putObject("actions");
    Links.add(actions, "delete", address, "DELETE");
    Links.add(actions, "get", address, "GET");
    Links.add(actions, "update", address, "PUT");
    return shown;
  }

  private void add(
      ServerRequest request, ServerResponse response, PartKind kind, Definition definition)
      throws InterruptedException {
    ObjectNode part = definitions.add(kind, definition.id(), body(request));
    Answer.document(response, shown(kind, part));
  }

  private void part(ServerRequest request, ServerResponse response, PartKind kind)
      throws InterruptedException {
    long id = Rules.id(request, "id", kind.label());
    Definitions.Part part =
        definitions
            .part(kind, id)
            .orElseThrow(
                () -> Fault.missing("No " + kind.label() + " exists with the primary key " + id));
    Answer.document(response, shown(kind, part.body()));
  }

  private void change(ServerRequest request, ServerResponse response, PartKind kind, boolean whole)
      throws InterruptedException {
    long id = Rules.id(request, "id", kind.label());
    Answer.document(response, shown(kind, definitions.change(kind, id, body(request), whole)));
  }
}
