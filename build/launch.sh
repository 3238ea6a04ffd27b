# Sourced by the launchers: builds a module when its sources changed, then becomes the Java program.
# Expects $root, the folder of the checkout.

. "$root/build/jdk.sh"

# launch MODULE MAIN-CLASS RECORDINGS RECORDING ARGUMENT...
#
# RECORDINGS are names (split at blanks) of kinds of starts: after each build the program is run with the arguments
# "warmup NAME" to record which classes such a start needs, so that later ones are quick; empty for none. RECORDING is
# the one for this start.
launch() {
  local module=$1 main=$2 recordings=$3 recording=$4
  shift 4
  app=$root/.build/$module
  find_jdk || exit 1
  if is_stale; then
    with_lock build "$module" "$main" "$recordings"
  fi

  local -a options=() extra=()
  # Blanks separate options, as in JAVA_TOOL_OPTIONS.
  read -r -a extra <<<"${LOCKSTEP_OPTS:-}" || true
  case " ${LOCKSTEP_OPTS:-} " in
    *" -XX:+Use"*"GC "*) ;;
    *) options+=(-XX:+UseSerialGC) ;;
  esac
  # The recording is of one very JDK.
  if [ -f "$app/$recording.aot" ] && [ "$(<"$app/jdk")" = "$JAVA_HOME" ]; then
    options+=("-XX:AOTCache=$app/$recording.aot")
  fi
  exec "$JAVA_HOME/bin/java" "@$app/options" ${options[@]+"${options[@]}"} ${extra[@]+"${extra[@]}"} "$main" "$@"
}

# Whether a source, a resource, a pom (or a folder that lost or gained one) is newer than the last build.
is_stale() {
  # It holds the checkout's folder: one that was moved is built again, since the options name its jars.
  [ -f "$app/built" ] && [ "$(<"$app/built")" = "$root" ] || return 0
  local -a places=("$root/pom.xml" "$root/.mvn" "$root/build/launch.sh" "$root/build/prepare-libraries") place
  for place in "$root"/*/pom.xml "$root"/*/*/pom.xml "$root"/*/src/main "$root"/*/*/src/main; do
    [ -e "$place" ] && places+=("$place")
  done
  [ -n "$(find "${places[@]}" -newer "$app/built" -print -quit)" ]
}

# Runs a command while no other start builds. What waited looks again whether there is still something to do.
with_lock() {
  if ! mkdir -p "$root/.build" 2>/dev/null || [ ! -w "$root/.build" ]; then
    say "Lockstep must be built, and its folder $root/.build cannot be written. Start it once as a user who can."
    exit 1
  fi
  if command -v flock >/dev/null; then
    exec 9>"$root/.build/lock"
    if ! flock -n 9; then
      say "Another start is building Lockstep; waiting for it."
      flock 9
    fi
  else
    lock_by_folder
  fi
  if is_stale; then "$@"; fi
  if command -v flock >/dev/null; then exec 9>&-; else unlock_by_folder; fi
}

# For systems without flock (macOS): a folder is made by one only. One whose maker is gone is taken over.
lock_by_folder() {
  local told= holder
  until mkdir "$root/.build/lock.d" 2>/dev/null; do
    holder=$(cat "$root/.build/lock.d/pid" 2>/dev/null || true)
    if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
      unlock_by_folder
      continue
    fi
    [ -n "$told" ] || say "Another start is building Lockstep; waiting for it."
    told=yes
    sleep 1
  done
  echo $$ >"$root/.build/lock.d/pid"
  trap unlock_by_folder EXIT
}

unlock_by_folder() {
  rm -rf "$root/.build/lock.d"
  trap - EXIT
}

# Builds into a folder of its own and then points .build/MODULE at it: a Lockstep that is running keeps its jars.
build() {
  local module=$1 main=$2 recordings=$3 log=$root/.build/build.log
  local name=$module-$(date +%Y%m%d-%H%M%S)-$$ status=0
  local out=$root/.build/$name
  find_maven || exit 1
  started=$SECONDS
  mkdir -p "$out/lib"
  # Dated before the build reads its first source, so that an edit during the build is seen by the next start.
  printf '%s\n' "$root" >"$out/built"
  trap 'finish_line; rm -rf "$out"; exit 130' INT TERM
  compile "$module" "$out/lib" "$log" || status=$?
  if [ "$status" != 0 ]; then
    rm -rf "$out"
    explain_failure "$log"
    exit 1
  fi
  cp "$root/$module"/target/fast/lockstep-*.jar "$out/lib/"
  write_options "$out"
  if [ -n "$recordings" ]; then
    prepare_starts "$out" "$main" "$recordings" "$log"
  fi
  publish "$module" "$name"
  trap - INT TERM
  finish_line
  say "Built Lockstep in $((SECONDS - started)) s."
}

# Runs Maven with its output in the log, and shows where it is.
compile() {
  local module=$1 libraries=$2 log=$3 line ended step=starting fetched=0 count='' shown=''
  while true; do
    line=
    ended=0
    IFS= read -r -t 1 line <&7 || ended=$?
    # Above 128 the second has passed without a line; otherwise the output has ended without its last line.
    if [ "$ended" -ge 1 ] && [ "$ended" -le 128 ]; then return 1; fi
    case $line in
      "maven ended "*)
        exec 7<&-
        return "${line#maven ended }"
        ;;
      *"INFO] Building "*"["*"/"*"]")
        line=${line#*INFO] Building }
        count=${line##* }
        line=${line%% *}
        step="${count//[\[\]]/} ${line#lockstep-}"
        # On a terminal one line is kept up to date; elsewhere each module has one of its own.
        [ -t 2 ] || progress "$step" "$fetched"
        ;;
      *"Downloaded from "*) fetched=$((fetched + 1)) ;;
    esac
    if [ -t 2 ] && [ "$step $fetched $SECONDS" != "$shown" ]; then
      shown="$step $fetched $SECONDS"
      progress "$step" "$fetched"
    fi
  done 7< <(
    run_maven "$module" "$libraries" 2>&1 | tee "$log"
    printf '\nmaven ended %s\n' "${PIPESTATUS[0]}"
  )
}

run_maven() {
  cd "$root" && mvn -B -Dstyle.color=never -Pfast,launch -pl "$1" -am package "-Dlaunch.libraries=$2" </dev/null
}

progress() {
  local text="Building Lockstep: $1"
  [ "$2" = 0 ] || text="$text, $2 files fetched"
  text="$text, $((SECONDS - started)) s"
  if [ -t 2 ]; then
    printf '\r\033[K%s' "${text:0:$((${COLUMNS:-80} - 1))}" >&2
  else
    say "$text"
  fi
}

finish_line() {
  if [ -t 2 ]; then printf '\r\033[K' >&2; fi
}

say() {
  printf '%s\n' "$*" >&2
}

explain_failure() {
  local errors
  finish_line
  say "Lockstep could not be built. What Maven says:"
  # Maven says most things twice, and points to its own help.
  errors=$(sed -n -e '/To see the full stack trace/q' -e 's/ -> \[Help.*//' -e 's/^\[ERROR\] \(.*[^ ].*\)/  \1/p' "$1" | awk '!told[$0]++' | head -n 5 | cut -c 1-300)
  say "${errors:-$(tail -n 5 "$1")}"
  if grep -q -E 'Could not (transfer|resolve|find artifact)|UnknownHost|PluginResolutionException' "$1"; then
    say "The first build fetches libraries from Maven Central: check the network, or the proxy and mirror in ~/.m2/settings.xml."
  fi
  say "The whole log: $1"
}

# The options every start has, as a file that java reads, so that no path is split or expanded by a shell.
write_options() {
  local out=$1 jar path= quoted=$1/lib
  for jar in "$out"/lib/*.jar; do
    path=${path:+$path:}$jar
  done
  path=${path//\\/\\\\}
  path=${path//\"/\\\"}
  quoted=${quoted//\\/\\\\}
  quoted=${quoted//\"/\\\"}
  cat >"$out/options" <<TEXT
# A small heap that never grows beyond what is said here; LOCKSTEP_OPTS comes later and wins.
-Xms32m
-Xmx128m
# Counters for jps and jstat, in a file that is written now and then by every thread. jcmd does without.
-XX:-UsePerfData
# Without memory nothing can be promised: end, and let the next start recover.
-XX:+ExitOnOutOfMemoryError
-XX:+UseCompactObjectHeaders
# SQLite's driver is native; its library is here if it could be unpacked.
--enable-native-access=ALL-UNNAMED
"-Dorg.sqlite.lib.path=$quoted"
# Protobuf, which CEL is made of, still asks for it, and the JVM would print four lines about that.
--sun-misc-unsafe-memory-access=allow
# What the JVM has to tell about its cache is not what a command prints.
-Xlog:disable
-Xlog:all=error:stderr
-Dfile.encoding=UTF-8
-Dstdout.encoding=UTF-8
-Dstderr.encoding=UTF-8
-cp
"$path"
TEXT
}

# Does once what every start would do again. A start without it is slower and otherwise the same, so a failure here is
# told and not more.
prepare_starts() {
  local out=$1 main=$2 log=$4 name failed=
  local -a names recorders=()
  read -r -a names <<<"$3"
  progress "preparing starts" 0
  in_time "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -cp "$out/lib/*" --source 25 \
    "$root/build/prepare-libraries" "$out/lib" </dev/null >>"$log" 2>&1 || failed=yes
  for name in "${names[@]}"; do
    # Without the lock: a build that is broken off leaves them to fail by themselves.
    record "$out" "$main" "$name" </dev/null >"$out/$name.log" 2>&1 9>&- &
    recorders+=("$!")
  done
  for name in "${recorders[@]}"; do
    wait "$name" || failed=yes
  done
  for name in "${names[@]}"; do
    cat "$out/$name.log" >>"$log"
    rm -f "$out/$name.log"
  done
  if [ -n "$failed" ]; then
    finish_line
    say "What makes starts quick could not all be made (see $log); Lockstep works without it."
  fi
  printf '%s' "$JAVA_HOME" >"$out/jdk"
}

# Records one start, and makes the cache of it. How often methods were called in it is left out: it says little about
# what will be busy, and what is compiled for it at once costs more than it saves.
record() {
  local out=$1 main=$2 name=$3 status=0
  local -a java=("$JAVA_HOME/bin/java" "@$out/options" -XX:+UseSerialGC "-XX:AOTConfiguration=$out/$name.config"
    -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining)
  in_time "${java[@]}" -XX:AOTMode=record "$main" warmup "$name" &&
    in_time "${java[@]}" -XX:AOTMode=create "-XX:AOTCache=$out/$name.aot" || status=$?
  rm -f "$out/$name.config"
  [ "$status" = 0 ] || rm -f "$out/$name.aot"
  return "$status"
}

# Runs a command, and ends it when it hangs, where that can be done.
in_time() {
  if command -v timeout >/dev/null; then timeout 120 "$@"; else "$@"; fi
}

# The folder before this one stays, for a Lockstep that is still running from it; older ones go.
publish() {
  local module=$1 name=$2 before old
  before=$(readlink "$root/.build/$module" 2>/dev/null || true)
  ln -sfn "$name" "$root/.build/$module"
  for old in "$root/.build/$module"-*; do
    case ${old##*/} in
      "$name" | "$before") ;;
      *) rm -rf "$old" ;;
    esac
  done
}
