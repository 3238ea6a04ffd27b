package dev.lockstep.hub.object;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** An action of a definition, read from its document. */
public record DefinedAction(ObjectNode body) {
  static final String WEBHOOK = "webhook";

  /** What can set an action off. */
  public enum Trigger {
    ADD("onAfterAdd"),
    UPDATE("onAfterUpdate"),
    DELETE("onAfterDelete");

    private final String key;

    Trigger(String key) {
      this.key = key;
    }

    /** Liferay's word. */
    public String key() {
      return key;
    }

    static Optional<Trigger> of(String key) {
      return List.of(values()).stream().filter(it -> it.key.equals(key)).findFirst();
    }
  }

  public long id() {
    return body.path("id").longValue(0);
  }

  public String name() {
    return Documents.text(body, "name");
  }

  public boolean active() {
    return body.path("active").booleanValue(false);
  }

  /** What sets it off; empty for what nothing here sets off. */
  public Optional<Trigger> trigger() {
    return Trigger.of(Documents.text(body, "objectActionTriggerKey"));
  }

  /** Whether it posts to an address. */
  public boolean isWebhook() {
    return Documents.text(body, "objectActionExecutorKey").equals(WEBHOOK);
  }

  /** Whether it is carried out at all. */
  public boolean isCarriedOut() {
    return active() && isWebhook() && trigger().isPresent();
  }

  /** The expression that must hold; empty when there is none. */
  public Optional<String> condition() {
    return Optional.of(Documents.text(body, "conditionExpression")).filter(it -> !it.isBlank());
  }

  public String url() {
    return Documents.text(body.path("parameters"), "url");
  }

  public Optional<String> secret() {
    return Optional.of(Documents.text(body.path("parameters"), "secret"))
        .filter(it -> !it.isEmpty());
  }
}
