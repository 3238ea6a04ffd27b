package dev.lockstep.hub.liferay;

import dev.lockstep.hub.EntriesRefused;
import dev.lockstep.hub.UnknownObject;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.access.AccessRefused;
import dev.lockstep.hub.file.FileEntries;
import dev.lockstep.hub.file.FileRefused;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.Folder;
import dev.lockstep.hub.object.ModelRefused;
import dev.lockstep.hub.object.NotificationTemplate;
import dev.lockstep.hub.object.Picklist;
import dev.lockstep.store.StoreException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.Function;

/**
 * Liferay's APIs of objects as an HTTP service, to be registered under {@link #PATH}. Thread-safe;
 * each request is served by the thread it came on.
 */
public final class LiferayRoutes implements HttpService {
  /** Where Liferay has all of its APIs. */
  public static final String PATH = "/o";

  private static final String ADMIN = "/object-admin/v1.0";
  private static final String LISTS = "/headless-admin-list-type/v1.0";
  private static final String TEMPLATES = "/notification/v1.0";

  private static final System.Logger LOGGER = System.getLogger(LiferayRoutes.class.getName());

  private final ObjectAdminApi admin;
  private final NamedDocumentApi<Folder> folders;
  private final NamedDocumentApi<Picklist> lists;
  private final ListEntryApi listEntries;
  private final DocumentApi documents;
  private final EntryApi entries;
  private final NamedDocumentApi<NotificationTemplate> templates;
  private final Definitions definitions;
  private final Function<ServerRequest, Access> callers;

  /**
   * @param callers what who sent a request may do; asked several times for one request
   */
  public LiferayRoutes(
      Definitions definitions, FileEntries files, Function<ServerRequest, Access> callers) {
    this.definitions = definitions;
    this.callers = callers;
    this.admin = new ObjectAdminApi(definitions, callers);
    this.folders =
        new NamedDocumentApi<>(ADMIN, "/object-folders", "ObjectFolder", definitions.folders());
    this.lists =
        new NamedDocumentApi<>(
            LISTS, "/list-type-definitions", "ListTypeDefinition", definitions.picklists());
    this.listEntries = new ListEntryApi(lists, definitions.picklists());
    this.documents = new DocumentApi(definitions, files, callers);
    this.templates =
        new NamedDocumentApi<>(
            TEMPLATES,
            "/notification-templates",
            "NotificationTemplate",
            definitions.notificationTemplates());
    this.entries = new EntryApi(definitions, files, callers);
  }

  @Override
  public void routing(HttpRules rules) {
    Gate gate = Gate.ofDefinitions(definitions, callers);
    admin.routing(new Rules(rules, ADMIN, gate));
    folders.routing(new Rules(rules, ADMIN, gate));
    Rules ofLists = new Rules(rules, LISTS, Gate.ofPicklists(callers));
    lists.routing(ofLists);
    listEntries.routing(ofLists);
    documents.routing(new Rules(rules, "", documents::pass));
    templates.routing(new Rules(rules, TEMPLATES, Gate.ofTemplates(callers)));
    entries.routing(new Rules(rules, "/c", Gate.ofEntries(definitions, callers)));
    rules.any(told(LiferayRoutes::nowhere));
  }

  /** Sends a caller away, in Liferay's shape, before it reached these routes. */
  public static void refuse(ServerResponse response, Status status, String title, String detail) {
    Answer.fault(response, Fault.of(status, title, detail));
  }

  private static void nowhere(ServerRequest request, ServerResponse response) {
    throw Fault.missing(
        "There is nothing for "
            + request.prologue().method().text()
            + " at "
            + request.prologue().uriPath().rawPath());
  }

  /** A handler whose refusals are answered in Liferay's shape. */
  static Handler told(Handler handler) {
    return (request, response) -> {
      try {
        handler.handle(request, response);
      } catch (Fault fault) {
        answer(response, fault);
      } catch (AccessRefused refused) {
        if (!refused.challenge().isEmpty()) {
          response.header(HeaderNames.WWW_AUTHENTICATE, refused.challenge());
        }
        answer(
            response, Fault.of(Status.create(refused.status()), refused.fault(), refused.remedy()));
      } catch (ModelRefused refused) {
        answer(response, Fault.of(refused));
      } catch (EntriesRefused refused) {
        answer(response, Fault.of(refused));
      } catch (FileRefused refused) {
        answer(response, Fault.of(refused));
      } catch (UnknownObject gone) {
        answer(response, Fault.missing(String.valueOf(gone.getMessage())));
      } catch (StoreException broken) {
        // The message names files of this machine, which is nothing for a caller.
        LOGGER.log(
            System.Logger.Level.ERROR,
            "a request failed, and the caller was told to retry",
            broken);
        answer(
            response,
            Fault.of(
                Status.SERVICE_UNAVAILABLE_503,
                "The store cannot be reached",
                "try again, and see the server's log"));
      }
    };
  }

  private static void answer(ServerResponse response, Fault fault) {
    if (fault.status().code() == Status.REQUEST_ENTITY_TOO_LARGE_413.code()) {
      // The rest of the body is not worth reading.
      response.header(HeaderNames.CONNECTION, "close");
    }
    Answer.fault(response, fault);
  }
}
