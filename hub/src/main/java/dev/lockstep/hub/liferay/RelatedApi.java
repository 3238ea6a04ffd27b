package dev.lockstep.hub.liferay;

import dev.lockstep.hub.Applied;
import dev.lockstep.hub.Draft;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.EntrySlice;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.Match;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.Right;
import dev.lockstep.hub.file.FileEntries;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Entries related to one, and the relation itself. */
final class RelatedApi {
  private final Hub hub;
  private final FileEntries files;
  private final EntryShapes shapes;
  private final Function<ServerRequest, Access> callers;

  RelatedApi(
      Hub hub, FileEntries files, EntryShapes shapes, Function<ServerRequest, Access> callers) {
    this.hub = hub;
    this.files = files;
    this.shapes = shapes;
    this.callers = callers;
  }

  /** One entry, and a relationship of its object. */
  private record Side(EntryApi.Target target, Entry entry, EntryShape.Way way) {}

  private Side side(ServerRequest request, boolean writes) throws InterruptedException {
    EntryApi.Target target = EntryApi.Target.of(shapes, request);
    String name = Rules.text(request, "relationship");
    EntryShape.Way way = target.shape().ways().get(name);
    if (way == null) {
      throw Fault.missing(
          "No relationship " + name + " of " + target.shape().definition().name() + " exists");
    }
    // Who refers from here changes this entry; who is referred to from there must only be seen.
    boolean changes = writes && (way.isOfPairs() || way.toParent());
    EntryGuard guard = new EntryGuard(hub, callers.apply(request), target);
    Entry entry = guard.entry(target.ref(request), changes ? Right.UPDATE : Right.VIEW);
    return new Side(target, entry, way);
  }

  void list(ServerRequest request, ServerResponse response) throws InterruptedException {
    Side side = side(request, false);
    Access access = callers.apply(request);
    Paging paging = Paging.of(request.query());
    EntryShape other = shapes.of(side.way().other());
    EntrySlice slice =
        hub.slice(
            other.object(),
            RelatedQuery.of(hub, side.target().shape(), side.way(), access).sql(),
            List.of(side.entry().id()),
            "id",
            paging.pageSize(),
            paging.offset());
    EntryView view = EntryView.of(request.query());
    EntryApi.answer(
        response,
        json -> {
          json.writeStartObject();
          new EntryOut(hub, files, shapes, access)
              .page(json, other, slice.entries(), view, () -> {});
          paging.write(json, slice.total());
          json.writeEndObject();
        });
  }

  void join(ServerRequest request, ServerResponse response) throws InterruptedException {
    Side side = side(request, true);
    Entry other = other(request, side);
    Entry shown = other;
    if (side.way().isOfPairs()) {
      pair(side, other, true);
    } else if (side.way().toParent()) {
      refer(request, side.target().shape(), side.entry(), side, other.id());
    } else {
      shown = refer(request, shapes.of(side.way().other()), other, side, side.entry().id());
    }
    Entry answer = shown;
    EntryShape shape = shapes.of(side.way().other());
    EntryApi.answer(
        response,
        json ->
            new EntryOut(hub, files, shapes, callers.apply(request))
                .write(json, shape, answer, EntryView.WHOLE));
  }

  void part(ServerRequest request, ServerResponse response) throws InterruptedException {
    Side side = side(request, true);
    Entry other = other(request, side);
    if (side.way().isOfPairs()) {
      pair(side, other, false);
    } else if (side.way().toParent()) {
      refer(request, side.target().shape(), side.entry(), side, null);
    } else {
      refer(request, shapes.of(side.way().other()), other, side, null);
    }
    Answer.nothing(response);
  }

  private Entry other(ServerRequest request, Side side) throws InterruptedException {
    EntryShape shape = shapes.of(side.way().other());
    String named = Rules.text(request, "other");
    EntryRef ref =
        request.path().pathParameters().contains("code")
            ? new EntryRef.Code(
                shape.hubCode(
                    shape.definition().ofSites()
                        ? side.target().site()
                        : java.util.Optional.empty(),
                    named))
            : new EntryRef.Id(Rules.id(request, "other", "ObjectEntry"));
    Access access = callers.apply(request);
    Entry found = hub.find(shape.object(), ref).orElse(null);
    if (found == null || !access.sees(shape.object(), found)) {
      throw Fault.missing("No ObjectEntry exists with " + ref);
    }
    if (!side.way().isOfPairs() && !side.way().toParent()) {
      access.demand(Right.UPDATE, shape.object(), found);
    }
    return found;
  }

  /** Sets, in a child, the id of its parent. */
  private Entry refer(
      ServerRequest request, EntryShape child, Entry entry, Side side, @Nullable Long parent)
      throws InterruptedException {
    Applied applied =
        hub.patch(
            child.object(),
            new EntryRef.Id(entry.id()),
            new Draft(null, Collections.singletonMap(side.way().relationship().field(), parent)),
            Match.ANY,
            callers.apply(request).author());
    return applied.entry();
  }

  private void pair(Side side, Entry other, boolean joined) throws InterruptedException {
    boolean first = side.way().here(side.target().shape().definition()).equals("a");
    long a = first ? side.entry().id() : other.id();
    long b = first ? other.id() : side.entry().id();
    String table = side.way().relationship().table();
    hub.pair(table, a, b, joined);
  }
}
