package dev.lockstep.connector;

/**
 * Something the user must put right.
 *
 * @param setting where it is, as a path of setting names: {@code datasets.accounts.list}, or empty
 *     for the system as a whole
 * @param message what is wrong
 * @param remedy what to write or do instead
 */
public record Problem(String setting, String message, String remedy) {
  @Override
  public String toString() {
    return (setting.isEmpty() ? "" : setting + ": ") + message + "; " + remedy;
  }
}
