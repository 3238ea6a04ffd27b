package dev.lockstep.hub.batch;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Tasks as Liferay shows them, and what is told besides. */
final class TaskJson {
  private TaskJson() {}

  /**
   * Writes a task.
   *
   * @param failures the first items that failed
   * @param remark what should be known of its items
   */
  static void write(
      JsonGenerator json, Task task, List<Failure> failures, Optional<String> remark, Instant now) {
    json.writeStartObject();
    json.writeStringProperty("className", task.order().className());
    json.writeStringProperty("contentType", task.content().type().name());
    task.ended().ifPresent(it -> json.writeStringProperty("endTime", seconds(it)));
    json.writeStringProperty("errorMessage", task.error());
    json.writeStringProperty("executeStatus", task.status().name());
    json.writeStringProperty("externalReferenceCode", task.code());
    json.writeArrayPropertyStart("failedItems");
    for (Failure failure : failures) {
      json.writeStartObject();
      json.writeStringProperty("item", failure.item());
      json.writeNumberProperty("itemIndex", failure.index());
      json.writeStringProperty("message", failure.message());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberProperty("id", task.id());
    json.writeStringProperty(
        "importStrategy", task.order().onErrorFail() ? "ON_ERROR_FAIL" : "ON_ERROR_CONTINUE");
    json.writeStringProperty("operation", task.order().operation().name());
    json.writeNumberProperty("processedItemsCount", task.counts().processed());
    task.started().ifPresent(it -> json.writeStringProperty("startTime", seconds(it)));
    json.writeNumberProperty("totalItemsCount", task.counts().total());
    besides(json, task, remark, now);
    json.writeEndObject();
  }

  private static void besides(JsonGenerator json, Task task, Optional<String> remark, Instant now) {
    json.writeStringProperty("taskItemDelegateName", task.order().delegate());
    json.writeNumberProperty("failedItemsCount", task.counts().failed());
    json.writeNumberProperty("createdItemsCount", task.counts().created());
    json.writeNumberProperty("updatedItemsCount", task.counts().updated());
    json.writeNumberProperty("deletedItemsCount", task.counts().deleted());
    json.writeNumberProperty("unchangedItemsCount", task.counts().unchanged());
    json.writeNumberProperty("waitingItemsCount", task.counts().waiting());
    json.writeBooleanProperty("cancelled", task.cancelled());
    json.writeBooleanProperty("dryRun", task.order().dryRun());
    remark.ifPresent(it -> json.writeStringProperty("remark", it));
    task.pace(now).write(json);
  }

  private static String seconds(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
