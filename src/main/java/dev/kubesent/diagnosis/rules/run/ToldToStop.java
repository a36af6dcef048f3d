package dev.kubesent.diagnosis.rules.run;

import dev.kubesent.diagnosis.log.Entry;
import dev.kubesent.diagnosis.log.Log;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a program says that it was asked to stop. */
final class ToldToStop {

    /** How programs tell that they were asked to stop. */
    private static final Pattern TOLD = Pattern.compile(
            "(?i)\\bSIGTERM\\b|(?:received|caught|got|handling) (?:a )?(?:shutdown |termination |exit |quit"
                    + " )?(?:signal|SIGINT|SIGQUIT)|signal:? (?:terminated|term\\b|15\\b)|shutdown signal received");

    private ToldToStop() {}

    /** @param exitCode of the program: one that failed did not end for being asked to */
    static Optional<Entry.Line> in(Log log, int exitCode) {
        return exitCode == 0
                ? log.lines().filter(line -> TOLD.matcher(line.text()).find()).findFirst()
                : Optional.empty();
    }

    static boolean isAfter(Log log, Entry entry) {
        return log.entries().stream()
                .skip(entry.number() + 1L)
                .anyMatch(later -> TOLD.matcher(later.first()).find());
    }
}
