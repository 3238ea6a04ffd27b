package dev.lockstep.hub;

/** There is no object of that name; the message names the nearest one. */
public final class UnknownObject extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownObject(String name, java.util.Collection<String> names) {
    super("there is no object '" + name + "'; " + NearestName.remedy(name, names));
  }
}
