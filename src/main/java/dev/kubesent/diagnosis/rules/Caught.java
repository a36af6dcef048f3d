package dev.kubesent.diagnosis.rules;

import java.util.regex.Matcher;

/** What a sign caught, in the words of an explanation; nothing where it caught nothing. */
record Caught(Matcher found) {

    /** " to payments:8080", or nothing. */
    String to() {
        var host = Named.first(found, "host");
        var port = Named.first(found, "port");
        return host.isEmpty()
                ? port.isEmpty() ? "" : " to port " + port
                : " to " + host + (port.isEmpty() ? "" : ":" + port);
    }

    String host() {
        return Named.first(found, "host");
    }

    String named() {
        return quoted(" ", Named.first(found, "host"));
    }

    String user() {
        return quoted(" of user ", Named.first(found, "user"));
    }

    String port() {
        var port = Named.first(found, "port", "port2");
        return port.isEmpty() ? "" : " " + port;
    }

    String setting() {
        return quoted(": ", Named.first(found, "name", "ruby", "dj", "mysql"));
    }

    String file() {
        return quoted(
                ": ",
                Named.first(
                        found,
                        "file",
                        "file2",
                        "stat",
                        "module",
                        "main",
                        "klass",
                        "jar",
                        "sh",
                        "rb",
                        "cert",
                        "coreutils",
                        "java"));
    }

    String what() {
        return quoted(": ", Named.first(found, "what", "go", "rb", "php"));
    }

    private static String quoted(String before, String text) {
        return text.isEmpty() ? "" : before + text;
    }
}
