package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Problem;
import dev.lockstep.connectors.http.JsonApi;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The actions on the other side that tell us of changes: three for each object, known by their
 * external reference codes. Creates and mends them where it may. Thread-safe.
 */
final class HookActions {
  private static final String ACTIONS = "/o/object-admin/v1.0/object-actions/";
  private static final List<String> TRIGGERS =
      List.of("onAfterAdd", "onAfterUpdate", "onAfterDelete");

  private final Remote remote;
  private final LiferaySettings.Hook hook;
  private final ConnectorContext context;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  HookActions(Remote remote, LiferaySettings.Hook hook, ConnectorContext context) {
    this.remote = remote;
    this.hook = hook;
    this.context = context;
  }

  /** Where the other side posts. */
  private String url(ObjectShape shape) {
    return hook.url()
        + "/hooks/"
        + Remote.encode(context.system())
        + "/"
        + Remote.encode(shape.id().name());
  }

  /** Creates what is missing; says in the log what must be done by hand where it may not. */
  void ensure(ObjectShape shape) throws InterruptedException {
    try {
      List<JsonNode> there = there(shape);
      for (String trigger : TRIGGERS) {
        ensure(shape, trigger, there);
      }
    } catch (ConnectorException refused) {
      if (refused.failure() instanceof Failure.Transient) {
        throw refused;
      }
      if (told.add(shape.id().name())) {
        context
            .logger()
            .log(System.Logger.Level.WARNING, byHand(shape, refused.failure().message()));
      }
    }
  }

  private void ensure(ObjectShape shape, String trigger, List<JsonNode> there)
      throws InterruptedException {
    ObjectNode wanted = wanted(shape, trigger);
    Optional<JsonNode> found = find(there, code(shape, trigger));
    if (found.isEmpty()) {
      send("POST", definition(shape), wanted);
    } else if (!isSo(found.get(), wanted)) {
      send("PATCH", ACTIONS + found.get().path("id").longValue(0), wanted);
    }
  }

  private void send(String method, String target, ObjectNode body) throws InterruptedException {
    JsonApi.Answer answer = remote.send(method, target, body);
    if (!answer.isSuccess()) {
      throw remote.failure(method, target, answer);
    }
  }

  private List<JsonNode> there(ObjectShape shape) throws InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    long last = 1;
    for (int page = 1; page <= last; page++) {
      JsonNode answer = remote.get(definition(shape) + "?page=" + page + "&pageSize=100");
      answer.path("items").forEach(all::add);
      last = answer.path("lastPage").longValue(1);
    }
    return all;
  }

  private static String definition(ObjectShape shape) {
    return Catalog.DEFINITIONS
        + "/by-external-reference-code/"
        + Remote.encode(shape.code())
        + "/object-actions";
  }

  private static Optional<JsonNode> find(List<JsonNode> there, String code) {
    return there.stream()
        .filter(action -> action.path("externalReferenceCode").asString("").equals(code))
        .findFirst();
  }

  /** No answer shows the secret, so the description has two letters of its hash. */
  private static boolean isSo(JsonNode found, JsonNode wanted) {
    return found.path("active").booleanValue(false)
        && found
            .path("parameters")
            .path("url")
            .asString("")
            .equals(wanted.path("parameters").path("url").asString(""))
        && found.path("description").asString("").equals(wanted.path("description").asString(""));
  }

  private ObjectNode wanted(ObjectShape shape, String trigger) {
    String word = trigger.substring("onAfter".length());
    ObjectNode action = Remote.JSON.createObjectNode();
    action.put("externalReferenceCode", code(shape, trigger));
    action.put("name", "lockstep" + key(shape) + word);
    action.putObject("label").put("en_US", "Lockstep: " + word);
    action.put(
        "description",
        "Tells Lockstep of changes, made by its system "
            + context.system()
            + "; secret "
            + hash(hook.secret()).substring(0, 2));
    action.put("active", true);
    action.put("objectActionTriggerKey", trigger);
    action.put("objectActionExecutorKey", "webhook");
    action.putObject("parameters").put("url", url(shape)).put("secret", hook.secret());
    return action;
  }

  private String code(ObjectShape shape, String trigger) {
    return "LOCKSTEP_"
        + key(shape).toUpperCase(Locale.ROOT)
        + "_"
        + trigger.substring("onAfter".length()).toUpperCase(Locale.ROOT);
  }

  /** Tells the actions of this system apart from those of others that follow the same object. */
  private String key(ObjectShape shape) {
    return hash(context.origin() + "|" + context.system() + "|" + shape.id()).substring(0, 12);
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private String byHand(ObjectShape shape, String why) {
    return "the actions that tell of changes of "
        + shape.id()
        + " cannot be set up ("
        + why
        + "); changes are found by sweeps until somebody adds three actions to the object "
        + shape.name()
        + " on the other side: after add, after update and after delete, each a webhook to "
        + url(shape)
        + " with the secret of webhook.secret";
  }

  /** What is to be done by hand, if anything is. */
  Optional<Problem> missing(ObjectShape shape) throws InterruptedException {
    try {
      List<JsonNode> there = there(shape);
      long ours =
          there.stream()
              .filter(
                  action -> action.path("parameters").path("url").asString("").equals(url(shape)))
              .count();
      return ours >= TRIGGERS.size() || told.isEmpty()
          ? Optional.empty()
          : Optional.of(problem(shape));
    } catch (ConnectorException refused) {
      return refused.failure() instanceof Failure.Transient
          ? Optional.empty()
          : Optional.of(problem(shape));
    }
  }

  private Problem problem(ObjectShape shape) {
    return new Problem(
        "webhook",
        "nobody tells of changes of " + shape.id() + "; they are found by sweeps alone",
        "give these credentials the right to change the object's definition, or add three actions to"
            + " it by hand: after add, after update and after delete, each a webhook to "
            + url(shape)
            + " with the secret of webhook.secret");
  }

  /** Removes the actions; what cannot be removed posts to nobody. */
  void remove(ObjectShape shape) throws InterruptedException {
    try {
      List<JsonNode> there = there(shape);
      for (String trigger : TRIGGERS) {
        Optional<JsonNode> found = find(there, code(shape, trigger));
        if (found.isPresent()) {
          remote.send("DELETE", ACTIONS + found.get().path("id").longValue(0), null);
        }
      }
    } catch (ConnectorException refused) {
      if (refused.failure() instanceof Failure.Transient) {
        throw refused;
      }
    }
  }
}
