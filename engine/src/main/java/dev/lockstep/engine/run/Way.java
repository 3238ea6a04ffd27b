package dev.lockstep.engine.run;

import dev.lockstep.connector.BulkForm;
import dev.lockstep.connector.FormReader;
import dev.lockstep.connector.FormReader.Selection;
import dev.lockstep.connector.FormWriter;
import dev.lockstep.connector.FormWriter.Into;
import dev.lockstep.engine.mapping.Mapper.Copying;
import dev.lockstep.engine.sync.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** How the records of a run come from its source to its target. */
sealed interface Way {

  /** Piece by piece, all of them as they were at one moment of the source. */
  sealed interface InPieces extends Way {
    FormReader reader();
  }

  /** As bytes of a form that both speak; nothing here looks at them. */
  record Bytes(FormReader reader, Selection selection, FormWriter writer, Into into)
      implements InPieces {}

  /**
   * As bytes are, save that each record is decoded, mapped and encoded on its way.
   *
   * @param whole who takes all records of a piece at once; empty where they go window by window
   * @param reason why not as bytes, in words that end a sentence
   */
  record Mapped(FormReader reader, Optional<Whole> whole, String reason) implements InPieces {}

  /** A target that takes mapped pieces whole. */
  record Whole(FormWriter writer, Into into) {}

  /**
   * One by one, in the order in which the source reads them best.
   *
   * @param reason why not as bytes, in words that end a sentence
   */
  record Rows(String reason) implements Way {}

  /**
   * The way of a full read that begins now.
   *
   * @param besideEvents whether changes are delivered meanwhile, whose order with the records of a
   *     run is kept by their keys
   */
  static Way begin(Route route, boolean besideEvents) throws InterruptedException {
    if (besideEvents) {
      return new Rows("changes are followed at the same time");
    }
    return route.delivery().isClear()
        ? of(route)
        : mapped(route, "records are parked or dead letters are open");
  }

  /** The way of a full read as route and systems allow it. */
  static Way of(Route route) throws InterruptedException {
    return switch (asBytes(route)) {
      case Rows(String reason) -> mapped(route, reason);
      case InPieces pieces -> pieces;
    };
  }

  private static Way asBytes(Route route) throws InterruptedException {
    Optional<FormReader> reader = route.formReader();
    Optional<FormWriter> writer = route.formWriter();
    if (reader.isEmpty() || writer.isEmpty() || !route.delivery().takesPieces()) {
      return new Rows("source and target do not speak one form");
    }
    if (route.spec().mode() == Mode.APPEND) {
      return new Rows("records are appended");
    }
    if (route.spec().incremental().isPresent()) {
      return new Rows("the highest value of the cursor field is noted");
    }
    return switch (route.mapper().copying()) {
      case Copying.Computed(String reason) -> new Rows(reason);
      case Copying.Plain plain -> agreed(route, reader.get(), writer.get(), plain);
    };
  }

  private static Way agreed(Route route, FormReader reader, FormWriter writer, Copying.Plain plain)
      throws InterruptedException {
    SequencedMap<String, String> fields = plain.fields();
    Into into =
        new Into(
            route.target().id(), new ArrayList<>(fields.sequencedKeySet()), route.mapper().key());
    return switch (writer.form(into)) {
      case FormWriter.Answer.Declines(String reason) -> new Rows(reason);
      case FormWriter.Answer.Takes(BulkForm form) -> {
        Selection selection =
            new Selection(
                route.source().id(),
                new ArrayList<>(fields.sequencedValues()),
                form,
                plain.filter());
        Optional<String> declined = reader.declines(selection);
        yield declined.isPresent()
            ? new Rows(declined.get())
            : new Bytes(reader, selection, writer, into);
      }
    };
  }

  /**
   * What is not read as bytes is read in pieces where nothing is noted of single pages, and where
   * the target settles a piece as fast as it can be sent: the source keeps its moment for as long.
   */
  private static Way mapped(Route route, String reason) throws InterruptedException {
    Optional<FormReader> reader = route.formReader();
    boolean inPieces =
        reader.isPresent()
            && route.delivery().takesPieces()
            && route.spec().mode() == Mode.UPSERT
            && route.spec().incremental().isEmpty()
            && reader.get().declines(route.source().id()).isEmpty();
    return inPieces ? new Mapped(reader.get(), whole(route), reason) : new Rows(reason);
  }

  private static Optional<Whole> whole(Route route) throws InterruptedException {
    Optional<FormWriter> writer = route.formWriter();
    Into into =
        new Into(route.target().id(), route.mapper().schema().names(), route.mapper().key());
    // A record that waits, or is a dead letter, must be met by those that come after it.
    return writer.isPresent() && route.delivery().isClear() && writer.get().takesRows(into)
        ? Optional.of(new Whole(writer.get(), into))
        : Optional.empty();
  }

  /** The key alone, of both sides. */
  static Bytes keysOf(Bytes way) {
    List<String> fields = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (String key : way.into().key()) {
      int at = way.into().fields().indexOf(key);
      fields.add(way.selection().fields().get(at));
      types.add(way.selection().form().types().get(at));
    }
    BulkForm form = new BulkForm(way.selection().form().protocol(), types);
    return new Bytes(
        way.reader(),
        new Selection(way.selection().dataset(), fields, form, way.selection().filter()),
        way.writer(),
        new Into(way.into().dataset(), way.into().key(), way.into().key()));
  }
}
