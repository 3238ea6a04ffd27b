package dev.lockstep.hub.batch.export;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Exports as Liferay shows them, and what is told besides. */
final class ExportJson {
  private ExportJson() {}

  static void write(JsonGenerator json, ExportTask task, Optional<String> remark, Instant now) {
    json.writeStartObject();
    json.writeStringProperty("className", task.wanted().className());
    json.writeStringProperty("contentType", task.wanted().type().name());
    task.ended().ifPresent(it -> json.writeStringProperty("endTime", seconds(it)));
    json.writeStringProperty("errorMessage", task.error());
    json.writeStringProperty("executeStatus", task.status().name());
    json.writeStringProperty("externalReferenceCode", task.code());
    json.writeNumberProperty("id", task.id());
    json.writeNumberProperty("processedItemsCount", task.done().items());
    task.started().ifPresent(it -> json.writeStringProperty("startTime", seconds(it)));
    json.writeNumberProperty("totalItemsCount", task.done().total());
    json.writeStringProperty("taskItemDelegateName", task.wanted().delegate());
    // As of imports; an item that cannot be written ends an export.
    json.writeNumberProperty("failedItemsCount", 0);
    json.writeNumberProperty("bytes", task.done().bytes());
    json.writeBooleanProperty("cancelled", task.cancelled());
    remark.ifPresent(it -> json.writeStringProperty("remark", it));
    task.pace(now).write(json);
    json.writeEndObject();
  }

  private static String seconds(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
