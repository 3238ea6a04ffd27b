package dev.lockstep.server;

import dev.lockstep.connector.Connection;
import dev.lockstep.engine.SystemSpec;
import dev.lockstep.engine.limit.LimitSpec;
import dev.lockstep.engine.sync.Endpoint;
import dev.lockstep.engine.sync.Guard;
import dev.lockstep.engine.sync.Leaving;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.Policies;
import dev.lockstep.engine.sync.Retry;
import dev.lockstep.engine.sync.Strategy;
import dev.lockstep.engine.sync.SyncSpec;
import dev.lockstep.hub.action.ObjectActions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The sync that carries out the actions of objects: every event of its own, in order per entry. */
final class ActionSync {
  /** The writer counts attempts and gives up; the engine only waits longer each time. */
  private static final Retry RETRY =
      new Retry(1_000_000, Duration.ofSeconds(1), Duration.ofMinutes(15));

  static final SyncSpec SPEC =
      new SyncSpec(
          ObjectActions.NAME,
          new Endpoint(ObjectActions.NAME, ObjectActions.EVENTS),
          new Endpoint(ObjectActions.NAME, ObjectActions.DELIVERIES),
          Optional.empty(),
          Leaving.KEEP,
          new LinkedHashMap<>(),
          List.of(),
          Optional.empty(),
          Strategy.EVENT,
          Optional.empty(),
          Mode.APPEND,
          Optional.empty(),
          Guard.DEFAULT,
          RETRY,
          1,
          false,
          Policies.DEFAULT);

  private ActionSync() {}

  static SystemSpec system(Connection actions) {
    return new SystemSpec(ObjectActions.NAME, ObjectActions.NAME, actions, LimitSpec.NONE);
  }
}
