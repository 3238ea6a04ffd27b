package dev.lockstep.cli;

import java.io.File;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Loads the classes of some packages, so that a recording knows them although nothing here uses
 * them: there is no PostgreSQL to talk to while Lockstep is built.
 */
final class LoadClasses {
  private static final String CLASS = ".class";

  private LoadClasses() {}

  /**
   * Loads every class of the jars on the class path whose path begins so; what lacks something that
   * it could use is left out.
   */
  static void ofPackages(String... paths) throws IOException {
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      File file = new File(path);
      if (file.isFile()) {
        ofJar(file, List.of(paths));
      }
    }
  }

  private static void ofJar(File file, List<String> paths) throws IOException {
    try (JarFile jar = new JarFile(file)) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        if (name.endsWith(CLASS) && paths.stream().anyMatch(name::startsWith)) {
          load(name.substring(0, name.length() - CLASS.length()).replace('/', '.'));
        }
      }
    }
  }

  private static void load(String name) {
    try {
      Class.forName(name, false, LoadClasses.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      // Something that it could use is not on the class path, so nobody will use it either.
    }
  }
}
