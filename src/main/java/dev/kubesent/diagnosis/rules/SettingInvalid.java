package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.List;
import java.util.regex.Pattern;

/** A setting is there, and is of no use: a value of another kind, or a file that cannot be parsed. */
final class SettingInvalid implements LogRule {

    private static final List<Pattern> SIGNS = LogRule.signs(
            "(?i)nginx: \\[emerg] (unknown directive|invalid (number|parameter|value)|unexpected|directive|\"\\w+\" directive|duplicate)",
            "(?i)(yaml: (line \\d+|unmarshal)|yaml\\.\\w+\\.(Scanner|Parser)Error|mapping values are not allowed (here|in this context)|found character that cannot start)",
            "(?i)\\b(unknown|invalid|unrecognized|bad)( command[- ]line)? (flag|option|setting|configuration( parameter| option| key)?)s?\\b(?!;)|invalid (value|argument) .{0,60} for (flag|option|\"?-)",
            "(?i)flag provided but not defined|unrecognized arguments?:|unknown (shorthand )?flag|Unrecognized VM option|Could not create the Java Virtual Machine",
            "(?i)FATAL CONFIG FILE ERROR|Bad directive or wrong number of arguments|unrecognized configuration parameter \"(?<name>[^\"]{1,100})\"|unknown variable '(?<mysql>[^']{1,100})'",
            "(?i)ConfigException: (Invalid value|Missing required)|Failed to bind properties under '(?<name>[^']{1,100})'",
            "(?i)\\b(failed|unable|error) (to )?(parse|parsing|read|load|loading|unmarshal)( the)? (config|configuration|settings)\\b");

    private static final List<String> WORDS = List.of(
            "nginx",
            "yaml",
            "scannererror",
            "parsererror",
            "mapping values",
            "cannot start any",
            "unknown",
            "invalid",
            "unrecognized",
            "unrecognised",
            "bad ",
            "flag provided",
            "unexpected argument",
            "virtual machine",
            "fatal config",
            "configexception",
            "failed to bind properties",
            "strconv",
            "config",
            "settings");

    @Override
    public Cause cause() {
        return Cause.SETTING_INVALID;
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
        return "A setting or configuration file cannot be used%s."
                .formatted(sign.caught().setting());
    }

    @Override
    public String advice() {
        return "Correct it; the line says where.";
    }
}
