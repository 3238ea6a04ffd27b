package dev.lockstep.walls;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads every text file of a checkout, and says what is untidy in it. */
final class Tidy {

  static final int MOST_LINES = 500;

  private static final Pattern LEFTOVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
  private static final Pattern CONSOLE =
      Pattern.compile("System\\.(out|err)\\b|printStackTrace\\(");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s:]+)(?:#[^)]*)?\\)");
  private static final Pattern BAD_NAME = Pattern.compile(".*(Utils?|Helpers?|Manager)\\.java");
  private static final Set<String> TEXT =
      Set.of("java", "xml", "md", "sh", "yaml", "yml", "sql", "properties", "jte", "css", "js");
  private static final Set<String> SPEAKS = Set.of("cli", "demo", "simulation", "benchmarks");

  private final Path root;
  private final List<String> findings = new ArrayList<>();
  private final Set<Path> packages = new TreeSet<>();
  private int files;

  private Tidy(Path root) {
    this.root = root;
  }

  record Report(int files, int packages, List<String> findings) {}

  static Report of(Path root) throws IOException {
    Tidy tidy = new Tidy(root);
    tidy.walk();
    for (Path folder : tidy.packages) {
      tidy.inspectPackage(folder);
    }
    return new Report(tidy.files, tidy.packages.size(), List.copyOf(tidy.findings));
  }

  private void walk() throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return isOurs(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile() && isText(file)) {
              inspect(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private boolean isOurs(Path folder) {
    String name = folder.getFileName().toString();
    boolean hidden = name.startsWith(".") && !Set.of(".ci", ".mvn").contains(name);
    // What tests read may be malformed on purpose.
    boolean material = folder.endsWith("src/test/resources");
    return folder.equals(root) || !(hidden || material || name.equals("target"));
  }

  private static boolean isText(Path file) throws IOException {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    if (dot >= 0) {
      return TEXT.contains(name.substring(dot + 1));
    }
    try (var in = Files.newInputStream(file)) {
      return in.read() == '#' && in.read() == '!';
    }
  }

  private void inspect(Path file) throws IOException {
    files++;
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (MalformedInputException notUtf8) {
      add(file, 0, "is not UTF-8");
      return;
    }
    for (int i = 0; i < lines.size(); i++) {
      inspectLine(file, i + 1, lines.get(i));
    }
    if (file.toString().endsWith(".java")) {
      inspectSource(file, lines);
    } else if (file.toString().endsWith(".md")) {
      inspectLinks(file, lines);
    }
  }

  private void inspectLine(Path file, int number, String line) {
    if (line.indexOf('\t') >= 0) {
      add(file, number, "has a tab");
    }
    if (!line.isEmpty() && Character.isWhitespace(line.charAt(line.length() - 1))) {
      add(file, number, "ends with a blank");
    }
    if (LEFTOVER.matcher(line).find()) {
      add(file, number, "has work left over");
    }
  }

  /** Those to other hosts have a colon, and are not followed. */
  private void inspectLinks(Path file, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      Matcher link = LINK.matcher(lines.get(i));
      while (link.find()) {
        if (!Files.exists(file.resolveSibling(link.group(1)))) {
          add(file, i + 1, "links to " + link.group(1) + ", which is not there");
        }
      }
    }
  }

  private void inspectSource(Path file, List<String> lines) {
    packages.add(file.getParent());
    if (lines.size() > MOST_LINES) {
      add(file, lines.size(), "has more than " + MOST_LINES + " lines; split it by what it does");
    }
    if (!isMain(file)) {
      return;
    }
    if (BAD_NAME.matcher(file.getFileName().toString()).matches()) {
      add(file, 0, "is named for no thing; name what it is");
    }
    String module = root.relativize(file).getName(0).toString();
    for (int i = 0; i < lines.size() && !SPEAKS.contains(module); i++) {
      if (CONSOLE.matcher(lines.get(i)).find()) {
        add(file, i + 1, "writes to the console; only commands do");
      }
    }
  }

  /** A test's package may be declared by the sources it tests. */
  private void inspectPackage(Path folder) throws IOException {
    Path inMain =
        Path.of(folder.toString().replaceFirst("([/\\\\])src\\1test\\1", "$1src$1main$1"));
    for (Path place : List.of(folder, inMain)) {
      Path info = place.resolve("package-info.java");
      if (Files.exists(info) && Files.readString(info).contains("@NullMarked")) {
        return;
      }
    }
    add(folder, 0, "has no package-info.java with @NullMarked");
  }

  private static boolean isMain(Path file) {
    return file.toString().replace('\\', '/').contains("/src/main/");
  }

  private void add(Path file, int line, String what) {
    findings.add(root.relativize(file) + (line > 0 ? ":" + line : "") + " " + what);
  }
}
