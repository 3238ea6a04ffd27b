package dev.lockstep.hub.expression;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a function is called with. An argument is evaluated when it is asked for, each time. */
record Arguments(List<Node> nodes, Evaluation evaluation) {

  int count() {
    return nodes.size();
  }

  @Nullable Object value(int index) throws Unfit {
    Object value = evaluation.value(nodes.get(index));
    if (value instanceof String text) {
      work().spend(text.length());
    } else if (value instanceof List<?> values) {
      work().spend(values.size());
    }
    return value;
  }

  String text(int index) throws Unfit {
    return reading().text(value(index));
  }

  BigDecimal number(int index) throws Unfit {
    return reading().number(value(index));
  }

  boolean truth(int index) throws Unfit {
    return reading().truth(value(index));
  }

  @Nullable LocalDate date(int index) throws Unfit {
    return Dates.date(value(index), reading().zone());
  }

  @Nullable LocalDateTime moment(int index) throws Unfit {
    return Dates.moment(value(index), reading().zone());
  }

  Reading reading() {
    return evaluation.reading();
  }

  Work work() {
    return evaluation.work();
  }
}
