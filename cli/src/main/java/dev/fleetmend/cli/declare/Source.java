package dev.fleetmend.cli.declare;

import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import java.util.Collection;

/** The file that is being read, as refusals name it. */
record Source(String file) {
  Problem refuse(int line, String what) {
    return new Problem(ExitCode.USAGE, file + ":" + line + ": " + what + "; nothing was changed");
  }

  /** Refuses a word that is not one of those known, naming the nearest of them. */
  Problem refuseWord(int line, String what, String given, Collection<String> known) {
    String hint =
        Spelling.nearest(given, known)
            .map(near -> "did you mean " + near + "?")
            .orElse("it may be " + String.join(", ", known));
    return refuse(line, what + " '" + given + "' is not known: " + hint);
  }
}
