package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.List;
import java.util.regex.Pattern;

/** The program says which setting it does not have. */
final class SettingMissing implements LogRule {

    private static final List<Pattern> SIGNS = LogRule.signs(
            "(?i:\\benv(ironment)?( variable)?|\\bvariable|\\bsetting|\\bparameter|\\bproperty)s? [\'\"`]?(?<name>[A-Z][A-Z0-9_]{2,80}+)[\'\"`]?(?i: (is |are |was )?(not (set|defined|found|specified)|unset|undefined|required|missing|empty)| (must|has to) be set)",
            "(?i:\\b(fatal|error|panic|missing))[^a-zA-Z]{0,12}[\'\"`]?(?!ERR_|E[A-Z]+\\b|INVALID_|SSL_)(?<name>[A-Z][A-Z0-9]*_[A-Z0-9_]{1,80}+)(?<!_NOT_FOUND|_ARGUMENT|_RESPONSE)[\'\"`]?(?i: (is |are )?(not set|not defined|unset|missing|empty|required)| (must|has to) be set)\\b",
            "(?i:\\b(missing|required|undefined|unset)( required)? (env(ironment)?|config(uration)?)( (variable|key|setting|property|value))?s?:?) [\'\"`]?(?<name>[A-Z][A-Z0-9_]{2,80}+)",
            "KeyError: '(?<name>[A-Z][A-Z0-9]*_[A-Z0-9_]{1,80}+)'|key not found: \\\"(?<ruby>[A-Z][A-Z0-9_]{2,80}+)\\\" \\(KeyError\\)",
            "Could not resolve placeholder '(?<name>[^']{1,100})' in value",
            "\\b(?<name>[A-Z][A-Z0-9_]{2,80}+): (parameter not set|unbound variable|parameter null or not set)",
            "(?i)Failed to configure a DataSource: .url. attribute is not specified|Database is uninitialized and (superuser )?password (option )?is not specified",
            "pydantic_core\\._pydantic_core\\.ValidationError|\\brequired key (?<name>[A-Z]\\w{1,80}+) missing value|ImproperlyConfigured: Set the (?<dj>\\w{1,80}+) environment variable",
            "\\b(?<name>[A-Z][A-Z0-9_]{2,80}+)\\b.{0,80}?: NotPresent");

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
