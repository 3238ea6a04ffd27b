package dev.lockstep.hub.liferay;

import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.Permissions;
import dev.lockstep.hub.access.Right;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Permissions as Liferay shows and takes them: for each role, the ids of what it may do. */
final class PermissionPage {
  private static final int MOST_BYTES = 1 << 20;

  private PermissionPage() {}

  static Permissions of(Access access) {
    return access
        .permissions()
        .orElseThrow(() ->
            Fault.of(
                Status.CONFLICT_409,
                "This server knows no roles: whoever may call may do everything",
                "write security: {users: …, applications: …, roles: …} into its configuration"));
  }

  static void write(
      ServerResponse response, Map<String, Set<Right>> granted, ServerRequest request) {
    Answer.json(
        response,
        Status.OK_200,
        json -> {
          String address = request.prologue().uriPath().rawPath();
          json.writeStartObject();
          json.writeObjectPropertyStart("actions");
          link(json, "get", address, "GET");
          link(json, "replace", address, "PUT");
          json.writeEndObject();
          json.writeArrayPropertyStart("facets");
          json.writeEndArray();
          json.writeArrayPropertyStart("items");
          granted.forEach((role, rights) -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("actionIds");
            rights.stream().map(Right::name).sorted().forEach(json::writeString);
            json.writeEndArray();
            json.writeStringProperty("roleName", role);
            json.writeEndObject();
          });
          json.writeEndArray();
          json.writeNumberProperty("lastPage", 1);
          json.writeNumberProperty("page", 1);
          json.writeNumberProperty("pageSize", granted.size());
          json.writeNumberProperty("totalCount", granted.size());
          json.writeEndObject();
        });
  }

  private static void link(
      tools.jackson.core.JsonGenerator json, String name, String address, String method) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("href", address);
    json.writeStringProperty("method", method);
    json.writeEndObject();
  }

  /**
   * Reads what takes the place of all that was granted.
   *
   * @param possible the rights there are
   * @param roles the roles there are
   */
  static Map<String, Set<Right>> read(
      ServerRequest request, List<Right> possible, List<String> roles) {
    Map<String, Set<Right>> granted = new TreeMap<>();
    for (JsonNode item : Body.array(request, MOST_BYTES)) {
      String role = item.path("roleName").asString("");
      if (!roles.contains(role)) {
        throw Fault.bad(
            "There is no role '" + role + "'", "send one of " + String.join(", ", roles));
      }
      Set<Right> rights = EnumSet.noneOf(Right.class);
      if (!item.path("actionIds").isArray()) {
        throw Fault.bad("actionIds of the role " + role + " is no list", "send \"actionIds\": […]");
      }
      for (JsonNode id : item.path("actionIds")) {
        rights.add(
            possible.stream()
                .filter(it -> it.name().equals(id.asString("")))
                .findFirst()
                .orElseThrow(() ->
                    Fault.bad(
                        "'" + id.asString("") + "' cannot be granted here",
                        "send some of "
                            + possible.stream()
                                .map(Right::name)
                                .collect(Collectors.joining(", ")))));
      }
      if (granted.put(role, rights) != null) {
        throw Fault.bad("The role " + role + " stands twice", "send it once");
      }
    }
    return granted;
  }
}
