package dev.lockstep.hub.liferay;

import dev.lockstep.hub.Entry;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.Permissions;
import dev.lockstep.hub.access.Right;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.Function;

/** Permissions of entries: of each by itself, and of all of an object. */
final class PermissionApi {
  private static final String PERMISSIONS = "/permissions";

  private final Hub hub;
  private final EntryShapes shapes;
  private final Function<ServerRequest, Access> callers;

  PermissionApi(Hub hub, EntryShapes shapes, Function<ServerRequest, Access> callers) {
    this.hub = hub;
    this.shapes = shapes;
    this.callers = callers;
  }

  /** To be called before the routes of relationships, which have the same form. */
  void routing(Rules rules) {
    rules.get("/{path}" + PERMISSIONS, this::ofAll).put("/{path}" + PERMISSIONS, this::grantOnAll);
    for (String entry :
        new String[] {
          "/{path}/{id}",
          "/{path}" + Rules.BY_CODE + "{code}",
          "/{path}/scopes/{scope}" + Rules.BY_CODE + "{code}"
        }) {
      rules.get(entry + PERMISSIONS, this::ofOne).put(entry + PERMISSIONS, this::grantOnOne);
    }
  }

  private void ofAll(ServerRequest request, ServerResponse response) {
    EntryShape shape = all(request);
    PermissionPage.write(
        response, permissions(request).ofEntries(shape.definition().id()), request);
  }

  private void grantOnAll(ServerRequest request, ServerResponse response)
      throws InterruptedException {
    EntryShape shape = all(request);
    Permissions permissions = permissions(request);
    long definition = shape.definition().id();
    permissions.setOfEntries(
        definition, PermissionPage.read(request, Right.ENTRIES, permissions.roles()));
    PermissionPage.write(response, permissions.ofEntries(definition), request);
  }

  private EntryShape all(ServerRequest request) {
    EntryShape shape = EntryApi.Target.of(shapes, request).shape();
    callers.apply(request).demand(Right.PERMISSIONS, shape.object());
    return shape;
  }

  private void ofOne(ServerRequest request, ServerResponse response) throws InterruptedException {
    EntryApi.Target target = EntryApi.Target.of(shapes, request);
    Entry entry = one(request, target);
    PermissionPage.write(
        response, permissions(request).ofEntry(target.shape().object(), entry.id()), request);
  }

  private void grantOnOne(ServerRequest request, ServerResponse response)
      throws InterruptedException {
    EntryApi.Target target = EntryApi.Target.of(shapes, request);
    Entry entry = one(request, target);
    Permissions permissions = permissions(request);
    permissions.setOfEntry(
        entry.id(), PermissionPage.read(request, Right.SINGLE, permissions.roles()));
    PermissionPage.write(
        response, permissions.ofEntry(target.shape().object(), entry.id()), request);
  }

  private Entry one(ServerRequest request, EntryApi.Target target) throws InterruptedException {
    return new EntryGuard(hub, callers.apply(request), target)
        .entry(target.ref(request), Right.PERMISSIONS);
  }

  private Permissions permissions(ServerRequest request) {
    return PermissionPage.of(callers.apply(request));
  }
}
