package dev.lockstep.hub.module;

import dev.lockstep.hub.Applied;
import dev.lockstep.hub.Author;
import dev.lockstep.hub.Draft;
import dev.lockstep.hub.Edit;
import dev.lockstep.hub.Entries;
import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryRef;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.ObjectDefinition;
import dev.lockstep.hub.UnknownObject;
import dev.lockstep.hub.rest.Conditions;
import dev.lockstep.hub.rest.EntryAddress;
import dev.lockstep.hub.rest.HubHttpLimits;
import dev.lockstep.hub.rest.Refusal;
import dev.lockstep.hub.rest.RequestBody;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** Requests for the entries of one view. */
final class VersionHandlers {
  private final Modules modules;
  private final String version;
  private final String path;
  private final ViewSpec spec;
  private final Requests requests;
  private final Function<ServerRequest, Author> author;

  VersionHandlers(
      Modules modules,
      ModuleSpec module,
      VersionSpec version,
      ViewSpec spec,
      Function<ServerRequest, Author> author) {
    this.modules = modules;
    this.version = module.name() + "/" + version.name();
    this.path = "/api/" + this.version + "/" + spec.path();
    this.spec = spec;
    this.requests = new Requests(module, modules.clock());
    this.author = author;
  }

  private Hub hub() {
    return modules.hub();
  }

  private View view() {
    try {
      return view(hub().object(spec.object()));
    } catch (UnknownObject notYet) {
      throw notYet();
    }
  }

  private View view(ObjectDefinition object) {
    return modules.view(version, spec, object).orElseThrow(this::notYet);
  }

  private Refusal notYet() {
    return Refusal.of(
        Status.SERVICE_UNAVAILABLE_503,
        spec.path()
            + " cannot be served yet: there is no object "
            + spec.object()
            + " that has what is declared here; define and publish it");
  }

  void list(ServerRequest request, ServerResponse response)
      throws InterruptedException, IOException {
    new Listing(hub(), modules.clock(), view(), request.query()).answer(request, response);
  }

  void read(ServerRequest request, ServerResponse response) throws InterruptedException {
    View view = view();
    Selection selection = Selection.of(view, request.query());
    EntryRef ref = EntryAddress.of(request);
    Entry entry =
        hub()
            .find(spec.object(), ref)
            .orElseThrow(() -> Refusal.of(Status.NOT_FOUND_404, "there is no entry with " + ref));
    if (Conditions.known(request, entry)) {
      response.header(HeaderNames.ETAG, Conditions.tag(entry));
      response.status(Status.NOT_MODIFIED_304).send();
    } else {
      Answered.of(200, entry, selection.text(entry), Optional.empty()).send(response);
    }
  }

  void create(ServerRequest request, ServerResponse response) throws InterruptedException {
    Draft sent = body(request);
    write(
        request,
        response,
        Print.of(request).with(sent),
        (view, entries) -> {
          Entry entry = view.apply(entries, view.create(entries, sent)).entry();
          String code =
              URLEncoder.encode(entry.externalReferenceCode(), StandardCharsets.UTF_8)
                  .replace("+", "%20");
          return Answered.of(
              201,
              entry,
              Selection.all(view).text(entry),
              Optional.of(path + "/" + EntryAddress.BY_CODE + "/" + code));
        });
  }

  void replace(ServerRequest request, ServerResponse response) throws InterruptedException {
    Draft sent = body(request);
    Edit.Replace edit = new Edit.Replace(EntryAddress.of(request), sent, Conditions.of(request));
    write(
        request,
        response,
        Print.of(request).with(sent),
        (view, entries) -> {
          Applied applied = view.apply(entries, view.replace(entries, edit));
          int status = applied.effect() == Applied.Effect.CREATED ? 201 : 200;
          Entry entry = applied.entry();
          return Answered.of(status, entry, Selection.all(view).text(entry), Optional.empty());
        });
  }

  void patch(ServerRequest request, ServerResponse response) throws InterruptedException {
    Draft sent = body(request);
    Edit.Patch edit = new Edit.Patch(EntryAddress.of(request), sent, Conditions.of(request));
    write(
        request,
        response,
        Print.of(request).with(sent),
        (view, entries) -> {
          Entry entry = view.apply(entries, view.patch(entries, edit)).entry();
          return Answered.of(200, entry, Selection.all(view).text(entry), Optional.empty());
        });
  }

  void delete(ServerRequest request, ServerResponse response) throws InterruptedException {
    Edit.Delete edit = new Edit.Delete(EntryAddress.of(request), Conditions.of(request));
    write(
        request,
        response,
        Print.of(request),
        (view, entries) -> {
          view.apply(entries, edit);
          return Answered.nothing();
        });
  }

  private Draft body(ServerRequest request) {
    return new RequestBody(request, view().shape(), HubHttpLimits.DEFAULT.entryBytes()).entry();
  }

  /** What a request does to entries, within the transaction. */
  private interface Deed {
    Answered run(View view, Entries entries);
  }

  private void write(ServerRequest request, ServerResponse response, Print print, Deed deed)
      throws InterruptedException {
    Author by = author.apply(request);
    Optional<Requests.Once> once = Requests.of(request, by, print);
    Answered answered;
    try {
      answered =
          hub()
              .edit(
                  spec.object(),
                  by,
                  (tx, entries) -> {
                    Optional<Answered> before = once.flatMap(it -> requests.find(tx, it));
                    if (before.isPresent()) {
                      return before.get();
                    }
                    View view = view(entries.object());
                    Answered now = deed.run(view, entries);
                    once.ifPresent(it -> requests.keep(tx, it, now));
                    return now;
                  });
    } catch (UnknownObject gone) {
      throw notYet();
    }
    answered.send(response);
  }
}
