package dev.kubesent.event;

/** Why an event is of no use: the sender's error, to be told to the sender. */
public record Problem(Kind kind, String detail) {

    /** Characters: what quotes a sender's own text must not give it all back. */
    private static final int LONGEST = 500;

    public Problem {
        detail = detail.length() > LONGEST ? detail.substring(0, LONGEST) + "..." : detail;
    }

    public enum Kind {
        NOT_A_CLOUD_EVENT(400, "Not a CloudEvent 1.0"),
        MALFORMED_JSON(400, "Malformed JSON"),
        POD_WITHOUT_IDENTITY(400, "A pod without name or uid"),
        NOT_A_NAME(400, "Not a name of Kubernetes"),
        BODY_TOO_LARGE(413, "Body too large"),
        TOO_MANY_IN_A_BATCH(413, "Too many events in one batch"),
        BODY_TOO_SLOW(408, "Body too slow"),
        /** Ours: there is no room for one more body. */
        TOO_MUCH_AT_ONCE(503, "Too much at once"),
        UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
        /** What the doctor was asked is no pod, or no failing one. */
        UNUSABLE_QUESTION(400, "Not a failing pod"),
        UNKNOWN_SENDER(401, "Unknown sender"),
        SENDER_NOT_ALLOWED(403, "Sender not allowed"),
        TOO_MANY_EVENTS(429, "Too many events"),
        /** Ours, not the sender's: its token cannot be checked. */
        ISSUER_SILENT(503, "Tokens cannot be checked"),
        OUT_OF_QUOTA(429, "Out of quota"),
        TOO_LATE(504, "No answer in time");

        private final int status;
        private final String title;

        Kind(int status, String title) {
            this.status = status;
            this.title = title;
        }

        /** The HTTP status it is answered with. */
        public int status() {
            return status;
        }

        public String title() {
            return title;
        }
    }
}
