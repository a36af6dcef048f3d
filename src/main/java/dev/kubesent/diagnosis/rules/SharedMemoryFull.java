package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.List;
import java.util.regex.Pattern;

/** /dev/shm, which a container runtime makes 64 MiB large, whatever the memory limit is. No disk is full. */
final class SharedMemoryFull implements LogRule {

    private static final List<Pattern> SIGNS = LogRule.signs(
            "(?i)could not resize shared memory segment \"[^\"]{1,200}\" to \\d+ bytes: No space left on device",
            "(?i)(no space left on device|ENOSPC).{0,300}/dev/shm|/dev/shm.{0,300}(no space left on device|ENOSPC)",
            "(?i)bus error.{0,200}(shared memory|shm)|workers are out of shared memory|insufficient shared memory \\(shm\\)");

    private static final List<String> WORDS = List.of("shared memory", "/dev/shm");

    @Override
    public Cause cause() {
        return Cause.SHARED_MEMORY_FULL;
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
        return "/dev/shm is full: it has 64 MiB unless a volume is mounted there, whatever the memory limit is.";
    }

    @Override
    public String advice() {
        return "Mount an emptyDir with medium: Memory and a sizeLimit at /dev/shm; what it holds counts against the memory limit.";
    }
}
