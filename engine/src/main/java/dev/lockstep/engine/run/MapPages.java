package dev.lockstep.engine.run;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Unreadable;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.sync.Mode;
import java.io.ByteArrayOutputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Maps the pages of one partition, and notes what must be remembered of them. */
final class MapPages {
  private final Route route;
  private final String partition;
  private final InstantSource clock;
  private final boolean mirror;
  private final int cursorField;
  private @Nullable HighMark high;
  private long number;

  /**
   * @param high the highest cursor value of the pages before
   * @param number how many records came before the next page
   */
  MapPages(
      Route route, String partition, InstantSource clock, @Nullable HighMark high, long number) {
    this.route = route;
    this.partition = partition;
    this.clock = clock;
    this.mirror = route.spec().mode() == Mode.MIRROR;
    this.cursorField =
        route.spec().incremental().map(i -> route.source().schema().indexOf(i.field())).orElse(-1);
    this.high = high;
    this.number = number;
  }

  MappedPage map(Page page) {
    List<Item> items = new ArrayList<>(page.rows().size() + page.unreadable().size());
    FromPage.Origin origin =
        new FromPage.Origin(route.source(), partition, clock.instant(), page.places(), number);
    for (Row row : page.rows()) {
      number++;
      Mapped mapped = route.mapper().upserted(row, Optional.empty());
      items.add(new Item(number, new FromPage.Record(origin, row, number), mapped));
    }
    for (Unreadable broken : page.unreadable()) {
      number++;
      Mapped refused = new Mapped.Refused(broken.fault(), broken.remedy());
      items.add(new Item(number, new FromPage.Broken(origin, broken), refused));
    }
    return new MappedPage(items, notes(page, items), page.resumeAfter());
  }

  private PageNotes notes(Page page, List<Item> items) {
    if (!mirror && cursorField < 0) {
      return PageNotes.NONE;
    }
    raiseHigh(page);
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    long unread = 0;
    for (Item item : mirror ? items : List.<Item>of()) {
      switch (item.mapped()) {
        case Mapped.Upsert(Key key, Row row) -> seen.writeBytes(SeenKeys.digest(key));
        case Mapped.Move(Key from, Key to, Row row) -> seen.writeBytes(SeenKeys.digest(to));
        case Mapped.Delete(Key key) -> {}
        case Mapped.Filtered() -> {}
        case Mapped.Refused(var reason, var remedy) -> unread++;
      }
    }
    return new PageNotes(seen.toByteArray(), Optional.ofNullable(high), unread);
  }

  private void raiseHigh(Page page) {
    String field = route.spec().incremental().map(i -> i.field()).orElse("");
    for (Row row : cursorField < 0 ? List.<Row>of() : page.rows()) {
      Object value = row.get(field);
      if (value != null && value != Row.ABSENT && HighMark.canMark(value)) {
        HighMark mark = HighMark.of(value);
        high = high == null ? mark : high.higher(mark);
      }
    }
  }
}
