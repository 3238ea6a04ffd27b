package dev.lockstep.engine;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetCreator;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.engine.sync.SyncSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Does what a sync's policy says when the fields of its source are not what they were. A sync with
 * a {@code map} of its own says itself which fields it wants: for it nothing is to be done here.
 */
final class AnswerSchemaChange {
  private final SyncTable table;
  private final SyncSpec spec;
  private final Connection connection;

  /**
   * @param connection of the target
   */
  AnswerSchemaChange(SyncTable table, SyncSpec spec, Connection connection) {
    this.table = table;
    this.spec = spec;
    this.connection = connection;
  }

  /** Answers with the target as it is then; throws {@link ConnectorException} to hold the sync. */
  Dataset answer(Dataset source, Dataset target) throws InterruptedException {
    SeenFields now = SeenFields.of(source.schema());
    Optional<SeenFields> before = table.seen(spec.name());
    if (before.filter(now::equals).isPresent()) {
      return target;
    }
    Dataset adapted = target;
    if (before.isPresent() && spec.map().isEmpty() && !target.open()) {
      adapted =
          switch (spec.policies().onSchemaChange()) {
            case IGNORE -> target;
            case APPLY -> apply(source.schema(), target);
            case HOLD -> hold(before.get().changedTo(now), source.schema(), target);
          };
    }
    table.see(spec.name(), now);
    return adapted;
  }

  private Dataset apply(Schema source, Dataset target) throws InterruptedException {
    List<Field> missing =
        source.fields().stream()
            .filter(field -> !target.schema().has(field.name()))
            .map(field -> Field.of(field.name(), field.type()))
            .toList();
    List<Field> narrow = narrow(source, target.schema());
    if (missing.isEmpty() && narrow.isEmpty()) {
      return target;
    }
    DatasetCreator creator =
        connection
            .creator()
            .orElseThrow(() -> held("the target " + spec.to() + " cannot be altered from here"));
    if (!missing.isEmpty()) {
      creator.addFields(target.id(), missing);
    }
    for (Field field : narrow) {
      creator.widen(target.id(), field);
    }
    return connection.describe(target.id()).orElse(target);
  }

  private static List<Field> narrow(Schema source, Schema target) {
    List<Field> narrow = new ArrayList<>();
    for (Field field : source.fields()) {
      int at = target.indexOf(field.name());
      if (at >= 0 && isWider(field.type(), target.field(at).type())) {
        narrow.add(field);
      }
    }
    return narrow;
  }

  /** Whether a type holds more than another of its kind. */
  private static boolean isWider(Type one, Type other) {
    return switch (other) {
      case Type.Text(int length) ->
          one instanceof Type.Text(int wanted) && length > 0 && (wanted == 0 || wanted > length);
      case Type.Decimal(int precision, int scale) ->
          one instanceof Type.Decimal(int wanted, int digits)
              && precision > 0
              && (wanted == 0
                  || (wanted - digits >= precision - scale && digits > scale)
                  || (wanted - digits > precision - scale && digits >= scale));
      case Type.Int() -> one instanceof Type.Decimal;
      case Type.Bool(),
          Type.Float(),
          Type.Bytes(),
          Type.Date(),
          Type.Time(),
          Type.DateTime(),
          Type.Timestamp(),
          Type.Json(),
          Type.ListOf(_),
          Type.Any() ->
          false;
    };
  }

  private Dataset hold(String changes, Schema source, Dataset target) {
    boolean agree = new HashSet<>(source.names()).equals(new HashSet<>(target.schema().names()));
    if (!agree) {
      throw held("the fields of " + spec.from() + " have changed: " + changes);
    }
    return target;
  }

  private ConnectorException held(String message) {
    return new ConnectorException(
        new Failure.Misconfigured(
            List.of(
                new Problem(
                    "syncs." + spec.name(),
                    message,
                    "give " + spec.to() + " the same fields, or write `onSchemaChange: ignore`"))));
  }
}
