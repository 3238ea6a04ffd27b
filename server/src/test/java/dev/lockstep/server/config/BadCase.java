package dev.lockstep.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A bad configuration with what must be told of it, read from {@code bad.txt}: {@code === name},
 * the file's lines, then for each problem {@code ! line path :: fault :: remedy}. A line {@code
 * BASE} stands for some sound systems.
 */
record BadCase(String name, String yaml, List<String> expected) {
  private static final String BASE =
      """
      lockstep: 1
      systems:
        db: {connector: db, url: "db://one", password: "${PASSWORD}"}
        api: {connector: api, url: "https://api.example"}
        sink: {connector: sink}
        feed: {connector: feed}
      """;

  static List<BadCase> all() {
    List<BadCase> cases = new ArrayList<>();
    for (String block : ("\n" + text()).split("\n=== ")) {
      if (!block.isBlank()) {
        cases.add(of(block));
      }
    }
    return cases;
  }

  static BadCase of(String block) {
    StringBuilder yaml = new StringBuilder();
    List<String> expected = new ArrayList<>();
    List<String> lines = block.lines().toList();
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith("! ")) {
        expected.add(line.substring(2));
      } else {
        yaml.append(line.equals("BASE") ? BASE : line + "\n");
      }
    }
    return new BadCase(lines.getFirst(), yaml.toString(), expected);
  }

  private static String text() {
    try (InputStream in = BadCase.class.getResourceAsStream("bad.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
