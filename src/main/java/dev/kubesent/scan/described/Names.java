package dev.kubesent.scan.described;

import com.google.re2j.Pattern;

/** A line that is nothing but a name of Kubernetes and a colon: a container or a volume begins. */
final class Names {

    private static final Pattern NAME = Pattern.compile("^[a-z0-9][-a-z0-9.]{0,252}: *$");

    private Names() {}

    static boolean isOne(String line) {
        return NAME.matcher(line).matches();
    }
}
