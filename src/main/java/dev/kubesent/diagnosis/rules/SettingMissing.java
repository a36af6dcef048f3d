package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.List;
import java.util.regex.Pattern;

/** The program says which setting it does not have. */
final class SettingMissing implements LogRule {

    private static final List<Pattern> SIGNS = LogRule.signs(
            "(?i:env(ironment)?( variable)?|variable|setting|option|parameter|property)s? [\'\"`]?(?<name>[A-Z][A-Z0-9_]{2,})[\'\"`]? (is |are |was |must be |has to be )?(not |un|required|missing|empty|set\\b)",
            "(?i:fatal|error|panic|missing)[^a-zA-Z]{0,12}[\'\"`]?(?<name>[A-Z][A-Z0-9]*_[A-Z0-9_]+)[\'\"`]? (is |are |must be |has to be )?(not set|unset|required|missing|undefined|empty|set)",
            "(?i:missing|required|undefined|unset)( required)?( (env(ironment)?|config(uration)?))?( (variable|key|setting|property|value))?s?:? [\'\"`]?(?<name>[A-Z][A-Z0-9]*_[A-Z0-9_]+)",
            "KeyError: '(?<name>[A-Z][A-Z0-9_]{2,})'|key not found: \\\"(?<ruby>[A-Z][A-Z0-9_]+)\\\" \\(KeyError\\)",
            "Could not resolve placeholder '(?<name>[^']+)' in value",
            "(?<name>[A-Z][A-Z0-9_]{2,}): (parameter not set|unbound variable|parameter null or not set)",
            "(?i)Failed to configure a DataSource: .url. attribute is not specified|Database is uninitialized and (superuser )?password (option )?is not specified",
            "pydantic_core\\._pydantic_core\\.ValidationError|envconfig: required key (?<name>\\w+) missing value|ImproperlyConfigured: Set the (?<dj>\\w+) environment variable",
            "thread .main. panicked at .*(?<name>[A-Z][A-Z0-9_]{2,}).*: NotPresent");

    private static final List<String> WORDS = List.of(
            "not set",
            "unset",
            "required",
            "missing",
            "undefined",
            "empty",
            "keyerror",
            "key not found",
            "placeholder",
            "parameter",
            "unbound",
            "not specified",
            "validationerror",
            "improperlyconfigured",
            "notpresent",
            "variable",
            "setting",
            "option",
            "property",
            " set");

    @Override
    public Cause cause() {
        return Cause.SETTING_MISSING;
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
        return "A setting is missing%s.".formatted(sign.caught().setting());
    }

    @Override
    public String advice() {
        return "Set it in the container's env, or in the ConfigMap or Secret that it comes from.";
    }
}
