package dev.kubesent.gate.bounds;

import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.evidence.PodOwners;
import dev.kubesent.redaction.Legible;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whether a person wants to hear nothing of a workload, and have nothing done to it, for a while (docs/decisions/0083). */
public sealed interface Mute {

    /** The annotation of a workload that says until when, in ISO 8601 with a zone: {@code 2026-12-01T08:00:00Z}. */
    String MARK = "kubesent.dev/muted-until";

    /** What is meant to last longer is no mute: {@code kubesent.dev/heal: disabled} says that, and it is told. */
    Duration LONGEST = Duration.ofDays(30);

    /** It is not muted, or is no more. */
    record None() implements Mute {}

    /** Nothing is told, and nothing done. */
    record Until(Instant end, String detail) implements Mute {}

    /** Somebody wanted to mute it, and it cannot be told until when: nothing is done, and that is told. */
    record Unusable(String detail) implements Mute {}

    /** By this object's own mark. */
    static Mute of(HasMetadata object, Instant now) {
        var annotations = object.getMetadata().getAnnotations();
        var said = annotations == null ? null : annotations.get(MARK);
        if (said == null) {
            return new None();
        }
        var detail = "%s/%s says %s: %s"
                .formatted(object.getKind(), object.getMetadata().getName(), MARK, Legible.line(cut(said)));
        try {
            var end = OffsetDateTime.parse(said.strip()).toInstant();
            if (end.isAfter(now.plus(LONGEST))) {
                return new Unusable(detail + ", which is more than " + LONGEST.toDays() + " days away");
            }
            return end.isAfter(now) ? new Until(end, detail) : new None();
        } catch (DateTimeException e) {
            return new Unusable(detail + ", which is no time such as 2026-12-01T08:00:00Z");
        }
    }

    /** By the mark of any owner that is proven, or of a pod that nobody owns. What cannot be read counts before what can. */
    static Mute of(Pod pod, OwnerChain owners, Instant now) {
        var all = marked(pod, owners).map(object -> of(object, now)).toList();
        return all.stream()
                .filter(Unusable.class::isInstance)
                .findFirst()
                .or(() -> all.stream()
                        .filter(Until.class::isInstance)
                        .max(Comparator.comparing(mute -> ((Until) mute).end)))
                .orElseGet(None::new);
    }

    /** Whether nothing is told of what fails in it. What is muted until nobody knows when is told, and so is what cannot be read. */
    static boolean silences(Pod pod, PodOwners owners, Instant now) {
        return owners.chain()
                .present()
                .filter(chain -> of(pod, chain, now) instanceof Until)
                .isPresent();
    }

    private static Stream<? extends HasMetadata> marked(Pod pod, OwnerChain owners) {
        List<OwnerChain.Link> links = owners.links();
        return links.isEmpty()
                ? Stream.of(pod)
                : links.stream().flatMap(link -> switch (link) {
                    case OwnerChain.Known known -> Stream.of(known.object());
                    case OwnerChain.Unknown _, OwnerChain.Unproven _ -> Stream.empty();
                });
    }

    private static String cut(String said) {
        return said.length() <= 60 ? said : said.substring(0, 60) + " …";
    }
}
