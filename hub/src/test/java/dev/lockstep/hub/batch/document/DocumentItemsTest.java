package dev.lockstep.hub.batch.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.hub.Author;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.HubSettings;
import dev.lockstep.hub.HubStores;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.batch.ExportCursor;
import dev.lockstep.hub.batch.ExportParameters;
import dev.lockstep.hub.batch.ImportParameters;
import dev.lockstep.hub.batch.ImportParameters.CreateStrategy;
import dev.lockstep.hub.batch.ImportParameters.UpdateStrategy;
import dev.lockstep.hub.batch.ItemHandler;
import dev.lockstep.hub.batch.ItemHandlers;
import dev.lockstep.hub.batch.ItemOutcome;
import dev.lockstep.hub.batch.ItemOutcome.Done;
import dev.lockstep.hub.batch.ItemOutcome.Effect;
import dev.lockstep.hub.batch.ItemOutcome.Failed;
import dev.lockstep.hub.batch.ItemOutcome.Waiting;
import dev.lockstep.hub.batch.Operation;
import dev.lockstep.hub.batch.format.Item;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Items of the classes that are no entries. */
class DocumentItemsTest {
  private static final String ADMIN = "com.liferay.object.admin.rest.dto.v1_0.";
  private static final String PICKLIST =
      "com.liferay.headless.admin.list.type.dto.v1_0.ListTypeDefinition";
  private static final String WORKFLOW =
      "com.liferay.headless.admin.workflow.dto.v1_0.WorkflowDefinition";
  private static final String TICKET =
      "{'externalReferenceCode': 'TICKET', 'name': 'Ticket', 'label': {'en_US': 'Ticket'},"
          + " 'pluralLabel': {'en_US': 'Tickets'}, 'status': {'code': 0},"
          + " 'actions': {'get': {'href': '/o/x'}},"
          + " 'objectFields': [{'name': 'subject', 'businessType': 'Text',"
          + " 'label': {'en_US': 'Subject'}}]}";
  private static final Access ALL = Access.unlimited(Author.user("tester"));

  @TempDir Path folder;
  private Store store;
  private Definitions definitions;
  private ItemHandlers handlers;
  private final List<ItemOutcome> noted = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    store = HubStores.open(folder);
    Hub hub =
        Hub.open(
            store,
            List.of(),
            new HubSettings(InstantSource.system(), new Random(3), HubSettings.DEFAULT_RETENTION));
    definitions = Definitions.open(hub, InstantSource.system());
    handlers = new ItemHandlers(List.of(new DocumentFamily(definitions), new KeptFamily(hub)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private ItemOutcome take(String className, Map<String, String> all, String item)
      throws Exception {
    return take(className, Operation.CREATE, all, item);
  }

  private ItemOutcome take(
      String className, Operation operation, Map<String, String> all, String item)
      throws Exception {
    ImportParameters parameters =
        new ImportParameters(
            className,
            "DEFAULT",
            operation,
            CreateStrategy.valueOf(all.getOrDefault("createStrategy", "INSERT")),
            UpdateStrategy.valueOf(all.getOrDefault("updateStrategy", "UPDATE")),
            false,
            all.containsKey("dryRun"),
            all,
            ALL);
    ItemHandler handler = handlers.find(className, "DEFAULT").orElseThrow();
    List<ItemOutcome> outcomes =
        handler.write(
            List.of(new Item.Read(1, json(item))), parameters, (tx, some) -> noted.addAll(some));
    assertThat(outcomes).hasSize(1);
    return outcomes.getFirst();
  }

  private List<ObjectNode> exported(String className, Map<String, String> all) throws Exception {
    List<ObjectNode> items = new ArrayList<>();
    ItemHandler handler = handlers.find(className, "DEFAULT").orElseThrow();
    String place = "";
    // One cursor for each item: a place is where the next one goes on.
    while (true) {
      try (ExportCursor cursor =
          handler.export(new ExportParameters(className, "DEFAULT", all, ALL), place)) {
        ObjectNode next = cursor.next();
        if (next == null) {
          return items;
        }
        items.add(next);
        place = cursor.place();
      }
    }
  }

  @Test
  void definitionsAndTheirPartsAreChangedAndNotedTogether() throws Exception {
    assertThat(take(ADMIN + "ObjectDefinition", Map.of(), TICKET))
        .isEqualTo(new Done(Effect.CREATED));
    assertThat(definitions.model().byCode("TICKET").orElseThrow().published()).isTrue();
    Map<String, String> parent = Map.of("externalReferenceCode", "TICKET");
    String field =
        "{'externalReferenceCode': 'NOTE', 'name': 'note', 'businessType': 'LongText',"
            + " 'label': {'en_US': 'Note'}}";
    assertThat(take(ADMIN + "ObjectField", parent, field)).isEqualTo(new Done(Effect.CREATED));
    assertThat(take(ADMIN + "ObjectField", parent, field)).isInstanceOf(Failed.class);
    assertThat(
            take(
                ADMIN + "ObjectField",
                Map.of("externalReferenceCode", "TICKET", "createStrategy", "UPSERT"),
                field.replace("'en_US': 'Note'", "'en_US': 'Remark'")))
        .isEqualTo(new Done(Effect.UPDATED));
    assertThat(noted)
        .containsExactly(
            new Done(Effect.CREATED), new Done(Effect.CREATED), new Done(Effect.UPDATED));
    ObjectNode definition = exported(ADMIN + "ObjectDefinition", Map.of()).getFirst();
    assertThat(definition.has("actions")).isFalse();
    assertThat(definition.path("objectFields").valueStream().map(it -> it.path("name").asString()))
        .contains("subject", "note");
    assertThat(exported(ADMIN + "ObjectField", parent)).hasSize(8);
  }

  @Test
  void whatRefersToSomethingThatMayFollowWaits() throws Exception {
    assertThat(
            take(
                ADMIN + "ObjectRelationship",
                Map.of("externalReferenceCode", "TICKET"),
                "{'name': 'replies', 'type': 'oneToMany', 'label': {'en_US': 'Replies'},"
                    + " 'objectDefinitionExternalReferenceCode2': 'REPLY'}"))
        .isInstanceOf(Waiting.class);
    String state =
        "{'externalReferenceCode': 'T', 'name': 'T', 'label': {'en_US': 'T'}, 'pluralLabel':"
            + " {'en_US': 'Ts'}, 'objectFields': [{'name': 'state', 'businessType': 'Picklist',"
            + " 'listTypeDefinitionExternalReferenceCode': 'STATES', 'label': {'en_US': 'S'}}]}";
    assertThat(take(ADMIN + "ObjectDefinition", Map.of(), state)).isInstanceOf(Waiting.class);
    take(PICKLIST, Map.of(), "{'externalReferenceCode': 'STATES', 'name': 'States'}");
    assertThat(take(ADMIN + "ObjectDefinition", Map.of(), state))
        .isEqualTo(new Done(Effect.CREATED));
  }

  @Test
  void aDryRunChangesNothingAndTellsWhatIsWrong() throws Exception {
    Map<String, String> dry = Map.of("dryRun", "true");
    assertThat(take(ADMIN + "ObjectDefinition", dry, TICKET)).isEqualTo(new Done(Effect.CREATED));
    assertThat(take(ADMIN + "ObjectDefinition", dry, TICKET.replace("'Text'", "'Txt'")))
        .isInstanceOf(Failed.class);
    assertThat(definitions.model().definitions()).isEmpty();
    assertThat(noted).isEmpty();
  }

  @Test
  void relationsToTheSystemsObjectsNeedNoDefinitionOfThem() throws Exception {
    take(ADMIN + "ObjectDefinition", Map.of(), TICKET);
    assertThat(
            take(
                ADMIN + "ObjectRelationship",
                Map.of("externalReferenceCode", "L_USER"),
                "{'name': 'userToTicket', 'type': 'oneToMany', 'deletionType': 'prevent', 'label':"
                    + " {'en_US': 'User to Ticket'}, 'externalReferenceCode': 'USER_TO_TICKET',"
                    + " 'objectDefinitionExternalReferenceCode1': 'L_USER',"
                    + " 'objectDefinitionExternalReferenceCode2': 'TICKET'}"))
        .isEqualTo(new Done(Effect.CREATED));
    assertThat(definitions.model().byCode("TICKET").orElseThrow().field("r_userToTicket_userId"))
        .isPresent();
    assertThat(
            take(
                ADMIN + "ObjectDefinition",
                Map.of(),
                TICKET.replace("TICKET", "MINE").replace("'name': 'Ticket'", "'name': 'User'")))
        .isInstanceOf(Failed.class);
  }

  @Test
  void whatHasNoMeaningIsKeptWholeAndComesBackEqual() throws Exception {
    String one = "{'name': 'Approval', 'content': {'a': [1.5, null, 'ü'], 'b': {}}, 'id': 7}";
    String two = "{'externalReferenceCode': 'X', 'deep': [[{}]]}";
    assertThat(take(WORKFLOW, Map.of(), one)).isEqualTo(new Done(Effect.CREATED));
    assertThat(take(WORKFLOW, Map.of(), two)).isEqualTo(new Done(Effect.CREATED));
    assertThat(take(WORKFLOW, Map.of(), one)).isInstanceOf(Failed.class);
    assertThat(take(WORKFLOW, Map.of("createStrategy", "UPSERT"), one))
        .isEqualTo(new Done(Effect.UNCHANGED));
    assertThat(handlers.find(WORKFLOW, "DEFAULT").orElseThrow().remark()).isPresent();
    assertThat(exported(WORKFLOW, Map.of()).stream().map(ObjectNode::toString))
        .containsExactly(json(one).toString(), json(two).toString());
    assertThat(take(WORKFLOW, Operation.DELETE, Map.of(), two)).isEqualTo(new Done(Effect.DELETED));
    assertThat(exported(WORKFLOW, Map.of())).hasSize(1);
  }

  @Test
  void aMistakeIsNotKept() {
    assertThat(handlers.find(ADMIN + "ObjectDefinitions", "DEFAULT")).isEmpty();
    assertThat(handlers.find("tickets", "DEFAULT")).isEmpty();
  }
}
