package dev.lockstep.server.config;

import dev.lockstep.hub.ObjectDefinition;
import dev.lockstep.hub.action.Means;
import dev.lockstep.hub.batch.BatchSettings;
import dev.lockstep.hub.batch.export.ExportSettings;
import dev.lockstep.hub.mail.MailServer;
import dev.lockstep.hub.module.Declared;
import dev.lockstep.hub.module.ModuleSpec;
import dev.lockstep.hub.object.FieldCipher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The hub as the user declared it.
 *
 * @param definitions whether objects are also defined over the API while it runs
 * @param localNetwork whether actions may call this machine and its local networks
 * @param functions programs that actions call with a token, by their codes
 * @param mail the server that takes messages of actions
 * @param modules what is served in versions
 * @param cipher seals encrypted fields of defined objects
 * @param deploy how client extensions come in
 * @param batch bounds of imports and exports of many items
 * @param retention how long a change is kept at least
 */
public record ConfiguredHub(
    List<ObjectDefinition> objects,
    boolean definitions,
    boolean localNetwork,
    Map<String, Means.Function> functions,
    Optional<MailServer> mail,
    List<ModuleSpec> modules,
    Optional<FieldCipher> cipher,
    Deploy deploy,
    Batch batch,
    Duration retention) {
  public ConfiguredHub {
    objects = List.copyOf(objects);
    functions = Map.copyOf(functions);
    modules = List.copyOf(modules);
  }

  /**
   * How client extensions come in.
   *
   * @param folder what is put there is deployed, if {@code watch}
   * @param featureFlags those that are on
   */
  public record Deploy(boolean watch, String folder, Set<String> featureFlags) {
    static final Deploy DEFAULT = new Deploy(true, "deploy", Set.of());

    public Deploy {
      featureFlags = Set.copyOf(featureFlags);
    }
  }

  /** Bounds of imports and of exports. */
  public record Batch(BatchSettings imports, ExportSettings exports) {
    static final Batch DEFAULT = new Batch(BatchSettings.DEFAULT, ExportSettings.DEFAULT);
  }

  /** Modules and the objects behind them. */
  public Declared declared() {
    return new Declared(modules, objects, definitions);
  }
}
