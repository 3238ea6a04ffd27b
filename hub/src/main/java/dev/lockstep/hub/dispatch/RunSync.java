package dev.lockstep.hub.dispatch;

import dev.lockstep.hub.NearestName;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.liferay.Fault;
import java.util.List;
import java.util.Set;

/** Has a sync run, as {@code lockstep run} does. */
record RunSync(Syncs syncs) implements Executor {
  private static final String NAME = "sync";
  private static final String FULL = "full";

  @Override
  public void check(Settings settings, Access access) {
    access.demandAdministrator("have a sync run");
    settings.allowOnly(Set.of(NAME, FULL));
    if (settings.get(FULL).filter(it -> !it.equals("true") && !it.equals("false")).isPresent()) {
      throw Fault.bad("dispatchTaskSettings.full is no truth value", "send \"true\" or \"false\"");
    }
    String name = settings.demand(NAME, "customers");
    List<String> names = syncs.names();
    if (!names.contains(name)) {
      throw Fault.bad(
          "There is no sync '" + name + "'",
          names.isEmpty() ? "declare one under syncs" : NearestName.remedy(name, names));
    }
  }

  @Override
  public Order order(Settings settings, Access access) throws InterruptedException {
    check(settings, access);
    // The run itself is the engine's to keep; the mark tells one that this order began from others.
    String mark = Long.toString(syncs.mark());
    return (tx, edits, run) -> mark;
  }

  @Override
  public Ended carry(Run run) throws InterruptedException {
    String name = run.settings().demand(NAME, "");
    boolean full = run.settings().get(FULL).filter("true"::equals).isPresent();
    Syncs.Ended ended = syncs.run(name, full, Long.parseLong(run.reference()));
    return ended.successful() ? new Ended(ended.told(), "") : new Ended("", ended.told());
  }
}
