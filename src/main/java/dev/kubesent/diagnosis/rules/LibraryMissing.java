package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The loader, or the interpreter named behind #!, does not find what the program needs; also where the image has another libc. */
final class LibraryMissing implements StartRule {

    private static final Pattern TEXT =
            Pattern.compile("error while loading shared libraries: (?<lib>[^:]{1,300}):|Error loading shared library"
                    + " (?<musl>[^:]{1,300}):|(?<glibc>GLIBC\\w{0,20}_[\\d.]{1,20})' not found|exec user process caused:?"
                    + " \"?no such file or directory|(?<dll>lib[\\w.+-]{1,100}\\.so[\\d.]{0,20}): cannot open shared"
                    + " object file");

    @Override
    public Cause cause() {
        return Cause.LIBRARY_MISSING;
    }

    @Override
    public Pattern text() {
        return TEXT;
    }

    @Override
    public boolean isSaidInTheLog() {
        return true;
    }

    @Override
    public String explain(Matcher found) {
        return "The program is there, and what it needs to be loaded is not: %s."
                .formatted(Named.first(found, "lib", "musl", "glibc", "dll"));
    }

    @Override
    public String advice() {
        return "Install the library in the image, or build for its libc (musl on Alpine, glibc elsewhere).";
    }
}
