package dev.lockstep.hub.module;

import dev.lockstep.connector.Problem;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.ObjectDefinition;
import dev.lockstep.store.Migration;
import dev.lockstep.store.Store;
import dev.lockstep.store.Tx;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The modules of a hub and what their versions promised. Thread-safe. */
public final class Modules {
  private final Hub hub;
  private final Declared declared;
  private final InstantSource clock;
  private final ModuleUse use;
  private final Map<String, CompileView.Compiled> views = new ConcurrentHashMap<>();

  private Modules(Hub hub, Declared declared, InstantSource clock) {
    this.hub = hub;
    this.declared = declared;
    this.clock = clock;
    this.use = new ModuleUse(declared.modules());
  }

  /** The tables a store needs for modules; to be given to it before {@link #open}. */
  public static Migration migration() {
    return Deployed.MIGRATION;
  }

  /**
   * All that speaks against deploying modules on a store, with nothing changed; settings are paths
   * within the configuration.
   *
   * @param published the objects that are defined while it runs
   */
  public static List<Problem> check(
      Store store, Declared declared, List<ObjectDefinition> published, InstantSource clock)
      throws InterruptedException {
    List<ObjectDefinition> objects = new ArrayList<>(published);
    objects.removeIf(it -> declared.declares(it.name()));
    objects.addAll(declared.objects());
    return store.read(
        tx -> Deployment.of(declared, objects, Deployed.read(tx), today(clock)).problems());
  }

  /**
   * Deploys modules on a hub.
   *
   * @throws ModulesRefused when clients of a version would be broken; nothing is changed
   */
  public static Modules open(Hub hub, Declared declared, InstantSource clock)
      throws InterruptedException {
    Modules modules = new Modules(hub, declared, clock);
    List<ObjectDefinition> objects = hub.objects();
    List<Problem> problems = hub.note(tx -> modules.deploy(tx, objects));
    if (!problems.isEmpty()) {
      throw new ModulesRefused(problems);
    }
    return modules;
  }

  /**
   * Takes a change of objects, or says what of the versions' promises it would break: for {@code
   * Definitions}, within the transaction of the change.
   */
  public List<Problem> deploy(Tx tx, List<ObjectDefinition> objects) {
    Map<Deployed.Key, Contract> before = Deployed.read(tx);
    Deployment.Result result = Deployment.of(declared, objects, before, today(clock));
    if (result.problems().isEmpty()) {
      Deployed.write(tx, before, result.contracts());
    }
    return result.problems();
  }

  private static LocalDate today(InstantSource clock) {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /** The modules in the file's order. */
  public List<ModuleSpec> all() {
    return declared.modules();
  }

  /** How much each version is used. */
  public ModuleUse use() {
    return use;
  }

  Hub hub() {
    return hub;
  }

  InstantSource clock() {
    return clock;
  }

  /** A view on an object that is there; empty while it does not fit. */
  Optional<View> view(String version, ViewSpec spec, ObjectDefinition object) {
    String key = version + "/" + spec.path();
    CompileView.Compiled known = views.get(key);
    if (known == null || !known.object().equals(object)) {
      known = CompileView.of(spec, object);
      views.put(key, known);
    }
    return known.view();
  }
}
