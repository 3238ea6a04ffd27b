package dev.lockstep.hub.batch.document;

import dev.lockstep.hub.batch.Checkpoint;
import dev.lockstep.hub.batch.ExportCursor;
import dev.lockstep.hub.batch.ExportParameters;
import dev.lockstep.hub.batch.ImportParameters;
import dev.lockstep.hub.batch.ItemHandler;
import dev.lockstep.hub.batch.ItemOutcome;
import dev.lockstep.hub.batch.format.Item;
import dev.lockstep.hub.object.Definitions;
import dev.lockstep.hub.object.SystemObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Users and accounts: entries of the system's objects. Each keeps the document that came, so that
 * nothing of it is lost where an entry has no field for it; exported is that document.
 *
 * @param entries what entries are as items
 */
record SystemItems(SystemObject object, Definitions definitions, ItemHandler entries)
    implements ItemHandler {
  private static final String CODE = "externalReferenceCode";

  private String delegate() {
    // There from the moment it is first asked for.
    return "C_" + definitions.byCode(object.code()).orElseThrow().name();
  }

  @Override
  public Optional<String> refusal(ImportParameters parameters) {
    return entries.refusal(meant(parameters));
  }

  @Override
  public List<ItemOutcome> write(
      List<Item.Read> items, ImportParameters parameters, Checkpoint checkpoint)
      throws InterruptedException {
    return ready(items, parameters).write(checkpoint);
  }

  @Override
  public Ready ready(List<Item.Read> items, ImportParameters parameters)
      throws InterruptedException {
    return entries.ready(
        items.stream().map(it -> new Item.Read(it.index(), entry(it.value()))).toList(),
        meant(parameters));
  }

  private ImportParameters meant(ImportParameters parameters) {
    return new ImportParameters(
        parameters.className(),
        delegate(),
        parameters.operation(),
        parameters.createStrategy(),
        parameters.updateStrategy(),
        parameters.onErrorFail(),
        parameters.dryRun(),
        parameters.all(),
        parameters.access());
  }

  private ObjectNode entry(ObjectNode item) {
    ObjectNode document = item.deepCopy();
    document.remove("actions");
    ObjectNode entry = JsonMapper.shared().createObjectNode();
    // Its id is that of the system it came from, and means nothing here.
    if (item.path(CODE).isString()) {
      entry.set(CODE, item.get(CODE));
    }
    for (String field : object.fields()) {
      JsonNode value = item.path(field);
      if (value.isString()) {
        entry.set(field, value);
      }
    }
    entry.set(SystemObject.DOCUMENT, document);
    return entry;
  }

  @Override
  public ExportCursor export(ExportParameters parameters, String after)
      throws InterruptedException {
    Map<String, String> asked = new LinkedHashMap<>(parameters.all());
    // These are names of the document, not of the entry that keeps it.
    asked.remove("fieldNames");
    return new Documents(
        entries.export(
            new ExportParameters(parameters.className(), delegate(), asked, parameters.access()),
            after));
  }

  /** The documents that entries keep. */
  private record Documents(ExportCursor entries) implements ExportCursor {
    @Override
    public @Nullable ObjectNode next() throws InterruptedException {
      ObjectNode entry = entries.next();
      if (entry == null) {
        return null;
      }
      return entry.path(SystemObject.DOCUMENT) instanceof ObjectNode document ? document : entry;
    }

    @Override
    public OptionalLong total() throws InterruptedException {
      return entries.total();
    }

    @Override
    public String place() {
      return entries.place();
    }

    @Override
    public void close() {
      entries.close();
    }
  }
}
