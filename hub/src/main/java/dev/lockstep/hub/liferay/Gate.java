package dev.lockstep.hub.liferay;

import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.Right;
import dev.lockstep.hub.access.Scopes;
import dev.lockstep.hub.object.Definition;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.PartKind;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks at a caller's rights before a request reaches what answers it, so that a route that is
 * added later is guarded as well. Refuses by throwing.
 */
public interface Gate {
  void pass(ServerRequest request) throws InterruptedException;

  private static boolean writes(ServerRequest request) {
    Method method = request.prologue().method();
    return !(method.equals(Method.GET) || method.equals(Method.HEAD));
  }

  /** Of definitions, their parts and their folders. */
  static Gate ofDefinitions(Definitions definitions, Function<ServerRequest, Access> callers) {
    return request -> {
      Access access = callers.apply(request);
      access.demandScope("Liferay.Object.Admin.REST", writes(request));
      if (!access.isUnlimited()) {
        new DefinitionGate(definitions, access).pass(request);
      }
    };
  }

  /** Of templates of notifications, which say what actions send: to be seen and set as those. */
  static Gate ofTemplates(Function<ServerRequest, Access> callers) {
    return request -> {
      Access access = callers.apply(request);
      access.demandScope("Liferay.Notification.REST", writes(request));
      access.demandAny(writes(request) ? Right.UPDATE : Right.VIEW);
    };
  }

  /** Of picklists. */
  static Gate ofPicklists(Function<ServerRequest, Access> callers) {
    return request -> {
      Access access = callers.apply(request);
      access.demandScope("Liferay.Headless.Admin.List.Type", writes(request));
      Method method = request.prologue().method();
      boolean one = request.path().pathParameters().size() > 0;
      boolean entries = request.path().path().contains("/list-type-entries");
      if (!writes(request)) {
        access.demandPicklists(Right.VIEW);
      } else if (method.equals(Method.POST) && !one) {
        access.demandPicklists(Right.ADD_LIST_TYPE_DEFINITION);
      } else {
        access.demandPicklists(
            method.equals(Method.DELETE) && !entries ? Right.DELETE : Right.UPDATE);
      }
    };
  }

  /** Of entries: a token must be good for the object; rights are looked at entry by entry. */
  static Gate ofEntries(Definitions definitions, Function<ServerRequest, Access> callers) {
    return request -> {
      String path = Rules.text(request, "path");
      Optional<Definition> definition = definitions.model().byPath(path);
      Access access = callers.apply(request);
      if (definition.isEmpty()) {
        access.demandKnown();
      }
      access.demandScope(
          definition.map(it -> Scopes.ofObject(it.name())).orElse(path), writes(request));
    };
  }

  /** The gate of definitions for a caller who may not do everything. */
  record DefinitionGate(Definitions definitions, Access access) {
    void pass(ServerRequest request) {
      String[] names = request.path().path().split("/", -1);
      // "", o, object-admin, v1.0, and what is asked for.
      String kind = part(names, "v1.0", 1);
      boolean writes = writes(request);
      if (kind.equals("object-definitions")) {
        definition(request, part(names, "v1.0", names.length), writes);
      } else {
        Optional<Definition> owner =
            PartKind.at(kind)
                .flatMap(it -> definitions.part(it, Rules.id(request, "id", it.label())))
                .map(Definitions.Part::definition);
        if (owner.isPresent()) {
          seen(owner.get(), "there is nothing of that id");
          access.demand(writes ? Right.UPDATE : Right.VIEW, owner.get());
        } else {
          access.demandAny(writes ? Right.UPDATE : Right.VIEW);
        }
      }
    }

    /** The part of a path so many after another; the last of all for too many. */
    private static String part(String[] names, String after, int distance) {
      for (int i = 0; i < names.length; i++) {
        if (names[i].equals(after)) {
          return names[Math.min(i + distance, names.length - 1)];
        }
      }
      return "";
    }

    private void definition(ServerRequest request, String last, boolean writes) {
      boolean coded = request.path().pathParameters().contains("code");
      Method method = request.prologue().method();
      if (!coded && !request.path().pathParameters().contains("id")) {
        if (writes) {
          access.demandAny(Right.ADD_OBJECT_DEFINITION);
        } else {
          access.demandKnown();
        }
        return;
      }
      Optional<Definition> found =
          coded
              ? definitions.model().byCode(Rules.text(request, "code"))
              : definitions.model().definition(Rules.id(request, "id", "ObjectDefinition"));
      if (found.isEmpty()) {
        access.demandKnown();
        if (coded && method.equals(Method.PUT)) {
          access.demandAny(Right.ADD_OBJECT_DEFINITION);
        }
        return;
      }
      boolean itself = last.equals(Rules.text(request, coded ? "code" : "id"));
      Right wanted = Right.VIEW;
      if (last.equals("permissions")) {
        wanted = Right.PERMISSIONS;
      } else if (writes) {
        wanted = method.equals(Method.DELETE) && itself ? Right.DELETE : Right.UPDATE;
      }
      seen(
          found.get(),
          coded
              ? "No ObjectDefinition exists with the external reference code "
                  + Rules.text(request, "code")
              : "No ObjectDefinition exists with the primary key " + found.get().id());
      access.demand(wanted, found.get());
    }

    /** What may not be seen is not there. */
    private void seen(Definition definition, String missing) {
      access.demandKnown();
      if (!access.may(Right.VIEW, definition)) {
        throw Fault.missing(missing);
      }
    }
  }
}
