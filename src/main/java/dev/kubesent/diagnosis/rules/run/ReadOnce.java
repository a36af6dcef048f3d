package dev.kubesent.diagnosis.rules.run;

import dev.kubesent.diagnosis.log.Log;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What several rules want to know of one log is read once for a diagnosis: a rule takes evidence only, and knows of no other. */
public final class ReadOnce {

    private static final ScopedValue<ReadOnce> CURRENT = ScopedValue.newInstance();

    private final Map<List<String>, Log> logs = new IdentityHashMap<>();
    private final Map<Log, List<Finding>> findings = new IdentityHashMap<>();

    private ReadOnce() {}

    /** For the time of one diagnosis, in this thread. */
    public static <T> T within(Supplier<T> diagnosis) {
        return ScopedValue.where(CURRENT, new ReadOnce()).call(diagnosis::get);
    }

    public static Log log(List<String> lines) {
        return CURRENT.isBound() ? CURRENT.get().logs.computeIfAbsent(lines, Log::read) : Log.read(lines);
    }

    /** @param read what finds them */
    static List<Finding> findings(Log log, Supplier<List<Finding>> read) {
        return CURRENT.isBound() ? CURRENT.get().findings.computeIfAbsent(log, _ -> read.get()) : read.get();
    }
}
