package dev.kubesent.function;

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

    static DoctorSettings read(SettingReader reader) {
        return new DoctorSettings(
                reader.value(Setting.GEMINI_MODELS, "names, comma-separated", SettingReader::list),
                reader.value(Setting.GEMINI_DEADLINE, "a duration from 1s to 60s", DoctorSettings::deadline),
                reader.value(
                        Setting.GEMINI_PER_MINUTE,
                        "a whole number from 0 to 10000",
                        v -> SettingReader.between(0, 10_000, v)),
                reader.value(
                        Setting.GEMINI_PER_DAY,
                        "a whole number from 0 to 1000000",
                        v -> SettingReader.between(0, 1_000_000, v)),
                reader.value(
                        Setting.DIAGNOSE_PER_DAY,
                        "a whole number from 0 to 1000000",
                        v -> SettingReader.between(0, 1_000_000, v)),
                reader.value(Setting.REDACT_ADDRESSES, "true or false", SettingReader::truth)
                        ? Redaction.Addresses.REMOVED
                        : Redaction.Addresses.KEPT,
                reader.value(Setting.DOCTOR_URL, "an http or https address", DoctorSettings::address));
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

    /** Well within the lease of an incident, or somebody else would ask as well. */
    private static Duration deadline(String value) {
        var deadline = SettingReader.duration(value);
        if (deadline.compareTo(Duration.ofSeconds(1)) < 0 || deadline.compareTo(Duration.ofSeconds(60)) > 0) {
            throw new IllegalArgumentException(value);
        }
        return deadline;
    }
}
