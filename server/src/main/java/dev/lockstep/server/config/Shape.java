package dev.lockstep.server.config;

import dev.lockstep.connector.Setting.Form;

/** Tells what a node was probably meant to be, whatever its content. */
final class Shape {
  private Shape() {}

  static boolean fits(Form form, Node node) {
    return switch (form) {
      case Form.Section _, Form.Named _ -> node instanceof Node.Block;
      case Form.ListOf(Form element) -> node instanceof Node.Items || fits(element, node);
      case Form.Either(Form one, Form other) -> fits(one, node) || fits(other, node);
      case Form.Text _,
          Form.Hidden _,
          Form.Whole _,
          Form.Flag _,
          Form.Period _,
          Form.Choice _,
          Form.Pattern _ ->
          node instanceof Node.Scalar scalar && !scalar.isNothing();
    };
  }
}
