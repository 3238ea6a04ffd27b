package dev.lockstep.engine.journal;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Special;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ValueWriter} wrote. */
final class ValueReader {
  private final BytesIn in;

  ValueReader(BytesIn in) {
    this.in = in;
  }

  @Nullable Object value() {
    return value(0);
  }

  private @Nullable Object value(int depth) {
    int tag = in.octet();
    if (tag >= Tag.SMALL_LONG) {
      return small(tag);
    }
    return switch (tag) {
      case Tag.NULL -> null;
      case Tag.ABSENT -> Row.ABSENT;
      case Tag.FALSE -> false;
      case Tag.TRUE -> true;
      case Tag.LONG -> in.zigzag();
      case Tag.DOUBLE -> Double.longBitsToDouble(in.fixed64());
      case Tag.DECIMAL -> {
        int scale = in.int32(in.zigzag());
        yield BigDecimal.valueOf(in.zigzag(), scale);
      }
      case Tag.BIG_DECIMAL -> {
        int scale = in.int32(in.zigzag());
        yield new BigDecimal(new BigInteger(in.raw(in.count())), scale);
      }
      case Tag.TEXT, Tag.BROKEN_TEXT -> text(tag);
      case Tag.BYTES -> in.raw(in.count());
      case Tag.DATE -> LocalDate.ofEpochDay(in.zigzag());
      case Tag.TIME -> LocalTime.ofNanoOfDay(nanos());
      case Tag.DATE_TIME -> {
        LocalDate date = LocalDate.ofEpochDay(in.zigzag());
        yield LocalDateTime.of(date, LocalTime.ofNanoOfDay(nanos()));
      }
      case Tag.TIMESTAMP -> moment();
      case Tag.JSON -> new JsonText(text());
      case Tag.LIST -> list(depth + 1);
      case Tag.SPECIAL -> new Special(text());
      default -> throw in.damaged("no value starts with " + tag);
    };
  }

  private Object small(int tag) {
    if (tag < Tag.SHORT_TEXT) {
      return (long) (tag - Tag.SMALL_LONG);
    }
    return text(tag);
  }

  String text() {
    return text(in.octet());
  }

  private String text(int tag) {
    if (tag >= Tag.SHORT_TEXT && tag < Tag.SHORT_TEXT + Tag.SMALL) {
      return in.utf8(tag - Tag.SHORT_TEXT);
    }
    return switch (tag) {
      case Tag.TEXT -> in.utf8(in.count());
      case Tag.BROKEN_TEXT -> brokenText();
      default -> throw in.damaged("no text starts with " + tag);
    };
  }

  private String brokenText() {
    int length = in.count();
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) (in.octet() << 8 | in.octet()));
    }
    return text.toString();
  }

  private List<@Nullable Object> list(int depth) {
    if (depth > Tag.DEEPEST) {
      throw in.damaged("lists within lists deeper than " + Tag.DEEPEST);
    }
    int count = in.count();
    List<@Nullable Object> list = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      list.add(value(depth));
    }
    return Collections.unmodifiableList(list);
  }

  private Instant moment() {
    long second = in.zigzag();
    return Instant.ofEpochSecond(second, nanos());
  }

  long nanos() {
    long coded = in.varint();
    return (coded & 1) == 0 ? (coded >>> 1) * 1000 : coded >>> 1;
  }
}
