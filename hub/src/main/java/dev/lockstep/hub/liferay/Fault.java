package dev.lockstep.hub.liferay;

import dev.lockstep.hub.EntriesRefused;
import dev.lockstep.hub.Rule;
import dev.lockstep.hub.file.FileRefused;
import dev.lockstep.hub.object.ModelRefused;
import io.helidon.http.Status;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** A request that is answered with an error of Liferay's shape. */
public final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Status status;
  private final String detail;

  private Fault(Status status, String title, String detail) {
    super(title, null, false, false);
    this.status = status;
    this.detail = detail;
  }

  /**
   * @param title what is wrong
   * @param detail what to do instead
   */
  public static Fault of(Status status, String title, String detail) {
    return new Fault(status, title, detail);
  }

  public static Fault bad(String title, String detail) {
    return of(Status.BAD_REQUEST_400, title, detail);
  }

  public static Fault missing(String title) {
    return of(Status.NOT_FOUND_404, title, "");
  }

  public static Fault of(ModelRefused refused) {
    Status status =
        switch (refused.kind()) {
          case INVALID -> Status.BAD_REQUEST_400;
          case MISSING -> Status.NOT_FOUND_404;
          case CONFLICT -> Status.CONFLICT_409;
        };
    return of(
        status,
        refused.problems().stream()
            .map(it -> (it.setting() + " " + it.message()).strip())
            .collect(Collectors.joining("; ")),
        refused.problems().stream().map(it -> it.remedy()).collect(Collectors.joining("; ")));
  }

  public static Fault of(FileRefused refused) {
    Status status =
        switch (refused.kind()) {
          case INVALID -> Status.BAD_REQUEST_400;
          case TOO_LARGE -> Status.REQUEST_ENTITY_TOO_LARGE_413;
          case CONFLICT -> Status.CONFLICT_409;
        };
    return of(status, String.valueOf(refused.getMessage()), refused.remedy());
  }

  public static Fault of(EntriesRefused refused) {
    Set<Rule> rules = EnumSet.noneOf(Rule.class);
    refused.problems().forEach(problem -> rules.add(problem.rule()));
    return of(
        status(rules),
        refused.problems().stream()
            .map(it -> (it.field() + " " + it.message()).strip())
            .collect(Collectors.joining("; ")),
        refused.problems().stream().map(it -> it.remedy()).collect(Collectors.joining("; ")));
  }

  private static Status status(Set<Rule> rules) {
    Set<Rule> unmet =
        EnumSet.of(Rule.EXISTS, Rule.UNIQUE, Rule.VERSION, Rule.NOT_FOUND, Rule.REFERRED);
    if (!unmet.containsAll(rules)) {
      return Status.BAD_REQUEST_400;
    }
    if (rules.contains(Rule.VERSION)) {
      return Status.PRECONDITION_FAILED_412;
    }
    return rules.equals(EnumSet.of(Rule.NOT_FOUND)) ? Status.NOT_FOUND_404 : Status.CONFLICT_409;
  }

  public Status status() {
    return status;
  }

  /** Liferay's word for the status. */
  String word() {
    return switch (status.code()) {
      case 400 -> "BAD_REQUEST";
      case 401 -> "UNAUTHORIZED";
      case 403 -> "FORBIDDEN";
      case 404 -> "NOT_FOUND";
      case 405 -> "METHOD_NOT_ALLOWED";
      case 409 -> "CONFLICT";
      case 412 -> "PRECONDITION_FAILED";
      case 413 -> "REQUEST_ENTITY_TOO_LARGE";
      case 415 -> "UNSUPPORTED_MEDIA_TYPE";
      case 421 -> "MISDIRECTED_REQUEST";
      case 429 -> "TOO_MANY_REQUESTS";
      case 503 -> "SERVICE_UNAVAILABLE";
      default -> "INTERNAL_SERVER_ERROR";
    };
  }

  public String title() {
    return String.valueOf(getMessage());
  }

  public String detail() {
    return detail;
  }
}
