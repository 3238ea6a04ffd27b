package dev.lockstep.hub.batch.document;

import dev.lockstep.hub.batch.ExportCursor;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Documents of the model, which are few and in memory anyway, in the order of their ids. */
final class DocumentCursor implements ExportCursor {
  private final List<ObjectNode> documents;
  private int next;
  private long place;

  DocumentCursor(List<ObjectNode> documents, String after) {
    this.documents =
        documents.stream().sorted(Comparator.comparingLong(DocumentCursor::id)).toList();
    this.place = after.isEmpty() ? 0 : Long.parseLong(after);
    while (next < this.documents.size() && id(this.documents.get(next)) <= place) {
      next++;
    }
  }

  private static long id(ObjectNode document) {
    return document.path("id").longValue(0);
  }

  @Override
  public @Nullable ObjectNode next() {
    if (next == documents.size()) {
      return null;
    }
    ObjectNode document = documents.get(next++);
    place = id(document);
    return document;
  }

  @Override
  public OptionalLong total() {
    return OptionalLong.of(documents.size());
  }

  @Override
  public String place() {
    return Long.toString(place);
  }

  @Override
  public void close() {}
}
