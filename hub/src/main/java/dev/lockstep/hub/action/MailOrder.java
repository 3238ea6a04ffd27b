package dev.lockstep.hub.action;

import dev.lockstep.hub.Entry;
import dev.lockstep.hub.HubEvent;
import dev.lockstep.hub.mail.Letter;
import dev.lockstep.hub.object.DefinedAction;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Model;
import dev.lockstep.hub.object.NotificationTemplate;
import dev.lockstep.hub.object.NotificationTemplate.Recipient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The message that an event has an action send, as it was when the event was looked at. */
final class MailOrder {
  private static final JsonMapper JSON = JsonMapper.shared();

  private MailOrder() {}

  static EntryOrder.Made of(
      Model model, Definition definition, DefinedAction action, HubEvent event) {
    Optional<NotificationTemplate> found = action.template(model);
    if (found.isEmpty()) {
      return new EntryOrder.Made.Bad("its notification template was deleted");
    }
    NotificationTemplate template = found.get();
    Entry entry = event.after().or(event::before).orElseThrow();
    Terms terms = new Terms(model, definition, entry);
    Recipient recipient = template.recipients().getFirst();
    ObjectNode order = JSON.createObjectNode();
    order.put("at", event.at().toString());
    order.put("from", terms.plain(recipient.from()).strip());
    order.put("fromName", terms.plain(recipient.fromName()).strip());
    addresses(order, "to", recipient.to(), terms::plain);
    addresses(order, "cc", recipient.cc(), terms::plain);
    addresses(order, "bcc", recipient.bcc(), terms::plain);
    order.put("subject", terms.plain(template.subject()));
    order.put("body", terms.html(template.text()));
    return new EntryOrder.Made.Good(order.toString());
  }

  /** Parted before the terms are filled in: what one of them holds is one address, or none. */
  private static void addresses(
      ObjectNode order, String name, String written, UnaryOperator<String> filled) {
    var all = order.putArray(name);
    for (String each : written.split(",", -1)) {
      String address = filled.apply(each.strip()).strip();
      if (!address.isEmpty()) {
        all.add(address);
      }
    }
  }

  /**
   * @param from who sends what names no sender
   */
  static Letter letter(Delivery.Order order, String from) {
    JsonNode body = JSON.readTree(order.body());
    String sender = body.path("from").asString("");
    String by = sender.isEmpty() ? from : sender;
    return new Letter(
        order.event() + "@" + (by.contains("@") ? by.substring(by.indexOf('@') + 1) : "lockstep"),
        Instant.parse(body.path("at").asString()),
        by,
        body.path("fromName").asString(""),
        all(body.path("to")),
        all(body.path("cc")),
        all(body.path("bcc")),
        body.path("subject").asString(""),
        body.path("body").asString(""),
        true);
  }

  private static List<String> all(JsonNode list) {
    List<String> all = new ArrayList<>();
    list.forEach(each -> all.add(each.asString("")));
    return all;
  }
}
