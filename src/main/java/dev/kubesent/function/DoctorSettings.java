package dev.kubesent.function;

import dev.kubesent.consultation.Consultation;
import dev.kubesent.function.Setting.Given;
import dev.kubesent.redaction.Redaction;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who is asked where the rules do not know.
 *
 * @param url of a doctor elsewhere; empty for none
 */
record DoctorSettings(
        List<String> models,
        Duration deadline,
        int perMinute,
        int perDay,
        int questionsPerDay,
        Redaction.Addresses addresses,
        Optional<URI> url) {

    static final Setting<List<String>> GEMINI_MODELS = new Setting<>(
            "GEMINI_MODELS",
            "gemini-3.5-flash,gemini-3.5-flash-lite,gemini-3.1-flash-lite",
            Form.list("names"),
            "Models that are asked where the rules do not know, in this order, if GOOGLE_API_KEY or GEMINI_API_KEY is"
                    + " set (or GOOGLE_GENAI_USE_VERTEXAI); empty for none.");

    static final Setting<Consultation.Ask> GEMINI_ASK = new Setting<>(
            "GEMINI_ASK",
            "unknown",
            new Form<>("unknown or always", DoctorSettings::ask),
            "`unknown`: ask where the rules do not know. `always`: also ask for a second opinion where nothing"
                    + " is to be healed; it changes nothing.");

    /** Well within the lease of an incident, or somebody else would ask as well. */
    static final Setting<Duration> GEMINI_DEADLINE = new Setting<>(
            "GEMINI_DEADLINE",
            "20s",
            Form.duration("a duration from 1s to 60s", Duration.ofSeconds(1), Duration.ofSeconds(60)),
            "Time for one question, all models together; 1s to 60s.");

    static final Setting<Integer> GEMINI_PER_MINUTE = new Setting<>(
            "GEMINI_PER_MINUTE",
            "10",
            Form.wholeNumber(0, 10_000),
            "Calls a minute, of this process. One namespace has at most half.");

    static final Setting<Integer> GEMINI_PER_DAY = new Setting<>(
            "GEMINI_PER_DAY",
            "500",
            Form.wholeNumber(0, 1_000_000),
            "Calls a day, of this process. One namespace has at most half.");

    static final Setting<Integer> DIAGNOSE_PER_DAY = new Setting<>(
            "DIAGNOSE_PER_DAY",
            "50",
            Form.wholeNumber(0, 1_000_000),
            "Questions a day that `/diagnose` may ask a model or a doctor elsewhere, so that its callers do not use up"
                    + " what healing needs.");

    static final Setting<Boolean> REDACT_ADDRESSES = new Setting<>(
            "REDACT_ADDRESSES",
            "true",
            Form.TRUTH,
            "Whether e-mail and IP addresses are taken out of what a model is sent. Credentials always are.");

    static final Setting<Optional<URI>> DOCTOR_URL = new Setting<>(
            "DOCTOR_URL",
            "none",
            new Form<>("an http or https address", DoctorSettings::address),
            "The `/diagnose` of another KubeSent, to ask in place of a model.");

    static DoctorSettings read(Given given) {
        return new DoctorSettings(
                GEMINI_MODELS.of(given),
                GEMINI_DEADLINE.of(given),
                GEMINI_PER_MINUTE.of(given),
                GEMINI_PER_DAY.of(given),
                DIAGNOSE_PER_DAY.of(given),
                REDACT_ADDRESSES.of(given) ? Redaction.Addresses.REMOVED : Redaction.Addresses.KEPT,
                DOCTOR_URL.of(given));
    }

    private static Optional<URI> address(String value) {
        if (value.equals("none")) {
            return Optional.empty();
        }
        var address = URI.create(value);
        if (address.getHost() == null || !List.of("http", "https").contains(address.getScheme())) {
            throw new IllegalArgumentException(value);
        }
        return Optional.of(address);
    }

    private static Consultation.Ask ask(String value) {
        return switch (Form.written(value)) {
            case "unknown" -> Consultation.Ask.WHERE_RULES_DO_NOT_KNOW;
            case "always" -> Consultation.Ask.ALWAYS;
            default -> throw new IllegalArgumentException(value);
        };
    }
}
