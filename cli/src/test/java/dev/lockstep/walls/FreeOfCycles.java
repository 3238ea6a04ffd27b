package dev.lockstep.walls;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** That no package of the root's knows another that knows it, be it over several. */
final class FreeOfCycles extends ArchCondition<JavaClass> {
  private final String root;
  private final Map<String, Set<String>> known = new TreeMap<>();

  FreeOfCycles(String root) {
    super("be free of cycles between packages");
    this.root = root;
  }

  @Override
  public void init(Collection<JavaClass> types) {
    known.clear();
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    String own = type.getPackageName();
    for (Dependency each : type.getDirectDependenciesFromSelf()) {
      String other = each.getTargetClass().getBaseComponentType().getPackageName();
      if (other.startsWith(root) && own.startsWith(root) && !other.equals(own)) {
        known.computeIfAbsent(own, _ -> new TreeSet<>()).add(other);
      }
    }
  }

  @Override
  public void finish(ConditionEvents events) {
    // A package that knows nobody is in no cycle; without it, neither is one that knew only it.
    while (known.values().removeIf(Set::isEmpty) || forgetThoseWhoKnowNobody()) {}
    if (!known.isEmpty()) {
      events.add(SimpleConditionEvent.violated(known, "cycles among " + known));
    }
  }

  private boolean forgetThoseWhoKnowNobody() {
    boolean any = false;
    for (Set<String> others : known.values()) {
      any |= others.retainAll(Set.copyOf(known.keySet()));
    }
    return any;
  }
}
