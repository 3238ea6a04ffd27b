# Sourced by the launcher and by verify. Finds a JDK 25 and exports it as JAVA_HOME.

# The major version of the JDK in a folder; nothing if there is no JDK (a JRE has no compiler).
jdk_major() {
  local line version
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        version=${line#JAVA_VERSION=}
        version=${version//\"/}
        printf '%s' "${version%%[!0-9]*}"
        return 0
        ;;
    esac
  done <"$1/release"
  return 1
}

# The home of the java command on the PATH, if it is there.
jdk_of_path() {
  local java
  java=$(command -v java) || return 1
  java=$(readlink -f "$java" 2>/dev/null) || return 1
  printf '%s' "${java%/bin/java}"
}

# Sets JAVA_HOME; says what to install and fails if there is no JDK to use. JAVA_HOME is asked first, if it
# is new enough; then an exact 25 is taken before a newer one, which nobody may have tried yet.
find_jdk() {
  local folder major newer=
  if [ -n "${JAVA_HOME:-}" ] && major=$(jdk_major "$JAVA_HOME") && [ "$major" -ge 25 ]; then
    export JAVA_HOME
    return 0
  fi
  for folder in \
    /usr/lib/jvm/* /usr/java/* /opt/* /opt/*/* /usr/local/lib/jvm/* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
    "${HOME:-/nonexistent}"/.local/share/mise/installs/java/* "${HOME:-/nonexistent}"/.asdf/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$(jdk_of_path)"; do
    major=$(jdk_major "$folder") || continue
    if [ "$major" = 25 ]; then
      export JAVA_HOME="$folder"
      return 0
    fi
    [ "$major" -gt 25 ] && newer=${newer:-$folder}
  done
  if [ -n "$newer" ]; then
    export JAVA_HOME="$newer"
    return 0
  fi
  cat >&2 <<'TEXT'
Lockstep needs a JDK 25, and none was found (looked at JAVA_HOME, /usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks, the PATH).
Install one, for example from https://adoptium.net/temurin/releases/?version=25
  or with   sdk install java 25-tem   (sdkman.io)
  or with   brew install openjdk@25   (macOS)
and start again; if it lives elsewhere, point JAVA_HOME at it.
TEXT
  return 1
}

# Fails, saying what to install, unless Maven is here.
find_maven() {
  command -v mvn >/dev/null && return 0
  cat >&2 <<'TEXT'
Lockstep is built with Maven 3.8.7 or newer, and there is no mvn on the PATH.
Install it: apt-get install maven (Debian, Ubuntu), dnf install maven (Fedora), brew install maven (macOS),
or https://maven.apache.org/download.cgi
TEXT
  return 1
}
