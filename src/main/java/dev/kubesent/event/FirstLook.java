package dev.kubesent.event;

import java.util.Optional;

/** What the bytes of a request say, before anybody is asked. Pure, and in microseconds; never throws. */
public final class FirstLook {

    private FirstLook() {}

    /** @return empty for a batch, and for what cannot be read */
    public static Optional<Sighting> at(Request request) {
        return CloudEventReader.read(request) instanceof Delivery.Single(Delivery.Readable(var event))
                ? Optional.of(at(event))
                : Optional.empty();
    }

    /** Whether the bytes up to there are a pod that is plainly well: of an event with a {@link PlainHead} the look at all of it says the same. */
    public static boolean isWell(byte[] bytes, int length) {
        return StatusScan.isHealthy(bytes, length);
    }

    public static Sighting at(CloudEvent event) {
        return IncidentEvents.concerns(event) ? IncidentEvents.sight(event) : PodEvents.sight(event);
    }
}
