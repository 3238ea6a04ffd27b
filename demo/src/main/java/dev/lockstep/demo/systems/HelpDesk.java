package dev.lockstep.demo.systems;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A help desk: tickets over REST with a bearer token, pages by cursor, calls of their own to create
 * and to change, and a will of its own: a ticket goes to a queue that exists, or it is refused.
 */
public final class HelpDesk implements JsonService.Api {
  private static final List<String> FIRST_QUEUES = List.of("billing", "hardware", "software");

  private static final int MOST = 500;

  private final Shelf tickets;
  private final Shelf queues;
  private final String token;

  private HelpDesk(Shelf tickets, Shelf queues, String token) {
    this.tickets = tickets;
    this.queues = queues;
    this.token = token;
  }

  /**
   * Serves until its parent is gone.
   *
   * @param args the port, the file of its storage, the file with its token
   */
  public static void main(String[] args) throws IOException, SQLException {
    EndWithParent.watch();
    Shelf tickets = Shelf.open(Path.of(args[1]));
    Shelf queues = Shelf.open(Path.of(args[1] + "-queues"));
    String token = Files.readString(Path.of(args[2])).strip();
    HelpDesk desk = new HelpDesk(tickets, queues, token);
    for (String queue : FIRST_QUEUES) {
      desk.open(queue);
    }
    JsonService.start(Integer.parseInt(args[0]), desk);
    Announce.ready();
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    if (call.operation().equals("POST hooks/*") && call.hasHeader("X-Api-Key", token)) {
      return take(ObjectEvent.read(call, "Ticket"));
    }
    if (!call.hasHeader("Authorization", "Bearer " + token)) {
      return Answer.refused(401, "the bearer token is missing or unknown");
    }
    return switch (call.operation()) {
      case "GET tickets" -> list(call);
      case "GET tickets/*" ->
          tickets
              .find(call.key())
              .map(Answer::ok)
              .orElseGet(() -> Answer.refused(404, "there is no ticket " + call.key()));
      case "POST tickets" -> create(call);
      case "PATCH tickets/*" -> change(call);
      case "DELETE tickets/*" -> delete(call);
      case "PUT queues/*" -> open(call.key());
      case "GET history" ->
          Answer.ok(Shelf.shown(tickets.history(call.number("after", 0), MOST), "state"));
      default -> Answer.refused(404, "there is nothing at this path");
    };
  }

  private Answer list(Call call) throws SQLException {
    long limit = Math.clamp(call.number("limit", 20), 1, 100);
    List<ObjectNode> page = tickets.after(call.query().getOrDefault("cursor", ""), limit);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode data = body.putArray("data");
    page.forEach(data::add);
    if (page.size() == limit) {
      body.putObject("meta").put("next", page.getLast().path("reference").asString());
    }
    return Answer.ok(body);
  }

  private Answer create(Call call) throws SQLException {
    if (!(call.body().path("ticket") instanceof ObjectNode ticket)
        || !ticket.path("reference").isString()) {
      return Answer.refused(422, "a ticket has a reference");
    }
    String reference = ticket.path("reference").asString();
    if (tickets.find(reference).isPresent()) {
      return Answer.refused(409, "ticket " + reference + " exists");
    }
    return store("POST", reference, ticket);
  }

  private Answer change(Call call) throws SQLException {
    ObjectNode ticket = tickets.find(call.key()).orElse(null);
    if (ticket == null) {
      return Answer.refused(404, "there is no ticket " + call.key());
    }
    if (call.body().path("ticket") instanceof ObjectNode changes) {
      ticket.setAll(changes);
    }
    return store("PATCH", call.key(), ticket);
  }

  private Answer store(String method, String reference, ObjectNode ticket) throws SQLException {
    long revision = ticket.path("revision").longValue(0);
    String queue = ticket.path("queue").asString("");
    if (queues.find(queue).isEmpty()) {
      Announce.call(method, reference, 422, revision);
      return Answer.refused(422, "there is no queue '" + queue + "' at this help desk");
    }
    int status = tickets.put(reference, method, ticket) ? 201 : 200;
    Announce.call(method, reference, status, revision);
    return new Answer(status, ticket);
  }

  /** Takes a ticket as a portal's webhook brings it. */
  private Answer take(ObjectEvent event) throws SQLException {
    String queue = event.text("queue");
    if (queues.find(queue).isEmpty()) {
      Announce.call("HOOK", event.code(), 422, 0);
      return Answer.refused(422, "there is no queue '" + queue + "' at this help desk");
    }
    ObjectNode ticket = JsonNodeFactory.instance.objectNode();
    ticket.put("reference", event.code()).put("title", event.text("subject"));
    ticket.put("queue", queue).put("priority", event.text("priority"));
    ticket.put("state", event.text("ticketStatus"));
    if (tickets.take(event.id(), event.code(), "HOOK", ticket)) {
      Announce.call("HOOK", event.code(), 200, 0);
    }
    return Answer.ok(ticket);
  }

  private Answer delete(Call call) throws SQLException {
    if (!tickets.delete(call.key())) {
      return Answer.refused(404, "there is no ticket " + call.key());
    }
    Announce.call("DELETE", call.key(), 204, 0);
    return Answer.nothing();
  }

  private Answer open(String queue) throws SQLException {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("name", queue);
    queues.put(queue, "PUT", document);
    return Answer.ok(document);
  }
}
