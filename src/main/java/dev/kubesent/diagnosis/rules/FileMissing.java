package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.List;
import java.util.regex.Pattern;

/** A file that the program needs is not in the image, and nothing mounts it. */
final class FileMissing implements LogRule {

    private static final List<Pattern> SIGNS = LogRule.signs(
            "open (?<file>/[^\\s:]+): no such file or directory|stat (?<stat>/[^\\s:]+): no such file or directory",
            "ENOENT: no such file or directory, \\w+ '(?<file>[^']+)'|Cannot find module '(?<module>[^']+)'",
            "FileNotFoundError: \\[Errno 2\\] No such file or directory: '(?<file>[^']+)'|ModuleNotFoundError: No module named '(?<module>[^']+)'",
            "NoSuchFileException: (?<file>/\\S+)|FileNotFoundException: (?<java>/\\S+) \\(No such file|Could not find or load main class (?<main>\\S+)|ClassNotFoundException: (?<klass>\\S+)|Unable to access jarfile (?<jar>\\S+)",
            "can't open file '(?<file>[^']+)': \\[Errno 2\\]|can't open '?(?<sh>/[^\\s':]+)'?: No such file",
            "(?i)open\\(\\) \"(?<file>[^\"]+)\" failed \\(2: No such file or directory\\)|cannot load (such file -- (?<rb>\\S+)|certificate \"(?<cert>[^\"]+)\")",
            "(?i)Could not find file '(?<file>[^']+)'|Failed opening required '(?<file2>[^']+)'|^(cat|head|tail|cp|mv|ls|sed|awk|grep|tar|source): (cannot \\w{1,20} )?['‘]?(?<coreutils>/[^\\s'’:]{1,500})['’]?: No such file or directory");

    private static final List<String> WORDS = List.of(
            "no such file",
            "enoent",
            "cannot find module",
            "no module named",
            "notfound",
            "nosuchfile",
            "could not find",
            "unable to access jarfile",
            "can't open",
            "cannot load",
            "failed opening",
            "directory not found");

    @Override
    public Cause cause() {
        return Cause.FILE_MISSING;
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
        return "A file is missing%s.".formatted(sign.caught().file());
    }

    @Override
    public String advice() {
        return "Put it into the image, or mount it; compare the path with volumeMounts.";
    }
}
