package dev.kubesent.text;

import org.jspecify.annotations.Nullable;

/**
 * How long a text may be that a program, a runtime or a sender wrote. It is cut once, where it becomes part of what KubeSent works on,
 * so that work that grows with a text has an end.
 */
public final class ForeignText {

    /** Characters of a message. The kubelet keeps 4096 bytes of a termination message, and the API server 1024 of an Event's. */
    public static final int MESSAGE = 4096;

    /** Characters of a line of a log. containerd and CRI-O break lines at 16 KiB. */
    public static final int LINE = 16 * 1024;

    /** Of one pod, the last ones. The API server keeps them for an hour, and counts those that repeat as one. */
    public static final int EVENTS = 500;

    private ForeignText() {}

    /** The message of a status, a condition or an Event; empty where there is none. */
    public static String message(@Nullable String text) {
        return text == null ? "" : cut(text, MESSAGE);
    }

    /** A line of a log. */
    public static String line(String text) {
        return cut(text, LINE);
    }

    /** Never in the middle of a character. */
    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
