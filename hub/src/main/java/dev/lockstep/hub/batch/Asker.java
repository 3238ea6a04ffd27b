package dev.lockstep.hub.batch;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.EntryJson;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.Principal;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Who sent a task, with the rights it had then; kept as long as the task. */
public record Asker(Principal principal, Author author) {
  private static final JsonMapper JSON = JsonMapper.builder(EntryJson.JSON).build();

  public static Asker of(Access access) {
    return new Asker(access.principal(), access.author());
  }

  /** As it is kept. */
  public String text() {
    ObjectNode kept = JSON.createObjectNode();
    kept.put("name", principal.name());
    principal.roles().stream().sorted().forEach(kept.putArray("roles")::add);
    principal
        .scopes()
        .ifPresent(scopes -> scopes.stream().sorted().forEach(kept.putArray("scopes")::add));
    kept.put("who", author.who());
    kept.put("origin", author.origin());
    kept.put("cause", author.cause());
    return kept.toString();
  }

  /** Reads what {@link #text} wrote. */
  public static Asker read(String text) {
    JsonNode kept = JSON.readTree(text);
    return new Asker(
        new Principal(
            optional(kept, "name"),
            texts(kept.path("roles")),
            kept.has("scopes") ? Optional.of(texts(kept.path("scopes"))) : Optional.empty()),
        new Author(optional(kept, "who"), optional(kept, "origin"), optional(kept, "cause")));
  }

  private static @Nullable String optional(JsonNode node, String name) {
    return node.hasNonNull(name) ? node.path(name).asString() : null;
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> texts = new LinkedHashSet<>();
    list.forEach(each -> texts.add(each.asString()));
    return texts;
  }

  /** How rights are looked up for someone. */
  public interface Accesses {
    Access of(Principal principal, Author author);
  }
}
