package dev.lockstep.engine.journal;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Special;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes values, each with the tag that says its class, so that a reader needs no schema. */
final class ValueWriter {
  private static final int LONG_DIGITS = 18;

  private final BytesOut out;

  ValueWriter(BytesOut out) {
    this.out = out;
  }

  void value(@Nullable Object value) {
    value(value, 0);
  }

  private void value(@Nullable Object value, int depth) {
    switch (value) {
      case null -> out.octet(Tag.NULL);
      case String text -> text(text);
      case Long number -> integer(number);
      case BigDecimal number -> decimal(number);
      case Boolean flag -> out.octet(flag ? Tag.TRUE : Tag.FALSE);
      case Double number -> {
        out.octet(Tag.DOUBLE);
        out.fixed64(Double.doubleToRawLongBits(number));
      }
      case Instant moment -> {
        out.octet(Tag.TIMESTAMP);
        out.zigzag(moment.getEpochSecond());
        nanos(moment.getNano());
      }
      case LocalDate date -> {
        out.octet(Tag.DATE);
        out.zigzag(date.toEpochDay());
      }
      case LocalTime time -> {
        out.octet(Tag.TIME);
        nanos(time.toNanoOfDay());
      }
      case LocalDateTime moment -> {
        out.octet(Tag.DATE_TIME);
        out.zigzag(moment.toLocalDate().toEpochDay());
        nanos(moment.toLocalTime().toNanoOfDay());
      }
      case byte[] bytes -> {
        out.octet(Tag.BYTES);
        out.varint(bytes.length);
        out.raw(bytes);
      }
      case JsonText json -> {
        out.octet(Tag.JSON);
        text(json.text());
      }
      case List<?> list -> list(list, depth + 1);
      case Special special -> {
        out.octet(Tag.SPECIAL);
        text(special.text());
      }
      default -> other(value);
    }
  }

  private void other(Object value) {
    if (value != Row.ABSENT) {
      throw new IllegalArgumentException(
          "a value of " + value.getClass().getName() + " is no carrier of any type");
    }
    out.octet(Tag.ABSENT);
  }

  private void list(List<?> list, int depth) {
    if (depth > Tag.DEEPEST) {
      throw new IllegalArgumentException("lists within lists deeper than " + Tag.DEEPEST);
    }
    out.octet(Tag.LIST);
    out.varint(list.size());
    for (Object element : list) {
      value(element, depth);
    }
  }

  private void integer(long number) {
    if (number >= 0 && number < Tag.SMALL) {
      out.octet(Tag.SMALL_LONG + (int) number);
    } else {
      out.octet(Tag.LONG);
      out.zigzag(number);
    }
  }

  private void decimal(BigDecimal number) {
    BigInteger digits = number.unscaledValue();
    if (number.precision() <= LONG_DIGITS) {
      out.octet(Tag.DECIMAL);
      out.zigzag(number.scale());
      out.zigzag(digits.longValue());
    } else {
      byte[] bytes = digits.toByteArray();
      out.octet(Tag.BIG_DECIMAL);
      out.zigzag(number.scale());
      out.varint(bytes.length);
      out.raw(bytes);
    }
  }

  void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (holdsQuestionMark(bytes) && hasHalfPair(text)) {
      brokenText(text);
      return;
    }
    if (bytes.length < Tag.SMALL) {
      out.octet(Tag.SHORT_TEXT + bytes.length);
    } else {
      out.octet(Tag.TEXT);
      out.varint(bytes.length);
    }
    out.raw(bytes);
  }

  private void brokenText(String text) {
    out.octet(Tag.BROKEN_TEXT);
    out.varint(text.length());
    for (int i = 0; i < text.length(); i++) {
      out.octet(text.charAt(i) >> 8);
      out.octet(text.charAt(i));
    }
  }

  /**
   * Java writes one for what UTF-8 cannot hold; looking for it is much cheaper than for the cause.
   */
  private static boolean holdsQuestionMark(byte[] bytes) {
    boolean found = false;
    for (byte each : bytes) {
      found |= each == '?';
    }
    return found;
  }

  private static boolean hasHalfPair(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  /** Most clocks tick in microseconds; the lowest bit says when one ticked finer. */
  void nanos(long nanos) {
    out.varint(nanos % 1000 == 0 ? (nanos / 1000) << 1 : (nanos << 1) | 1);
  }
}
