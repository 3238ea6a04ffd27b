package dev.lockstep.engine.mapping;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Both results of {@code c ? a : b}, and so of {@code default(a, b)}, must be of one type. The
 * checker lets some pairs through, because a field that may be null is assignable to null.
 */
final class CelBranches {
  private static final Set<CelKind> UNTYPED =
      Set.of(CelKind.DYN, CelKind.ANY, CelKind.NULL_TYPE, CelKind.TYPE_PARAM, CelKind.ERROR);

  private CelBranches() {}

  static List<ExpressionCompiler.Fault> faults(CelAbstractSyntaxTree tree) {
    return CelWalk.nodes(tree).stream()
        .filter(node -> node.getKind() == Kind.CALL && node.call().function().equals("_?_:_"))
        .flatMap(node -> fault(tree, node).stream())
        .toList();
  }

  private static Optional<ExpressionCompiler.Fault> fault(
      CelAbstractSyntaxTree tree, CelExpr node) {
    CelType first = type(tree, node.call().args().get(1));
    CelType second = type(tree, node.call().args().get(2));
    if (first.equals(second) || UNTYPED.contains(first.kind()) || UNTYPED.contains(second.kind())) {
      return Optional.empty();
    }
    if (first.kind() == second.kind() && first.kind() != CelKind.OPAQUE) {
      return Optional.empty();
    }
    return Optional.of(
        new ExpressionCompiler.Fault(
            "the two results of ?: or default() are "
                + CelTypes.label(first)
                + " and "
                + CelTypes.label(second),
            "make them one type: string(…), int(…), decimal(…)"));
  }

  private static CelType type(CelAbstractSyntaxTree tree, CelExpr node) {
    return tree.getType(node.id()).map(CelTypes::plain).orElse(dev.cel.common.types.SimpleType.DYN);
  }
}
