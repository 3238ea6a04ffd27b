package dev.lockstep.hub.liferay;

import dev.lockstep.hub.Applied;
import dev.lockstep.hub.Author;
import dev.lockstep.hub.Draft;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.EntrySlice;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.Match;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.Right;
import dev.lockstep.hub.file.FileEntries;
import dev.lockstep.hub.filter.AggregationTerms;
import dev.lockstep.hub.filter.Facet;
import dev.lockstep.hub.filter.Filter;
import dev.lockstep.hub.filter.FilterFault;
import dev.lockstep.hub.filter.Fragment;
import dev.lockstep.hub.filter.Search;
import dev.lockstep.hub.filter.Sort;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.rest.Conditions;
import dev.lockstep.hub.rest.Refusal;
import dev.lockstep.store.StoreException;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** Entries: lists, single ones, and what they are related to. */
final class EntryApi {
  static final int MOST_BYTES = 8 << 20;
  private static final int MOST_FACETS = 100;

  /** A version that no entry has. */
  private static final Match NEVER = new Match.Version(-1);

  private final Definitions definitions;
  private final Hub hub;
  private final FileEntries files;
  private final ActApi acts;
  private final EntryShapes shapes;
  private final Function<ServerRequest, Access> callers;

  EntryApi(Definitions definitions, FileEntries files, Function<ServerRequest, Access> callers) {
    this.definitions = definitions;
    this.hub = definitions.hub();
    this.files = files;
    this.shapes = new EntryShapes(definitions);
    this.acts = new ActApi(definitions, shapes, callers);
    this.callers = callers;
  }

  void routing(Rules rules) {
    acts.routing(rules);
    RelatedApi related = new RelatedApi(hub, files, shapes, callers);
    PermissionApi permissions = new PermissionApi(hub, shapes, callers);
    permissions.routing(rules);
    for (String scope : List.of("", "/scopes/{scope}")) {
      String all = "/{path}" + scope;
      rules
          .get(all, this::list)
          .post(all, this::create)
          .get(all + Rules.BY_CODE + "{code}", this::read)
          .put(all + Rules.BY_CODE + "{code}", this::put)
          .patch(all + Rules.BY_CODE + "{code}", this::patch)
          .delete(all + Rules.BY_CODE + "{code}", this::delete)
          .get(all + Rules.BY_CODE + "{code}/{relationship}", related::list)
          .put(all + Rules.BY_CODE + "{code}/{relationship}/{other}", related::join)
          .delete(all + Rules.BY_CODE + "{code}/{relationship}/{other}", related::part);
    }
    rules
        .get("/{path}/{id}", this::read)
        .put("/{path}/{id}", this::put)
        .patch("/{path}/{id}", this::patch)
        .delete("/{path}/{id}", this::delete)
        .get("/{path}/{id}/{relationship}", related::list)
        .put("/{path}/{id}/{relationship}/{other}", related::join)
        .delete("/{path}/{id}/{relationship}/{other}", related::part);
  }

  /**
   * Where a request goes.
   *
   * @param site the site whose entries are meant, where they belong to one and it was named
   */
  record Target(EntryShape shape, Optional<String> site) {
    static Target of(EntryShapes shapes, ServerRequest request) {
      EntryShape shape = shapes.at(Rules.text(request, "path"));
      Optional<String> site =
          request.path().pathParameters().contains("scope")
              ? Optional.of(Rules.text(request, "scope"))
              : Optional.empty();
      if (site.isPresent() && !shape.definition().ofSites()) {
        throw Fault.bad(
            shape.definition().name() + " has no scopes", "leave /scopes/" + site.get() + " out");
      }
      if (site.filter(it -> !it.matches("[A-Za-z0-9 _.:-]{1,75}")).isPresent()) {
        throw Fault.bad("'" + site.get() + "' is no scope", "send the key or id of a site");
      }
      return new Target(shape, site);
    }

    /** The same where a site must have been named. */
    Target named() {
      if (shape.definition().ofSites() && site.isEmpty()) {
        throw Fault.bad(
            shape.definition().name() + " belongs to sites, and none was named",
            "send the request to /o/c/" + shape.object() + "/scopes/{scopeKey}");
      }
      return this;
    }

    EntryRef ref(ServerRequest request) {
      return request.path().pathParameters().contains("code")
          ? new EntryRef.Code(named().shape.hubCode(site, code(request)))
          : new EntryRef.Id(Rules.id(request, "id", "ObjectEntry"));
    }

    /** The code from the path as it was sent: decoded, %2F would be a slash. */
    private static String code(ServerRequest request) {
      String path = request.prologue().uriPath().rawPath();
      String rest = path.substring(path.indexOf(Rules.BY_CODE) + Rules.BY_CODE.length());
      String raw = rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest;
      try {
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException malformed) {
        throw Fault.bad("'" + raw + "' is no percent-encoded code", "encode it as UTF-8");
      }
    }

    Fault missing(EntryRef ref) {
      return Fault.missing(
          switch (ref) {
            case EntryRef.Id(long id) -> "No ObjectEntry exists with the primary key " + id;
            case EntryRef.Code(String code) ->
                "No ObjectEntry exists with the external reference code " + shape.code(code);
          });
    }
  }

  private void list(ServerRequest request, ServerResponse response) throws InterruptedException {
    Target target = Target.of(shapes, request).named();
    Access access = callers.apply(request);
    if (access.principal().isStranger()) {
      access.demand(Right.VIEW, target.shape().object());
    }
    UriQuery query = request.query();
    Paging paging = Paging.of(query);
    EntryFields fields = new EntryFields(hub, shapes, target.shape(), access);
    Fragment where;
    String order;
    List<Facet> facets;
    try {
      where = condition(query, target, fields);
      order = Sort.parse(text(query, "sort")).compile(fields, hub.dialect(), "id");
      facets =
          AggregationTerms.parse(
                  query.contains("aggregationTerms") ? query.all("aggregationTerms") : List.of())
              .compile(fields, hub.dialect());
    } catch (FilterFault fault) {
      throw Fault.bad(
          fault.parameter() + ", column " + fault.column() + ": " + fault.problem(),
          fault.remedy());
    }
    EntrySlice slice =
        hub.slice(
            target.shape().object(),
            where.sql(),
            where.values(),
            order,
            paging.pageSize(),
            paging.offset());
    EntryView view = EntryView.of(query);
    List<Counted> counts = counted(target, where, facets);
    answer(
        response,
        json -> {
          json.writeStartObject();
          out(request).page(json, target.shape(), slice.entries(), view, () -> write(json, counts));
          paging.write(json, slice.total());
          json.writeEndObject();
        });
  }

  /** How many entries have each value of a field. */
  private record Counted(String criteria, List<Value> values) {
    record Value(String term, long count) {}
  }

  private List<Counted> counted(Target target, Fragment where, List<Facet> facets)
      throws InterruptedException {
    List<Counted> counts = new ArrayList<>();
    for (Facet facet : facets) {
      Fragment query = facet.query(hub.tableName(target.shape().object()), where, MOST_FACETS);
      counts.add(
          new Counted(
              facet.criteria(),
              hub.read(tx ->
                  tx.list(
                      query.sql(),
                      row -> new Counted.Value(row.text(1), row.integer(2)),
                      query.values().toArray()))));
    }
    return counts;
  }

  private static void write(JsonGenerator json, List<Counted> counts) {
    for (Counted counted : counts) {
      json.writeStartObject();
      json.writeStringProperty("facetCriteria", counted.criteria());
      json.writeArrayPropertyStart("facetValues");
      for (Counted.Value value : counted.values()) {
        json.writeStartObject();
        json.writeNumberProperty("numberOfOccurrences", value.count());
        json.writeStringProperty("term", value.term());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private Fragment condition(UriQuery query, Target target, EntryFields fields) {
    Fragment where =
        query.contains("filter") && !query.get("filter").isBlank()
            ? Filter.parse(query.get("filter"))
                .compile(fields, hub.dialect(), InstantSource.system().instant())
            : Fragment.ALL;
    String search = text(query, "search");
    if (!search.isBlank()) {
      where = where.and(Search.parse(search).compile(fields.searched(), hub.dialect()));
    }
    where = where.and(fields.visible());
    return target.site().isPresent() ? where.and(fields.ofSite(target.site().get())) : where;
  }

  private static String text(UriQuery query, String name) {
    return query.contains(name) ? query.get(name) : "";
  }

  private void read(ServerRequest request, ServerResponse response) throws InterruptedException {
    Target target = Target.of(shapes, request);
    EntryRef ref = target.ref(request);
    answer(request, response, target, guard(request, target).entry(ref, Right.VIEW));
  }

  private void create(ServerRequest request, ServerResponse response) throws InterruptedException {
    Target target = Target.of(shapes, request).named();
    EntryGuard guard = guard(request, target);
    guard.adds();
    Entry entry =
        saved(
            request,
            target,
            draft -> {
              guard.refersToSeen(draft, Optional.empty(), shapes);
              return hub.create(target.shape().object(), coded(target, draft), guard.author());
            });
    answer(request, response, target, entry);
  }

  /** An entry of a site has the site in its code, even in one that it is given here. */
  private static Draft coded(Target target, Draft draft) {
    return draft.externalReferenceCode() == null && target.site().isPresent()
        ? new Draft(
            target.shape().hubCode(target.site(), UUID.randomUUID().toString()), draft.values())
        : draft;
  }

  private void put(ServerRequest request, ServerResponse response) throws InterruptedException {
    edit(request, response, EntryGuard::replaced, hub::replace);
  }

  private void patch(ServerRequest request, ServerResponse response) throws InterruptedException {
    edit(request, response, (guard, ref) -> guard.changed(ref, Right.UPDATE), hub::patch);
  }

  /** An edit of one entry. */
  private interface Editing {
    Applied edit(String object, EntryRef entry, Draft draft, Match match, Author author)
        throws InterruptedException;
  }

  /** What an edit is made on. */
  private interface Choosing {
    EntryGuard.Chosen choose(EntryGuard guard, EntryRef ref) throws InterruptedException;
  }

  private void edit(
      ServerRequest request, ServerResponse response, Choosing choosing, Editing editing)
      throws InterruptedException {
    Target target = Target.of(shapes, request);
    EntryRef ref = target.ref(request);
    EntryGuard guard = guard(request, target);
    EntryGuard.Chosen chosen = choosing.choose(guard, ref);
    String object = target.shape().object();
    Entry entry =
        saved(
            request,
            sited(target, ref),
            draft -> {
              guard.refersToSeen(draft, chosen.before(), shapes);
              Draft unnamed = new Draft(null, draft.values());
              return editing
                  .edit(object, chosen.ref(), unnamed, demanded(request, chosen), guard.author())
                  .entry();
            });
    answer(request, response, target, entry);
  }

  /** What a request may find: the version it names, within what its caller may see. */
  private static Match demanded(ServerRequest request, EntryGuard.Chosen chosen) {
    Match asked;
    try {
      asked = Conditions.of(request);
    } catch (Refusal refusal) {
      throw Fault.bad(String.valueOf(refusal.getMessage()), "send one condition, or none");
    }
    if (asked instanceof Match.Any || chosen.match() instanceof Match.Any) {
      return asked instanceof Match.Any ? chosen.match() : asked;
    }
    return asked.equals(chosen.match()) ? asked : NEVER;
  }

  /** What is done with what was sent. */
  private interface Saving {
    Entry save(Draft draft) throws InterruptedException;
  }

  /** Saves what was sent; the files within it stay only when it was taken. */
  private Entry saved(ServerRequest request, Target target, Saving saving)
      throws InterruptedException {
    Attachments attachments =
        new Attachments(files, new SeenFiles(definitions, callers.apply(request)));
    boolean taken = false;
    try {
      EntryBody body =
          new EntryBody(hub, attachments, target.shape(), target.site(), callers.apply(request));
      Entry entry = saving.save(body.draft(Body.object(request, MOST_BYTES)));
      taken = true;
      noteTaken(attachments);
      return entry;
    } finally {
      if (!taken) {
        attachments.undo();
      }
    }
  }

  private void noteTaken(Attachments attachments) throws InterruptedException {
    if (!attachments.made().isEmpty()) {
      try {
        files.taken(attachments.made());
      } catch (StoreException later) {
        // The entry is saved and refers to them, as the next start finds.
        return;
      }
    }
  }

  /** An entry that is named by its id belongs to the site it was made in. */
  private Target sited(Target target, EntryRef ref) throws InterruptedException {
    if (!target.shape().definition().ofSites() || target.site().isPresent()) {
      return target;
    }
    Entry entry = hub.find(target.shape().object(), ref).orElseThrow(() -> target.missing(ref));
    return new Target(target.shape(), Optional.of(String.valueOf(entry.values().get("scopeKey"))));
  }

  private void delete(ServerRequest request, ServerResponse response) throws InterruptedException {
    Target target = Target.of(shapes, request);
    EntryGuard guard = guard(request, target);
    EntryGuard.Chosen chosen = guard.changed(target.ref(request), Right.DELETE);
    Entry gone =
        hub.delete(
            target.shape().object(), chosen.ref(), demanded(request, chosen), guard.author());
    var permissions = callers.apply(request).permissions();
    if (permissions.isPresent()) {
      permissions.get().forgetEntry(gone.id());
    }
    Answer.nothing(response);
  }

  private EntryGuard guard(ServerRequest request, Target target) {
    return new EntryGuard(hub, callers.apply(request), target);
  }

  private EntryOut out(ServerRequest request) {
    return new EntryOut(hub, files, shapes, callers.apply(request));
  }

  private void answer(ServerRequest request, ServerResponse response, Target target, Entry entry)
      throws InterruptedException {
    EntryView view = EntryView.of(request.query());
    response.header(HeaderNames.ETAG, Conditions.tag(entry));
    answer(response, json -> out(request).write(json, target.shape(), entry, view));
  }

  /** Writes that may read on. */
  interface Writing {
    void to(JsonGenerator json) throws InterruptedException;
  }

  static void answer(ServerResponse response, Writing writing) throws InterruptedException {
    InterruptedException[] stopped = new InterruptedException[1];
    Answer.json(
        response,
        Status.OK_200,
        json -> {
          try {
            writing.to(json);
          } catch (InterruptedException interrupted) {
            stopped[0] = interrupted;
          }
        });
    if (stopped[0] != null) {
      throw stopped[0];
    }
  }
}
