package dev.lockstep.hub.access;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What was granted while it runs, by role, to be shown and set. Thread-safe. */
public final class Permissions {
  private final AccessControl control;

  Permissions(AccessControl control) {
    this.control = control;
  }

  /** Every role that can be granted something. */
  public List<String> roles() {
    return control.names();
  }

  /** The rights on one entry; those of its owner are always among them. */
  public Map<String, Set<Right>> ofEntry(String object, long entry) throws InterruptedException {
    Map<String, Set<Right>> shown = shown(control.grants().onEntry(entry));
    shown.putIfAbsent(Principal.OWNER, control.ofOwner(object));
    return shown;
  }

  public void setOfEntry(long entry, Map<String, Set<Right>> granted) throws InterruptedException {
    control.grants().replaceOnEntry(entry, granted);
  }

  /** The rights on all entries of a definition. */
  public Map<String, Set<Right>> ofEntries(long definition) {
    return shown(control.grants().on(new Grants.Target(Grants.Kind.ENTRIES, definition)));
  }

  public void setOfEntries(long definition, Map<String, Set<Right>> granted)
      throws InterruptedException {
    control.grants().replace(new Grants.Target(Grants.Kind.ENTRIES, definition), granted);
  }

  /** The rights on a definition itself. */
  public Map<String, Set<Right>> ofDefinition(long definition) {
    return shown(control.grants().on(new Grants.Target(Grants.Kind.DEFINITION, definition)));
  }

  public void setOfDefinition(long definition, Map<String, Set<Right>> granted)
      throws InterruptedException {
    control.grants().replace(new Grants.Target(Grants.Kind.DEFINITION, definition), granted);
  }

  /** Forgets what was granted on an entry or a definition that is gone. */
  public void forgetEntry(long entry) throws InterruptedException {
    control.grants().replaceOnEntry(entry, Map.of());
  }

  public void forgetDefinition(long definition) throws InterruptedException {
    control.grants().forget(definition);
  }

  private static Map<String, Set<Right>> shown(Map<String, Long> granted) {
    Map<String, Set<Right>> shown = new TreeMap<>();
    granted.forEach((role, bits) -> shown.put(role, Right.of(bits)));
    return shown;
  }
}
