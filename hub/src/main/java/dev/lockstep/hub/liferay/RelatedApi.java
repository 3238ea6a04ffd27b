package dev.lockstep.hub.liferay;

import dev.lockstep.hub.Applied;
import dev.lockstep.hub.Author;
import dev.lockstep.hub.Draft;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.EntrySlice;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.Match;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Entries related to one, and the relation itself. */
final class RelatedApi {
  private final Hub hub;
  private final EntryShapes shapes;
  private final EntryOut out;
  private final Function<ServerRequest, Author> author;

  RelatedApi(Hub hub, EntryShapes shapes, EntryOut out, Function<ServerRequest, Author> author) {
    this.hub = hub;
    this.shapes = shapes;
    this.out = out;
    this.author = author;
  }

  /** One entry, and a relationship of its object. */
  private record Side(EntryApi.Target target, Entry entry, EntryShape.Way way) {}

  private Side side(ServerRequest request) throws InterruptedException {
    EntryApi.Target target = EntryApi.Target.of(shapes, request);
    String name = Rules.text(request, "relationship");
    EntryShape.Way way = target.shape().ways().get(name);
    if (way == null) {
      throw Fault.missing(
          "No relationship " + name + " of " + target.shape().definition().name() + " exists");
    }
    EntryRef ref = target.ref(request);
    Entry entry = hub.find(target.shape().object(), ref).orElseThrow(() -> target.missing(ref));
    return new Side(target, entry, way);
  }

  void list(ServerRequest request, ServerResponse response) throws InterruptedException {
    Side side = side(request);
    Paging paging = Paging.of(request.query());
    EntryShape other = shapes.of(side.way().other());
    EntrySlice slice =
        hub.slice(
            other.object(),
            RelatedQuery.of(hub, side.target().shape(), side.way()).sql(),
            List.of(side.entry().id()),
            "id",
            paging.pageSize(),
            paging.offset());
    EntryView view = EntryView.of(request.query());
    EntryApi.answer(
        response,
        json -> {
          json.writeStartObject();
          out.page(json, other, slice.entries(), view, () -> {});
          paging.write(json, slice.total());
          json.writeEndObject();
        });
  }

  void join(ServerRequest request, ServerResponse response) throws InterruptedException {
    Side side = side(request);
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
    EntryApi.answer(response, json -> out.write(json, shape, answer, EntryView.WHOLE));
  }

  void part(ServerRequest request, ServerResponse response) throws InterruptedException {
    Side side = side(request);
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
    return hub.find(shape.object(), ref)
        .orElseThrow(() -> Fault.missing("No ObjectEntry exists with " + ref));
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
            author.apply(request));
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
