package dev.lockstep.server.config;

import dev.lockstep.engine.sync.ConflictPolicy;
import dev.lockstep.engine.sync.Leaving;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.Policies;
import dev.lockstep.engine.sync.Strategy;
import java.util.Locale;

/** What the words of the language's choices stand for; each was checked before. */
final class Words {
  private Words() {}

  static Mode mode(String word) {
    return Mode.valueOf(word.toUpperCase(Locale.ROOT));
  }

  static Strategy strategy(String word) {
    return Strategy.valueOf(word.toUpperCase(Locale.ROOT));
  }

  static Policies policies(String onRefusal, String onSchemaChange, int lanes) {
    return new Policies(
        Policies.Refusal.valueOf(onRefusal.toUpperCase(Locale.ROOT)),
        Policies.SchemaChange.valueOf(onSchemaChange.toUpperCase(Locale.ROOT)),
        lanes);
  }

  static ConflictPolicy conflictPolicy(String word) {
    return ConflictPolicy.valueOf(word.toUpperCase(Locale.ROOT));
  }

  static Leaving leaving(String word) {
    return Leaving.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
