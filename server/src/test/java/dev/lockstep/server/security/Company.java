package dev.lockstep.server.security;

import static dev.lockstep.server.security.SecuredServer.PASSWORD;
import static dev.lockstep.server.security.SecuredServer.basic;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Customers with tickets, and those who work with them: Clara with all tickets, Anton and Bert each
 * with his own, Rita reads everything, Dora defines, Otto operates, Aude looks on, Nora has no
 * role.
 */
final class Company implements AutoCloseable {
  static final String TICKETS = "/o/c/tickets";
  static final String DEFINITIONS = "/o/object-admin/v1.0/object-definitions";
  static final String SECURITY =
      """
        roles:
          clerk:
            entries:
              tickets: [VIEW, ADD_OBJECT_ENTRY, UPDATE]
          author:
            entries: {tickets: ADD_OBJECT_ENTRY}
          reader:
            entries: {"*": VIEW}
          designer:
            definitions: [VIEW, ADD_OBJECT_DEFINITION, UPDATE, DELETE, PERMISSIONS]
            picklists: [VIEW, ADD_LIST_TYPE_DEFINITION, UPDATE, DELETE]
          operator: {server: write}
          auditor: {server: read}
        users:
          adam: {password: "HASH", roles: [Administrator]}
          clara: {password: "HASH", roles: [clerk]}
          anton: {password: "HASH", roles: [author]}
          bert: {password: "HASH", roles: [author]}
          rita: {password: "HASH", roles: [reader]}
          dora: {password: "HASH", roles: [designer]}
          otto: {password: "HASH", roles: [operator]}
          aude: {password: "HASH", roles: [auditor]}
          nora: {password: "HASH"}
        applications:
          crm: {secret: "SECRET", roles: [clerk], scopes: C_Ticket.everything}
          crmRead: {secret: "SECRET", roles: [clerk], scopes: C_Ticket.everything.read}
          shop: {secret: "SECRET", roles: [clerk], scopes: C_Customer.everything}
          tool: {secret: "SECRET", roles: [Administrator], scopes: Liferay.Object.Admin.REST.everything.read}
          module: {secret: "SECRET", roles: [reader], scopes: hub.read}
      """;

  final SecuredServer server;
  private final Map<String, String> tokens = new HashMap<>();

  private Company(SecuredServer server) {
    this.server = server;
  }

  static Company open(Path folder) throws Exception {
    Company company = new Company(SecuredServer.open(folder, SECURITY, InstantSource.system()));
    company.define();
    return company;
  }

  /** The same on a folder that has it all. */
  static Company again(Path folder) throws Exception {
    return new Company(SecuredServer.open(folder, SECURITY, InstantSource.system()));
  }

  /** Everybody there is, the applications last. */
  static final List<String> CALLERS =
      List.of(
          "guest", "server", "adam", "clara", "anton", "bert", "rita", "dora", "otto", "aude",
          "nora", "crm", "crmRead", "shop", "tool", "module");

  private @Nullable String credentials(String caller) throws Exception {
    if (!CALLERS.contains(caller)) {
      throw new IllegalArgumentException(caller);
    }
    if (caller.equals("guest")) {
      return null;
    }
    if (caller.equals("server")) {
      return "Bearer " + SecuredServer.SERVER_TOKEN;
    }
    if (CALLERS.indexOf(caller) < CALLERS.indexOf("crm")) {
      return basic(caller, PASSWORD);
    }
    String known = tokens.get(caller);
    if (known == null) {
      known = server.token(caller, "");
      tokens.put(caller, known);
    }
    return known;
  }

  /** Takes every ticket away, and all that was granted on tickets, customers and definitions. */
  void clear() throws Exception {
    for (JsonNode ticket : get("adam", TICKETS + "?pageSize=500").is(200).json().path("items")) {
      as("adam", "DELETE", TICKETS + "/" + ticket.path("id").longValue(), "").is(204);
    }
    as("adam", "PUT", TICKETS + "/permissions", "[]").is(200);
    as("adam", "PUT", "/o/c/customers/permissions", "[]").is(200);
    as("adam", "PUT", DEFINITIONS + "/" + definition("Ticket") + "/permissions", "[]").is(200);
  }

  private void define() throws Exception {
    define("Customer", "{'name':'name','label':{'en_US':'Name'},'businessType':'Text'}");
    define(
        "Ticket",
        "{'name':'subject','label':{'en_US':'Subject'},'businessType':'Text'},"
            + "{'name':'size','label':{'en_US':'Size'},'businessType':'Integer'}");
    as(
            "adam",
            "POST",
            DEFINITIONS + "/by-external-reference-code/Customer/object-relationships",
            "{'name':'filed','label':{'en_US':'Filed'},'type':'oneToMany',"
                + "'deletionType':'disassociate','objectDefinitionName2':'Ticket'}")
        .is(200);
    as("adam", "POST", "/o/c/customers", "{'externalReferenceCode':'ACME','name':'Acme'}").is(200);
  }

  void define(String name, String fields) throws Exception {
    as(
            "adam",
            "PUT",
            DEFINITIONS + "/by-external-reference-code/" + name,
            "{'name':'%s','label':{'en_US':'%s'},'pluralLabel':{'en_US':'%ss'},"
                    .formatted(name, name, name)
                + "'status':{'code':0},'objectFields':["
                + fields
                + "]}")
        .is(200);
  }

  long definition(String name) throws Exception {
    return as("adam", "GET", DEFINITIONS + "/by-external-reference-code/" + name, "")
        .is(200)
        .json()
        .path("id")
        .longValue();
  }

  /** The id of a new ticket. */
  long ticket(String by, String body) throws Exception {
    return as(by, "POST", TICKETS, body).is(200).json().path("id").longValue();
  }

  SecuredServer.Answer as(String caller, String method, String path, String body) throws Exception {
    return server.send(credentials(caller), method, path, body);
  }

  SecuredServer.Answer get(String caller, String path) throws Exception {
    return as(caller, "GET", path, "");
  }

  @Override
  public void close() {
    server.close();
  }
}
