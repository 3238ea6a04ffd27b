package dev.lockstep.hub.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An action of a definition, read from its document. */
public record DefinedAction(ObjectNode body) {
  static final String FUNCTION = "function#";

  /** What can set an action off. */
  public enum Trigger {
    ADD("onAfterAdd"),
    UPDATE("onAfterUpdate"),
    DELETE("onAfterDelete"),
    /** Somebody asks for it, by its name, for one entry. */
    STANDALONE("standalone");

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

  /** What carries an action out. */
  public enum Executor {
    ADD_ENTRY("add-object-entry"),
    UPDATE_ENTRY("update-object-entry"),
    /** A program that belongs to an application, by the code behind the key. */
    FUNCTION("function#"),
    NOTIFICATION("notification"),
    WEBHOOK("webhook");

    private final String key;

    Executor(String key) {
      this.key = key;
    }

    /** Liferay's word, or the beginning of it. */
    public String key() {
      return key;
    }

    /** Whether it writes entries here, and calls nobody. */
    public boolean writesEntries() {
      return this == ADD_ENTRY || this == UPDATE_ENTRY;
    }

    static Optional<Executor> of(String key) {
      return List.of(values()).stream()
          .filter(it ->
              it == FUNCTION
                  ? key.startsWith(it.key) && key.length() > it.key.length()
                  : key.equals(it.key))
          .findFirst();
    }
  }

  /**
   * A value that an action gives to an entry.
   *
   * @param asItStands whether it is the value itself, and not an expression that gives it
   */
  public record Preset(String name, boolean asItStands, JsonNode value) {}

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

  /** What carries it out; empty for what nothing here carries out. */
  public Optional<Executor> executor() {
    return Executor.of(Documents.text(body, "objectActionExecutorKey"));
  }

  /** Whether it is carried out at all. */
  public boolean isCarriedOut() {
    return active() && executor().isPresent() && trigger().isPresent();
  }

  /** The signal in the log that sets it off, where no change does. */
  public String signal() {
    return Trigger.STANDALONE.key() + " " + id();
  }

  /** What an event of a log is for this action. */
  public String delivery(String event) {
    return "evt_" + event + "_" + id();
  }

  /** The expression that must hold; empty when there is none. */
  public Optional<String> condition() {
    return Optional.of(Documents.text(body, "conditionExpression")).filter(it -> !it.isBlank());
  }

  public String url() {
    return parameter("url");
  }

  /**
   * Whom its events reach: what is at one address gets the events of an entry in their order,
   * whichever actions send them.
   */
  public String target() {
    Executor executor = executor().orElse(Executor.WEBHOOK);
    if (executor != Executor.WEBHOOK) {
      return executor.writesEntries() ? "entries" : Documents.text(body, "objectActionExecutorKey");
    }
    String url = url();
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }

  public Optional<String> secret() {
    return Optional.of(parameter("secret")).filter(it -> !it.isEmpty());
  }

  /** The external reference code of the definition whose entries it writes; empty for its own. */
  public String targetCode() {
    return parameter("objectDefinitionExternalReferenceCode");
  }

  /** Whether an entry that it adds is related to the one that set it off. */
  public boolean relates() {
    return parameter("relatedObjectEntries").equals("true");
  }

  /** The values it gives; a list, or the text of one, as Liferay's exports have it. */
  public List<Preset> presets() {
    List<Preset> presets = new ArrayList<>();
    for (JsonNode each : list(body.path("parameters").path("predefinedValues"))) {
      presets.add(
          new Preset(
              Documents.text(each, "name"),
              Documents.text(each, "inputAsValue").equals("true"),
              each.path("value")));
    }
    return presets;
  }

  private static JsonNode list(JsonNode value) {
    if (!value.isString()) {
      return value;
    }
    try {
      return Documents.JSON.readTree(value.stringValue());
    } catch (JacksonException noList) {
      return value;
    }
  }

  /** The template of what it sends; empty when there is none of mail. */
  public Optional<NotificationTemplate> template(Model model) {
    return model.templates().stream().filter(this::isOf).findFirst();
  }

  /** Whether it sends a template, which it names by its code or its number. */
  boolean isOf(NotificationTemplate template) {
    String code = parameter("notificationTemplateExternalReferenceCode");
    return executor().filter(Executor.NOTIFICATION::equals).isPresent()
        && (code.isEmpty()
            ? parameter("notificationTemplateId").equals(Long.toString(template.id()))
            : template.code().equals(code));
  }

  /** The code of the function that it calls. */
  public String function() {
    return Documents.text(body, "objectActionExecutorKey").substring(FUNCTION.length());
  }

  /** A parameter as text; empty when it is not there. */
  public String parameter(String name) {
    @Nullable JsonNode parameters = body.get("parameters");
    return parameters == null ? "" : Documents.text(parameters, name);
  }
}
