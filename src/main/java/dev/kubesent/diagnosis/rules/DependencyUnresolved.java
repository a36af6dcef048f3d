package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.List;
import java.util.regex.Pattern;

/** DNS has no such name, or does not answer. */
final class DependencyUnresolved implements LogRule {

    private static final List<Pattern> SIGNS = LogRule.signs(
            "lookup (?<host>[\\w.-]+)( on [\\d.:]+)?: (no such host|server misbehaving|i/o timeout)",
            "(ENOTFOUND|EAI_AGAIN) (?<host>[\\w.-]+)",
            "UnknownHostException: (?<host>[\\w.-]+)",
            "could not translate host name \"(?<host>[^\"]+)\" to address",
            "(?i)host not found in upstream \"(?<host>[\\w.-]+?)(:\\d+)?\"",
            "bad address '(?<host>[\\w.-]+)'",
            "(?i)Could not resolve host(name)?:? (?<host>[\\w.-]+)",
            "(?i)Failed to resolve '?(?<host>[\\w.-]+)'?|NameResolutionError",
            "(?i)(getaddrinfo|Name or service not known|Temporary failure in name resolution|nodename nor servname)",
            "Unknown MySQL server host '(?<host>[^']+)'",
            "No resolvable bootstrap urls given in bootstrap\\.servers|Couldn.t resolve server (?<host>[\\w.-]+):\\d+ from bootstrap");

    private static final List<String> WORDS = List.of(
            "lookup",
            "enotfound",
            "eai_again",
            "unknownhost",
            "host name",
            "host not found",
            "resolve",
            "getaddrinfo",
            "name or service",
            "name resolution",
            "nodename",
            "nameresolution",
            "unknown mysql",
            "bad address",
            "resolvable");

    @Override
    public Cause cause() {
        return Cause.DEPENDENCY_UNRESOLVED;
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
        return "The name%s cannot be resolved.".formatted(sign.caught().named()) + sign.absence();
    }

    @Override
    public String advice() {
        return "Compare the name with the Service and its namespace (NAME.NAMESPACE.svc); if it is right, look at the cluster's DNS.";
    }
}
