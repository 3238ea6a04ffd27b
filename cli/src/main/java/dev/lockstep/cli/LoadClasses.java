package dev.lockstep.cli;

import java.io.File;
import java.io.IOException;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Loads the classes of some libraries, so that a recording knows them although nothing here uses
 * them: there is no PostgreSQL to talk to while Lockstep is built.
 */
final class LoadClasses {
  private static final String CLASS = ".class";

  private LoadClasses() {}

  /**
   * Loads every class of the jars on the class path whose file names begin so; what lacks something
   * that it could use is left out.
   */
  static int ofJars(String... prefixes) throws IOException {
    int loaded = 0;
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      File file = new File(path);
      for (String prefix : prefixes) {
        if (file.isFile() && file.getName().startsWith(prefix)) {
          loaded += ofJar(file);
        }
      }
    }
    return loaded;
  }

  private static int ofJar(File file) throws IOException {
    int loaded = 0;
    try (JarFile jar = new JarFile(file)) {
      for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
        String name = all.nextElement().getName();
        boolean plain = name.endsWith(CLASS) && name.indexOf('-') < 0;
        if (plain && isLoaded(name.substring(0, name.length() - CLASS.length()))) {
          loaded++;
        }
      }
    }
    return loaded;
  }

  private static boolean isLoaded(String path) {
    try {
      Class.forName(path.replace('/', '.'), false, LoadClasses.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
