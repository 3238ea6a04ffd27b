package dev.lockstep.hub.batch;

import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.Principal;
import dev.lockstep.hub.access.Scopes;
import dev.lockstep.hub.liferay.Fault;
import dev.lockstep.hub.liferay.Rules;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Definitions;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What requests of import and export tasks have in common.
 *
 * @param callers what who sent a request may do
 */
public record TaskRequests(Definitions definitions, Function<ServerRequest, Access> callers) {
  private static final String APPLICATION = "Liferay.Headless.Batch.Engine";

  /** Throws unless a caller may use the API of tasks. */
  public void pass(ServerRequest request) {
    Access access = callers.apply(request);
    access.demandKnown();
    Method method = request.prologue().method();
    access.demandScope(APPLICATION, !(method.equals(Method.GET) || method.equals(Method.HEAD)));
  }

  /** Throws unless a caller may use the API of the object at {@code path}. */
  public void passEntries(ServerRequest request, boolean writes) {
    Access access = callers.apply(request);
    access.demandKnown();
    String path = Rules.text(request, "path");
    access.demandScope(
        definitions.model().byPath(path).map(it -> Scopes.ofObject(it.name())).orElse(path),
        writes);
  }

  /** The query, a name each, to be added to. */
  public static Map<String, String> parameters(ServerRequest request) {
    Map<String, String> parameters = new LinkedHashMap<>();
    UriQuery query = request.query();
    for (String name : query.names()) {
      parameters.put(name, String.join(",", query.all(name)));
    }
    return parameters;
  }

  /** The query, and what the path says of the entries meant. */
  public Map<String, String> parametersOfEntries(ServerRequest request) {
    String path = Rules.text(request, "path");
    Definition definition =
        definitions
            .model()
            .byPath(path)
            .filter(Definition::published)
            .orElseThrow(() -> Fault.missing("There is no published object at /o/c/" + path));
    Map<String, String> parameters = parameters(request);
    parameters.put(Order.DELEGATE, Scopes.ofObject(definition.name()));
    if (request.path().pathParameters().contains("scope")) {
      parameters.put("scopeKey", Rules.text(request, "scope"));
    }
    return parameters;
  }

  /** Where tasks are found. */
  public interface Finding<I, T> {
    Optional<T> find(I named) throws InterruptedException;
  }

  /**
   * The task that a request names; one of somebody else is not there.
   *
   * @param type what Liferay calls such a task
   */
  public <T> T named(
      ServerRequest request,
      String type,
      Finding<Long, T> byId,
      Finding<String, T> byCode,
      Function<T, Principal> asker)
      throws InterruptedException {
    boolean coded = request.path().pathParameters().contains("code");
    Optional<T> found =
        coded ? byCode.find(Rules.text(request, "code")) : byId.find(Rules.id(request, "id", type));
    Access access = callers.apply(request);
    return found
        .filter(task -> access.isUnlimited() || isSame(access.principal(), asker.apply(task)))
        .orElseThrow(() ->
            Fault.missing(
                coded
                    ? "No "
                        + type
                        + " exists with the external reference code "
                        + Rules.text(request, "code")
                    : "No " + type + " exists with the primary key " + Rules.text(request, "id")));
  }

  private static boolean isSame(Principal caller, Principal asker) {
    return caller.name() != null && caller.name().equals(asker.name());
  }
}
