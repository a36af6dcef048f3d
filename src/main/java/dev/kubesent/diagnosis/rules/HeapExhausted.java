package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.List;
import java.util.regex.Pattern;

/** The program ran out of the memory that it allows itself: the kernel had no part in it, and a higher limit alone changes nothing. */
final class HeapExhausted implements LogRule {

    private static final List<Pattern> SIGNS = LogRule.signs(
            "(?i)java\\.lang\\.OutOfMemoryError: (?!unable to create)(?<what>[A-Z][\\w :]{1,80})|OutOfMemoryError:"
                    + " (Java heap space|GC overhead limit exceeded|Metaspace|Direct buffer memory)",
            "FATAL ERROR: .{0,200}JavaScript heap out of memory|Reached heap limit Allocation failed",
            "(?i)PHP Fatal error: +(Allowed memory size of \\d+ bytes exhausted|Out of memory)",
            "\\bMemoryError\\b|fatal error: runtime: out of memory|System\\.OutOfMemoryException|memory allocation of"
                    + " \\d+ bytes failed|failed to allocate memory \\(NoMemoryError\\)");

    private static final List<String> WORDS = List.of(
            "outofmemory",
            "heap",
            "allowed memory size",
            "out of memory",
            "memoryerror",
            "cannot allocate memory",
            "memory allocation",
            "allocate memory");

    @Override
    public Cause cause() {
        return Cause.HEAP_EXHAUSTED;
    }

    @Override
    public List<Pattern> signs() {
        return SIGNS;
    }

    @Override
    public List<String> words() {
        return WORDS;
    }

    @Override
    public String explain(LogSign sign) {
        return "The program ran out of its own heap%s; the container's limit was not what stopped it."
                .formatted(sign.caught().what());
    }

    @Override
    public String advice() {
        return "Raise the heap (-Xmx, --max-old-space-size, memory_limit) together with the container's limit, or find"
                + " what grows.";
    }
}
