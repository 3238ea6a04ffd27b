package dev.lockstep.connectors.http;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Row;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds records by the calls that a dataset describes: many at once, or one after the other. */
final class HttpLookup implements Lookup {
  private final Session session;
  private final Answers answers;

  HttpLookup(Session session) {
    this.session = session;
    this.answers = new Answers(session);
  }

  @Override
  public Map<Key, Row> find(DatasetId dataset, List<Key> keys) throws InterruptedException {
    return OnVirtualThread.run(() -> findHere(session.resource(dataset), keys));
  }

  private Map<Key, Row> findHere(Resource resource, List<Key> keys) throws InterruptedException {
    Map<Key, Row> found = new LinkedHashMap<>();
    if (resource.lookup().isPresent()) {
      Resource.FetchMany call = resource.lookup().get();
      for (int from = 0; from < keys.size(); from += call.keys()) {
        findMany(
            resource, call, keys.subList(from, Math.min(keys.size(), from + call.keys())), found);
      }
      return found;
    }
    Resource.Fetch call =
        resource
            .get()
            .orElseThrow(() ->
                new ConnectorException(
                    new Failure.Permanent(
                        "dataset '" + resource.name() + "' cannot look up; describe get")));
    for (Key key : keys) {
      findOne(resource, call, key).ifPresent(row -> found.put(key, row));
    }
    return found;
  }

  private Optional<Row> findOne(Resource resource, Resource.Fetch call, Key key)
      throws InterruptedException {
    Optional<String> target = target(resource.dataset(), call.path(), key);
    if (target.isEmpty()) {
      return Optional.empty();
    }
    String name = "GET " + call.path();
    try (Exchange exchange = send(target.get())) {
      if (exchange.status() == 404 || exchange.status() == 410) {
        answers.read(exchange);
        return Optional.empty();
      }
      refuse(exchange, "datasets." + resource.name() + ".get", name);
      return row(resource, exchange, call.item());
    } catch (WireFailure failure) {
      throw session.transientFailure(name, failure);
    } catch (IOException broken) {
      Exchange.throwIfInterrupted();
      throw brokenOff(name, broken);
    }
  }

  private Optional<Row> row(Resource resource, Exchange exchange, FieldPath at) throws IOException {
    int max = session.api().sizes().record();
    JsonScanner.Value value;
    if (at.isRoot()) {
      value = new JsonScanner(Charsets.utf8(exchange, session.api().sizes().response())).value(max);
      exchange.drain();
    } else {
      PageBody body =
          PageBody.ofField(Charsets.utf8(exchange, session.api().sizes().response()), at, max);
      while (body.next() != null) {}
      value = body.value(at);
    }
    if (value == null || value.text().equals("null")) {
      return Optional.empty();
    }
    RecordReader reader = new RecordReader(resource.dataset(), session.json());
    try {
      if (value.cut()) {
        throw new Unfitting("it is larger than maxRecord", "raise maxRecord");
      }
      reader.add(value.bytes());
      return reader.takeRows().stream().findFirst();
    } catch (Unfitting unfit) {
      throw new ConnectorException(
          new Failure.Permanent(
              session
                  .redactor()
                  .clean(
                      "a record of '"
                          + resource.name()
                          + "' cannot be read: "
                          + unfit.fault()
                          + "; "
                          + unfit.remedy())));
    }
  }

  private void findMany(
      Resource resource, Resource.FetchMany call, List<Key> keys, Map<Key, Row> found)
      throws InterruptedException {
    Map<String, Key> byText = new LinkedHashMap<>();
    keys.forEach(key -> byText.put(String.valueOf(PathText.of(key.parts().getFirst())), key));
    String joined = String.join(call.separator(), byText.keySet());
    String name = "GET " + call.path();
    try (Exchange exchange =
        send(call.path().expand(session.api().basePath(), placeholder -> joined))) {
      refuse(exchange, "datasets." + resource.name() + ".lookup", name);
      PageBody body =
          new PageBody(
              Charsets.utf8(exchange, session.api().sizes().response()),
              call.items(),
              List.of(),
              session.api().sizes().record());
      JsonScanner.Value item;
      while ((item = body.next()) != null) {
        keep(resource, item, byText, found);
      }
    } catch (WireFailure failure) {
      throw session.transientFailure(name, failure);
    } catch (IOException broken) {
      Exchange.throwIfInterrupted();
      throw brokenOff(name, broken);
    } catch (Template.Unfit unfit) {
      throw new ConnectorException(new Failure.Permanent(name + ": " + unfit.getMessage()));
    }
  }

  private void keep(
      Resource resource, JsonScanner.Value item, Map<String, Key> byText, Map<Key, Row> found) {
    RecordReader reader = new RecordReader(resource.dataset(), session.json());
    try {
      if (!item.cut()) {
        reader.add(item.bytes());
        Row row = reader.takeRows().getFirst();
        Key key =
            byText.get(String.valueOf(PathText.of(row.get(resource.dataset().key().getFirst()))));
        if (key != null) {
          found.put(key, row);
        }
      }
    } catch (Unfitting unfit) {
      throw new ConnectorException(
          new Failure.Permanent(
              session
                  .redactor()
                  .clean(
                      "a record of '"
                          + resource.name()
                          + "' cannot be read: "
                          + unfit.fault()
                          + "; "
                          + unfit.remedy())));
    }
  }

  private Exchange send(String target) throws WireFailure, InterruptedException {
    return session
        .calls()
        .send(Request.get(session.origin(), target, session.api().timeouts().request()));
  }

  private void refuse(Exchange exchange, String setting, String call) {
    if (exchange.status() != 200) {
      throw answers.failure(setting, call, answers.read(exchange));
    }
  }

  private static ConnectorException brokenOff(String call, IOException broken) {
    return new ConnectorException(
        Failure.Transient.of(call + ": " + Faults.cut(broken.getMessage(), 200)), broken);
  }

  /** Empty when no record can have this key, because no path leads to it. */
  private Optional<String> target(Dataset dataset, Template path, Key key) {
    try {
      return Optional.of(
          path.expand(
              session.api().basePath(),
              name -> PathText.of(key.parts().get(dataset.key().indexOf(name)))));
    } catch (Template.Unfit unfit) {
      return Optional.empty();
    }
  }
}
