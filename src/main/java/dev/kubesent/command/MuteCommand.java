package dev.kubesent.command;

import dev.kubesent.gate.bounds.Mute;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mute}: nothing is told of a workload, and nothing done to it, until then (docs/decisions/0083). */
@Command(
        name = "mute",
        description =
                "Report nothing of a workload and change nothing in it, for 30 days at most. It sets the annotation "
                        + Mute.MARK + ".",
        footerHeading = Rendering.RIGHTS,
        footer = "patch the workload; of a pod, get as well.")
public final class MuteCommand extends PersonCommand {

    private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})([mhd])");

    private final Clock clock;

    @Mixin
    private Workload which = new Workload();

    @Option(
            names = "--until",
            required = true,
            paramLabel = "WHEN",
            description = "90m, 12h or 7d from now; or a time with its zone, as 2026-12-01T08:00:00Z")
    private @Nullable String until;

    public MuteCommand(Reach reach, Clock clock) {
        super(reach);
        this.clock = clock;
    }

    @Override
    String answer(Reach.Reached cluster) {
        var end = end(Objects.requireNonNull(until, "picocli asks for it").strip());
        var workload = which.in(cluster);
        write(
                () -> cluster.writer().annotate(workload, Mute.MARK, Optional.of(end.toString())),
                right(workload.namespace()));
        return "Muted %s in %s until %s. No incident of it is reported, and nothing is changed or reverted. A change that was begun is finished. To end it: kubesent unmute %s -n %s"
                .formatted(workload.display(), workload.namespace(), end, workload.display(), workload.namespace());
    }

    static String right(String namespace) {
        return "You need the right to patch that workload in namespace %s.".formatted(namespace);
    }

    private Instant end(String when) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var end = time(when, now);
        if (!end.isAfter(now)) {
            throw new IllegalArgumentException("--until %s is over already: it is %s".formatted(when, now));
        }
        if (end.isAfter(now.plus(Mute.LONGEST))) {
            throw new IllegalArgumentException(
                    "--until %s is more than %d days away, and no mute lasts longer. To keep KubeSent off for good: kubectl annotate KIND/NAME kubesent.dev/heal=disabled"
                            .formatted(when, Mute.LONGEST.toDays()));
        }
        return end;
    }

    private static Instant time(String when, Instant now) {
        var span = SPAN.matcher(when);
        if (span.matches()) {
            var count = Long.parseLong(span.group(1));
            return now.plus(
                    switch (span.group(2)) {
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    });
        }
        try {
            return OffsetDateTime.parse(when).toInstant().truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "--until takes 90m, 12h, 7d, or a time with its zone such as 2026-12-01T08:00:00Z; '%s' is neither"
                            .formatted(when),
                    e);
        }
    }
}
