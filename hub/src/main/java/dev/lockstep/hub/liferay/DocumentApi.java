package dev.lockstep.hub.liferay;

import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.file.FileEntries;
import dev.lockstep.hub.file.FileEntry;
import dev.lockstep.hub.file.Received;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.store.StoreException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Files: sent as forms, described, read and removed. Contents are streamed both ways. */
final class DocumentApi {
  static final String CONTENT = "/o/documents";

  private static final String DELIVERY = "/headless-delivery/v1.0";

  private final Definitions definitions;
  private final FileEntries files;
  private final Function<ServerRequest, Access> callers;

  DocumentApi(Definitions definitions, FileEntries files, Function<ServerRequest, Access> callers) {
    this.definitions = definitions;
    this.files = files;
    this.callers = callers;
  }

  /**
   * Who may not do everything sees the files of the entries it may see, and hands in new ones
   * within those entries.
   */
  void pass(ServerRequest request) throws InterruptedException {
    Access access = callers.apply(request);
    boolean reads = request.prologue().method().equals(Method.GET);
    access.demandScope("Liferay.Headless.Delivery", !reads);
    if (access.isUnlimited()) {
      return;
    }
    if (!reads) {
      access.demandAdministrator("send or remove files by themselves");
    }
    Optional<FileEntry> file =
        request.path().pathParameters().contains("code")
            ? files.find(Rules.text(request, "code"))
            : files.find(Rules.id(request, "id", "Document"));
    if (file.isEmpty() || !new SeenFiles(definitions, access).has(file.get().id())) {
      access.demandKnown();
      throw Fault.missing("There is no such Document, or you may not see it");
    }
  }

  void routing(Rules rules) {
    rules
        .post(DELIVERY + "/sites/{site}/documents", this::receive)
        .get(
            DELIVERY + "/sites/{site}/documents" + Rules.BY_CODE + "{code}",
            (request, response) -> answer(response, named(request)))
        .get(
            DELIVERY + "/documents/{id}",
            (request, response) -> answer(response, numbered(request)))
        .delete(DELIVERY + "/documents/{id}", this::remove)
        .get("/documents/{id}/{name}", this::content);
  }

  private FileEntry numbered(ServerRequest request) throws InterruptedException {
    long id = Rules.id(request, "id", "Document");
    return files
        .find(id)
        .orElseThrow(() -> Fault.missing("No Document exists with the primary key " + id));
  }

  private FileEntry named(ServerRequest request) throws InterruptedException {
    String code = Rules.text(request, "code");
    return files
        .find(code)
        .orElseThrow(
            () -> Fault.missing("No Document exists with the external reference code " + code));
  }

  private static void answer(ServerResponse response, FileEntry file) {
    Answer.json(response, Status.OK_200, json -> FileOut.document(json, file));
  }

  private void receive(ServerRequest request, ServerResponse response) throws InterruptedException {
    try (Received received = files.receive(FileEntries.MOST_BYTES)) {
      FileForm form = FileForm.read(request, received);
      JsonNode said = form.document();
      String name = said.path("fileName").asString("");
      answer(
          response,
          files.keep(
              received,
              name.isEmpty() ? form.name() : name,
              said.path("externalReferenceCode").asString("")));
    }
  }

  private void remove(ServerRequest request, ServerResponse response) throws InterruptedException {
    long id = Rules.id(request, "id", "Document");
    if (!files.remove(id, SeenFiles.uses(definitions))) {
      throw Fault.missing("No Document exists with the primary key " + id);
    }
    Answer.nothing(response);
  }

  private void content(ServerRequest request, ServerResponse response) throws InterruptedException {
    FileEntry file = numbered(request);
    String tag = "\"" + file.digest() + "\"";
    response.header(HeaderNames.ETAG, tag);
    if (request.headers().first(HeaderNames.IF_NONE_MATCH).filter(tag::equals).isPresent()) {
      response.status(Status.NOT_MODIFIED_304).send();
      return;
    }
    response.header(HeaderNames.CONTENT_TYPE, FileOut.type(file));
    response.header(HeaderNames.CONTENT_LENGTH, Long.toString(file.bytes()));
    // Whoever sent a page or a script as a file must not have it run here.
    response.header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
    response.header(
        HeaderNames.CONTENT_DISPOSITION,
        "attachment; filename*=UTF-8''"
            + FileOut.address(file).substring(FileOut.address(file).lastIndexOf('/') + 1));
    try (InputStream content = files.content(file);
        OutputStream out = response.outputStream()) {
      content.transferTo(out);
    } catch (IOException cut) {
      throw new StoreException("file " + file.id() + " was not sent to its end", cut);
    }
  }
}
