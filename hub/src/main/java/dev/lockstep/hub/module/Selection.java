package dev.lockstep.hub.module;

import dev.lockstep.hub.Entry;
import dev.lockstep.hub.EntryJson;
import dev.lockstep.hub.NearestName;
import dev.lockstep.hub.SystemField;
import dev.lockstep.hub.rest.Refusal;
import dev.lockstep.hub.rest.Reply;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.Status;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * What of an entry a caller wants to see.
 *
 * @param names empty for everything
 */
record Selection(View view, Set<String> names) {
  private static final List<SystemField> SYSTEM =
      List.of(
          SystemField.EXTERNAL_REFERENCE_CODE,
          SystemField.ID,
          SystemField.DATE_CREATED,
          SystemField.DATE_MODIFIED);

  static Selection all(View view) {
    return new Selection(view, Set.of());
  }

  /** {@code ?fields=name,email}. */
  static Selection of(View view, UriQuery query) {
    if (!query.contains("fields")) {
      return all(view);
    }
    Set<String> known = new LinkedHashSet<>();
    SYSTEM.forEach(field -> known.add(field.title()));
    view.fields().forEach(field -> known.add(field.field().name()));
    Set<String> names = new LinkedHashSet<>();
    for (String all : query.all("fields")) {
      Arrays.stream(all.split(",", -1)).map(String::strip).forEach(names::add);
    }
    for (String name : names) {
      if (!known.contains(name)) {
        throw Refusal.of(
            Status.BAD_REQUEST_400,
            "fields: '"
                + name
                + "' is no field of "
                + view.spec().path()
                + "; "
                + NearestName.remedy(name, known));
      }
    }
    return new Selection(view, names);
  }

  private boolean shows(String name) {
    return names.isEmpty() || names.contains(name);
  }

  void write(JsonGenerator json, Entry entry) {
    json.writeStartObject();
    for (SystemField field : SYSTEM) {
      if (shows(field.title())) {
        json.writeName(field.title());
        EntryJson.value(
            json,
            switch (field) {
              case EXTERNAL_REFERENCE_CODE -> entry.externalReferenceCode();
              case ID -> entry.id();
              case DATE_CREATED -> entry.dateCreated();
              case DATE_MODIFIED -> entry.dateModified();
              case VERSION -> entry.version();
            });
      }
    }
    for (Shown field : view.fields()) {
      if (shows(field.field().name())) {
        json.writeName(field.field().name());
        EntryJson.value(json, field.read(entry.values()));
      }
    }
    json.writeEndObject();
  }

  String text(Entry entry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = Reply.generator(bytes)) {
      write(json, entry);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
