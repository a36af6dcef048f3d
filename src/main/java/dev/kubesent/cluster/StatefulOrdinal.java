package dev.kubesent.cluster;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The number at the end of the name of a StatefulSet's pod. */
public final class StatefulOrdinal {

    /** Nine digits always fit an int. */
    private static final Pattern END = Pattern.compile("-(0|[1-9][0-9]{0,8})$");

    private StatefulOrdinal() {}

    /** @return empty where it is no such name: anybody may name a pod as he likes */
    public static OptionalInt of(String pod) {
        var end = END.matcher(pod);
        return end.find() ? OptionalInt.of(Integer.parseInt(end.group(1))) : OptionalInt.empty();
    }
}
