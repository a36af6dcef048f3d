package dev.kubesent.function;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Every setting there is, in the order of docs/settings.md; a test keeps the two equal. Each stands where it is read. */
final class EverySetting {

    static final List<Setting<?>> ALL = List.of(
            Settings.CLUSTER,
            Settings.CLUSTER_NAME,
            Eks.EKS_NAME,
            Eks.EKS_ENDPOINT,
            Eks.EKS_CA,
            Feeding.FEED,
            GateSettings.MODE,
            GateSettings.CONFIDENCE,
            GateSettings.MAX_MEMORY,
            GateSettings.FIELDS,
            GateSettings.ALLOW,
            GateSettings.MANAGERS,
            GateSettings.PAUSE,
            GateSettings.COOL_DOWN,
            GateSettings.ATTEMPTS,
            GateSettings.BUDGET,
            GateSettings.STORM_SHARE,
            GateSettings.STORM_COUNT,
            GateSettings.STORM_COOL_DOWN,
            GateSettings.SURVIVE,
            GateSettings.SURVIVE_MOST,
            Settings.RETENTION,
            Settings.ARCHIVE_DIR,
            Settings.REGISTRY_LOOKUP,
            Settings.TELL_ACROSS_NAMESPACES,
            DoctorSettings.GEMINI_MODELS,
            DoctorSettings.GEMINI_ASK,
            DoctorSettings.GEMINI_DEADLINE,
            DoctorSettings.GEMINI_PER_MINUTE,
            DoctorSettings.GEMINI_PER_DAY,
            DoctorSettings.DIAGNOSE_PER_DAY,
            DoctorSettings.REDACT_ADDRESSES,
            DoctorSettings.DOCTOR_URL,
            Senders.PATHS,
            Senders.SENDER_AUDIENCE,
            Senders.SENDERS,
            Settings.ANSWER,
            Settings.MAX_BODY,
            Settings.MAX_WORK,
            GateSettings.NAMESPACE);

    /** What Kubernetes puts into every pod for Services whose name begins with kubesent, and what our tests use. */
    private static final Pattern NOT_OURS = Pattern.compile(
            "^KUBESENT_((.*_)?(PORT|SERVICE)(_.*)?|KUBE_HOME|REQUIRE_API_SERVER|REAL_GEMINI|FUZZ_SECONDS|FUZZ_SEED|NIGHTLY)");

    private EverySetting() {}

    /** @throws UsageException where a variable looks like a setting and is none: suggest, misspelt, would heal */
    static void refuseUnknown(Set<String> variables) {
        var known = ALL.stream().map(Setting::variable).collect(Collectors.toSet());
        variables.stream()
                .filter(name -> name.startsWith("KUBESENT_") && !known.contains(name))
                .filter(name -> !NOT_OURS.matcher(name).matches())
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw new UsageException("unknown setting '" + name + "'; docs/settings.md lists them");
                });
    }
}
