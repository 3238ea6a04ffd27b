package dev.lockstep.engine.mapping;

import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Bindings of one function, chosen among by the classes of the arguments. */
final class CelGroup {
  /** No value has this class, so a binding on it is never chosen. */
  private static final class Nothing {}

  private CelGroup() {}

  static Collection<CelFunctionBinding> of(String function, List<CelFunctionBinding> bindings) {
    List<CelFunctionBinding> group = new ArrayList<>(bindings);
    if (group.size() == 1) {
      // The runtime adds overloads to a standard function only from a group of two or more; a
      // single
      // one would stand for the function itself.
      group.add(
          CelFunctionBinding.from(
              bindings.getFirst().getOverloadId() + "_never", Nothing.class, never -> never));
    }
    return CelFunctionBinding.fromOverloads(function, group);
  }
}
