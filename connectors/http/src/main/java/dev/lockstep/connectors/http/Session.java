package dev.lockstep.connectors.http;

import dev.lockstep.connector.ConnectorContext;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import java.net.URI;
import java.time.InstantSource;
import tools.jackson.core.json.JsonFactory;

/** What the roles of one connection share. Thread-safe. */
final class Session implements AutoCloseable {
  private final Api api;
  private final String system;
  private final URI origin;
  private final Redactor redactor;
  private final InstantSource clock;
  private final JsonFactory json;
  private final Wire wire;
  private final Calls calls;
  private volatile boolean closed;

  Session(Api api, ConnectorContext context) {
    this.api = api;
    this.system = context.system();
    this.origin = Origin.of(api.base());
    this.redactor = new Redactor(api);
    this.clock = context.clock();
    this.json = Json.factory(api.sizes().record());
    this.wire = new Wire(api);
    this.calls = new Calls(wire, new Tokens(api, wire, redactor, clock));
  }

  Api api() {
    return api;
  }

  String system() {
    return system;
  }

  URI origin() {
    return origin;
  }

  Redactor redactor() {
    return redactor;
  }

  InstantSource clock() {
    return clock;
  }

  JsonFactory json() {
    return json;
  }

  Calls calls() {
    return calls;
  }

  /** The description of a dataset that the engine asks for; there always is one. */
  Resource resource(DatasetId id) {
    Resource resource = api.resources().get(id);
    if (resource == null) {
      throw new ConnectorException(
          new Failure.Permanent("no dataset '" + id + "' is described; add datasets." + id));
    }
    return open(resource);
  }

  /** The same description, while this connection is open. */
  Resource open(Resource resource) {
    if (closed) {
      throw new IllegalStateException("the connection to " + system + " is closed");
    }
    return resource;
  }

  ConnectorException transientFailure(String call, WireFailure failure) {
    return new ConnectorException(
        Failure.Transient.of(redactor.clean(call + ": " + failure.text())), failure);
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    wire.close();
  }
}
