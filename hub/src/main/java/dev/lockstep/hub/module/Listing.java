package dev.lockstep.hub.module;

import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryPage;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.NearestName;
import dev.lockstep.hub.filter.Filter;
import dev.lockstep.hub.filter.FilterFault;
import dev.lockstep.hub.filter.Fragment;
import dev.lockstep.hub.filter.Sort;
import dev.lockstep.hub.rest.Refusal;
import dev.lockstep.hub.rest.Reply;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;

/** One page of a list: {@code ?filter=&sort=&fields=&limit=&cursor=}. */
final class Listing {
  static final List<String> PARAMETERS = List.of("filter", "sort", "fields", "limit", "cursor");
  static final int DEFAULT_LIMIT = 20;
  static final int MOST = 500;

  private final Hub hub;
  private final InstantSource clock;
  private final View view;
  private final UriQuery query;
  private final ViewFields fields;

  Listing(Hub hub, InstantSource clock, View view, UriQuery query) {
    this.hub = hub;
    this.clock = clock;
    this.view = view;
    this.query = query;
    this.fields = new ViewFields(hub, view);
  }

  void answer(ServerRequest request, ServerResponse response)
      throws InterruptedException, IOException {
    for (String name : query.names()) {
      if (!PARAMETERS.contains(name)) {
        throw bad("there is no parameter '" + name + "'", NearestName.remedy(name, PARAMETERS));
      }
    }
    Selection selection = Selection.of(view, query);
    Sort sort;
    EntryPage page;
    try {
      sort = Sort.parse(text("sort"));
      page = page(sort);
    } catch (FilterFault fault) {
      throw bad(
          fault.parameter() + ", column " + fault.column() + ": " + fault.problem(),
          fault.remedy());
    }
    Optional<String> next =
        page.more() ? Optional.of(after(page.entries().getLast(), sort).text()) : Optional.empty();
    next.ifPresent(cursor -> response.header(HeaderNames.LINK, link(request, cursor)));
    write(response, selection, page, next);
  }

  private EntryPage page(Sort sort) throws InterruptedException {
    Fragment where =
        text("filter").isBlank()
            ? Fragment.ALL
            : Filter.parse(text("filter")).compile(fields, hub.dialect(), clock.instant());
    String order = sort.compile(fields, hub.dialect(), fields.id().sql());
    if (query.contains("cursor")) {
      Cursor cursor = Cursor.parse(text("cursor"), list());
      where =
          where.and(
              sort.after(
                  fields,
                  hub.dialect(),
                  fields.id(),
                  cursor.carriers(sort.names(), fields),
                  cursor.id()));
    }
    return hub.page(view.object().name(), where.sql(), where.values(), order, limit());
  }

  private Cursor after(Entry last, Sort sort) {
    return new Cursor(
        list(),
        last.id(),
        sort.names().stream().map(name -> Cursor.shown(fields.value(name, last))).toList());
  }

  /** What a cursor belongs to, in short. */
  private String list() {
    String all = view.spec().path() + "\n" + text("filter") + "\n" + text("sort");
    return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private int limit() {
    if (!query.contains("limit")) {
      return DEFAULT_LIMIT;
    }
    String limit = text("limit");
    if (!limit.matches("[1-9]\\d{0,2}") || Integer.parseInt(limit) > MOST) {
      throw bad("limit is '" + limit + "'", "send 1 to " + MOST);
    }
    return Integer.parseInt(limit);
  }

  private String text(String name) {
    if (!query.contains(name)) {
      return "";
    }
    if (query.all(name).size() > 1) {
      throw bad("parameter '" + name + "' stands twice", "send it once");
    }
    return query.get(name);
  }

  private static Refusal bad(String fault, String remedy) {
    return Refusal.of(Status.BAD_REQUEST_400, fault + "; " + remedy);
  }

  /** RFC 8288: the address of the next page. */
  private String link(ServerRequest request, String cursor) {
    StringBuilder address = new StringBuilder(request.prologue().uriPath().rawPath()).append('?');
    for (String name : PARAMETERS) {
      if (!name.equals("cursor") && query.contains(name)) {
        address.append(name).append('=').append(encoded(String.join(",", query.all(name))));
        address.append('&');
      }
    }
    return "<" + address + "cursor=" + cursor + ">; rel=\"next\"";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static void write(
      ServerResponse response, Selection selection, EntryPage page, Optional<String> next)
      throws IOException {
    response.status(Status.OK_200).header(HeaderNames.CONTENT_TYPE, "application/json");
    try (OutputStream out = new BufferedOutputStream(response.outputStream(), 32_768);
        JsonGenerator json = Reply.generator(out)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("items");
      page.entries().forEach(entry -> selection.write(json, entry));
      json.writeEndArray();
      next.ifPresent(cursor -> json.writeStringProperty("next", cursor));
      json.writeEndObject();
    }
  }
}
