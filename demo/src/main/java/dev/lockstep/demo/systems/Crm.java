package dev.lockstep.demo.systems;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A CRM: accounts over REST, pages by number, a key in a header of its own. Its history of writes
 * can be read, as an audit log.
 */
public final class Crm implements JsonService.Api {
  private static final int MOST = 500;

  private final Shelf accounts;
  private final String key;

  private Crm(Shelf accounts, String key) {
    this.accounts = accounts;
    this.key = key;
  }

  /**
   * Serves until its parent is gone.
   *
   * @param args the port, the file of its storage, the file with its key
   */
  public static void main(String[] args) throws IOException, SQLException {
    EndWithParent.watch();
    Shelf accounts = Shelf.open(Path.of(args[1]));
    String key = Files.readString(Path.of(args[2])).strip();
    JsonService.start(Integer.parseInt(args[0]), new Crm(accounts, key));
    Announce.ready();
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    if (!call.hasHeader("X-Api-Key", key)) {
      return Answer.refused(401, "X-Api-Key is missing or unknown");
    }
    return switch (call.operation()) {
      case "GET accounts" -> list(call);
      case "GET accounts/*" ->
          accounts
              .find(call.key())
              .<Answer>map(Answer::ok)
              .orElseGet(() -> Answer.refused(404, "there is no account " + call.key()));
      case "PUT accounts/*" -> put(call);
      case "DELETE accounts/*" -> delete(call);
      case "GET history" -> history(call);
      case "POST hooks/*" -> open(ObjectEvent.read(call, "DistributorApplication"));
      default -> Answer.refused(404, "there is nothing at this path");
    };
  }

  private Answer list(Call call) throws SQLException {
    long size = Math.clamp(call.number("size", 50), 1, MOST);
    long page = Math.max(1, call.number("page", 1));
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode items = body.putArray("items");
    accounts.page((page - 1) * size, size).forEach(items::add);
    body.put("page", page).put("lastPage", Math.max(1, Math.ceilDiv(accounts.size(), size)));
    return Answer.ok(body);
  }

  private Answer put(Call call) throws SQLException {
    if (!(call.body() instanceof ObjectNode account) || !account.path("name").isString()) {
      return Answer.refused(422, "an account has a name");
    }
    account.put("externalId", call.key());
    int status = accounts.put(call.key(), "PUT", account) ? 201 : 200;
    Announce.call("PUT", call.key(), status, account.path("revision").longValue(0));
    return new Answer(status, account);
  }

  /** Opens the account of an application that was approved. */
  private Answer open(ObjectEvent event) throws SQLException {
    ObjectNode account = JsonNodeFactory.instance.objectNode();
    account.put("externalId", event.code()).put("name", event.text("businessName"));
    account.put("email", event.text("applicantEmailAddress"));
    account.put("phone", event.text("businessPhoneNumber"));
    account.put("website", event.text("businessWebsiteURL"));
    account.put("taxId", event.text("businessTaxIDNumber"));
    if (accounts.take(event.id(), event.code(), "HOOK", account)) {
      Announce.call("HOOK", event.code(), 200, 0);
    }
    return Answer.ok(account);
  }

  private Answer delete(Call call) throws SQLException {
    if (!accounts.delete(call.key())) {
      return Answer.refused(404, "there is no account " + call.key());
    }
    Announce.call("DELETE", call.key(), 204, 0);
    return Answer.nothing();
  }

  private Answer history(Call call) throws SQLException {
    return Answer.ok(Shelf.shown(accounts.history(call.number("after", 0), MOST), "revision"));
  }
}
