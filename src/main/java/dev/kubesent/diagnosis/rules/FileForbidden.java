package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.List;
import java.util.regex.Pattern;

/** The file is there, and the container's user may not read or write it; or the file system is read-only. */
final class FileForbidden implements LogRule {

    private static final List<Pattern> SIGNS = LogRule.signs(
            "(open|mkdir|unlink|rename|remove|chmod|chown|create|stat|fork/exec) (?<file>/[^\\s:]+): (permission"
                    + " denied|read-only file system|operation not permitted)",
            "(EACCES|EROFS|EPERM): [^,]{1,200}, \\w{1,20} '(?<file>[^']{1,300})'",
            "(PermissionError|OSError): \\[Errno (13|30|1)\\] [^:]+: '(?<file>[^']+)'",
            "AccessDeniedException: (?<file>/\\S+)|FileSystemException: (?<file2>/[^\\s:]+): (Permission"
                    + " denied|Read-only file system|Operation not permitted)|FileNotFoundException: (?<java>/\\S+)"
                    + " \\((Permission denied|Read-only file system)\\)",
            "(?i)(mkdir|open|chown|chmod|rename)\\(\\) \"(?<file>[^\"]+)\" failed \\((13: Permission denied|30:"
                    + " Read-only file system|1: Operation not permitted)\\)",
            "listen E(ACCES|PERM): permission denied (?<file>\\S+)",
            "(?i)(cannot (create|touch|open|remove|write|access|make)[^:']{0,100}'(?<file>[^']{1,300})'|can't create"
                    + " (?<sh>/\\S{1,300}?)):? ?:? (Permission denied|Read-only file system)",
            "(?i)could not (create|open|change permissions of|access) (directory|file|lock file) \"(?<file>[^\"]+)\":"
                    + " (Permission denied|Read-only file system|Operation not permitted)",
            "(?i)Access to the path '(?<file>[^']{1,300})' is denied|(initdb|chown|mkdir): .{0,400}(Operation not"
                    + " permitted|Permission denied|Read-only file system)|bind: permission denied");

    private static final List<String> WORDS = List.of(
            "permission denied",
            "read-only",
            "not permitted",
            "eacces",
            "erofs",
            "eperm",
            "permissionerror",
            "oserror",
            "accessdenied",
            "filesystemexception",
            "denied");

    @Override
    public Cause cause() {
        return Cause.FILE_FORBIDDEN;
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
        return "The container's user may not use a file%s."
                .formatted(sign.caught().file());
    }

    @Override
    public String advice() {
        return "fsGroup or runAsUser for a volume; an emptyDir for what must be written on a read-only root; a port"
                + " above 1023.";
    }
}
