package dev.kubesent.command;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a command ends. docs/commands.md has the same table. */
public enum ExitCode {
    DONE(0, "done"),
    FOUND(1, "scan: something fails that --fail-on names"),
    USAGE(2, "the command line or a file is wrong, or there is no such thing in the cluster"),
    UNREADABLE(3, "the cluster cannot be read: no answer, no login, or no right to; with --fail-on also a part of it"),
    NOT_DONE(4, "nothing was changed: the cluster refused it, or there is nothing to decide"),
    DEFECT(70, "a defect of KubeSent");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }

    /** For a usage text, in order. */
    public static Map<String, String> list() {
        var all = new LinkedHashMap<String, String>();
        Arrays.stream(values()).forEach(one -> all.put("%2d".formatted(one.code), one.meaning));
        return all;
    }
}
