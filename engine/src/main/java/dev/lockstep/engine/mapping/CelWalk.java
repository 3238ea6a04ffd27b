package dev.lockstep.engine.mapping;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an expression reads of its record. */
final class CelWalk {
  private final CelAbstractSyntaxTree tree;
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private final boolean whole;

  CelWalk(CelAbstractSyntaxTree tree) {
    this.tree = tree;
    List<CelExpr> nodes = nodes(tree);
    for (CelExpr node : nodes) {
      if (node.getKind() == Kind.SELECT && isRecord(node.select().operand())) {
        columns.putIfAbsent(node.select().field(), column(node));
      }
    }
    long mentions = nodes.stream().filter(CelWalk::isRecord).count();
    long selections =
        nodes.stream()
            .filter(node -> node.getKind() == Kind.SELECT && isRecord(node.select().operand()))
            .count();
    this.whole = mentions > selections;
  }

  static List<CelExpr> nodes(CelAbstractSyntaxTree tree) {
    return CelNavigableAst.fromAst(tree).getRoot().allNodes().map(node -> node.expr()).toList();
  }

  static boolean isRecord(CelExpr expression) {
    return expression.getKind() == Kind.IDENT && expression.ident().name().equals(CelRecord.TYPE);
  }

  /** Counted from 1; the point of a selection, so the field's name begins one further. */
  private int column(CelExpr node) {
    Integer offset = tree.getSource().getPositionsMap().get(node.id());
    return offset == null ? 1 : offset + 2;
  }

  /** The fields read, with the column where each is read first. */
  Map<String, Integer> fields() {
    return columns;
  }

  /** True when the record is used other than by its fields. */
  boolean readsAll() {
    return whole;
  }
}
