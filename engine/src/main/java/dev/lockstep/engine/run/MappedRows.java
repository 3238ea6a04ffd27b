package dev.lockstep.engine.run;

import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.Row;
import dev.lockstep.engine.delivery.Piece;
import dev.lockstep.engine.delivery.Piece.NotWhole;
import dev.lockstep.engine.mapping.Mapper;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import dev.lockstep.engine.sync.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records of a piece as the target is to have them, mapped while those before them are written.
 * Nothing is kept of them: a record that would have to be makes the piece {@link NotWhole}.
 */
final class MappedRows implements Piece.Rows, AutoCloseable {
  private final Mapper mapper;
  private final Steps steps;
  private final ReadAhead<Some> ahead;
  private long filtered;

  /** What came of one page. */
  private record Some(List<Row> rows, int filtered) {}

  /** Starts to read. The cursor is this reader's alone until it is closed, and stays open then. */
  MappedRows(Mapper mapper, Cursor<Page> cursor, Steps steps) {
    this.mapper = mapper;
    this.steps = steps;
    this.ahead = new ReadAhead<>(cursor, this::map);
  }

  private Some map(Page page) {
    if (!page.unreadable().isEmpty()) {
      throw new NotWhole(page.unreadable().getFirst().fault());
    }
    List<Row> rows = new ArrayList<>(page.rows().size());
    for (Row row : page.rows()) {
      switch (mapper.upserted(row, Optional.empty())) {
        case Mapped.Upsert(var key, Row mapped) -> rows.add(mapped);
        case Mapped.Filtered() -> {}
        case Mapped.Refused(String reason, var remedy) -> throw new NotWhole(reason);
        case Mapped.Delete(var key) -> throw new NotWhole("a record is to be deleted");
        case Mapped.Move(var from, var to, var mapped) ->
            throw new NotWhole("a record has another key");
      }
    }
    return new Some(rows, page.rows().size() - rows.size());
  }

  @Override
  public Optional<List<Row>> next() throws InterruptedException {
    for (Optional<Some> some = ahead.next(); some.isPresent(); some = ahead.next()) {
      steps.reached(Steps.Step.PAGE_READ);
      filtered += some.get().filtered();
      if (!some.get().rows().isEmpty()) {
        return Optional.of(some.get().rows());
      }
    }
    return Optional.empty();
  }

  @Override
  public long filtered() {
    return filtered;
  }

  @Override
  public void close() {
    ahead.close();
  }
}
