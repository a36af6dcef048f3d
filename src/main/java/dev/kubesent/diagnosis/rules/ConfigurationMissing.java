package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Secret, ConfigMap, or key of one that the container takes its environment from is not there. It starts by itself when it is. */
final class ConfigurationMissing implements StartRule {

    private static final Pattern TEXT = Pattern.compile(
            "(?i)(?<kind>secret|configmap) \"(?<name>[^\"]+)\" not found|couldn't find key (?<key>\\S+) in (?<where>(Secret|ConfigMap) \\S+)"
                    + "|references non-existent (?<ref>(secret|config) key: \\S+)");

    @Override
    public Cause cause() {
        return Cause.CONFIGURATION_MISSING;
    }

    @Override
    public Pattern text() {
        return TEXT;
    }

    @Override
    public String explain(Matcher found) {
        return found.group("key") != null
                ? "%s has no key %s.".formatted(Named.name(found, "where"), Named.name(found, "key"))
                : "There is no %s.".formatted(Named.name(found, "kind", "ref") + " " + Named.name(found, "name"));
    }

    @Override
    public String advice() {
        return "Create it in the pod's namespace, or correct the name; nothing else has to be restarted.";
    }
}
