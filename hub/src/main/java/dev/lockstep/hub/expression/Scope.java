package dev.lockstep.hub.expression;

import java.time.InstantSource;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What an expression is evaluated against: one entry, by whom and when.
 *
 * <p>Values are {@code String}, {@code Boolean}, any {@code Number}, {@code LocalDate}, {@code
 * LocalDateTime}, {@code Instant}, a {@code List<String>}, or null for none.
 */
public interface Scope {

  /** The present value of one of {@link Expression#names()}. */
  @Nullable Object value(String name);

  /**
   * The value before the change of one of {@link Expression#oldNames()}. Where there was no entry
   * before, Liferay answers with the field's default.
   */
  @Nullable Object oldValue(String name);

  /** Who makes the change: {@code currentUserId}. */
  @Nullable Long currentUserId();

  /** Tells the day that is {@code currentDate}. */
  InstantSource now();

  /** In which moments are read as dates and times of day. */
  ZoneId zone();
}
