package dev.kubesent.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Sees in a fraction of the bytes that a pod is well: the status, which the API server writes last. All that is not written just as it writes a
 * healthy one is left to {@link PodGlance}.
 *
 * <p>That what it finds is the status is certain wherever the whole is JSON: a comma before {@code "status"} can only begin a key, as a quote
 * within a text has a backslash before it and no comma; and where the object's end is the last but one brace, it is a member of the outermost
 * object, and its last, so that it counts. Where the whole is no JSON there is no pod that could fail.
 */
final class StatusScan {

    private static final byte[] KEY = ascii(",\"status\":{");

    /** How statuses begin, from the key on: sorted, as Knative's source writes them, and in the order of the API's fields. One that begins otherwise may not be found. */
    private static final String[] BEGINNINGS = {
        ",\"status\":{\"conditions\":[", ",\"status\":{\"phase\":\"Runni", ",\"status\":{\"observedGener"
    };

    /** As long as each of them is. */
    private static final int WINDOW = 25;

    private static final byte[] SHIFTS = shifts();

    private static final byte[] PHASE = ascii("phase");
    private static final byte[] CONDITIONS = ascii("conditions");
    private static final byte[] CONTAINERS = ascii("containerStatuses");
    private static final byte[] INIT_CONTAINERS = ascii("initContainerStatuses");
    private static final byte[] STATUS = ascii("status");
    private static final byte[] RESTART_COUNT = ascii("restartCount");
    private static final byte[] LAST_STATE = ascii("lastState");
    private static final byte[] STATE = ascii("state");
    private static final byte[] TERMINATED = ascii("terminated");
    private static final byte[] EXIT_CODE = ascii("exitCode");
    private static final byte[] REASON = ascii("reason");
    private static final byte[] MESSAGE = ascii("message");
    private static final byte[] STARTED = ascii("running");

    private static final byte[] RUNNING = ascii("\"Running\"");
    private static final byte[] TRUE = ascii("\"True\"");
    private static final byte[] COMPLETED = ascii("\"Completed\"");
    private static final byte[] ZERO = ascii("0");
    private static final byte[] EMPTY = ascii("{}");

    private enum Kind {
        STATUS,
        CONDITION,
        CONTAINER,
        STATE,
        TERMINATED
    }

    private final byte[] json;
    /** Where the last brace is: no step goes beyond it. */
    private final int end;

    private int at;
    private int name;
    private int nameEnd;
    private boolean runs;
    private boolean endedWell;

    private StatusScan(byte[] json, int at, int end) {
        this.json = json;
        this.at = at;
        this.end = end;
    }

    /** Whether it runs, was never restarted, and says of nothing that it is not so. Where not, that means nothing. */
    static boolean isHealthy(byte[] json) {
        return isHealthy(json, json.length);
    }

    /** The same of the bytes up to there. */
    static boolean isHealthy(byte[] json, int length) {
        int end = length - 1;
        if (end >= 0 && json[end] == '\n') {
            end--; // as Go's encoder ends it
        }
        int key = end >= 0 && json[end] == '}' ? lastKey(json, end) : -1;
        if (key < 0) {
            return false;
        }
        var scan = new StatusScan(json, key + KEY.length - 1, end);
        return scan.object(Kind.STATUS) && scan.runs && scan.at == end;
    }

    /** Where the last key of that name with an object behind it begins, by Horspool's algorithm from the end: most bytes are never looked at. */
    private static int lastKey(byte[] json, int end) {
        for (int i = end - WINDOW; i >= 0; i -= SHIFTS[json[i] & 0x7f]) {
            if (json[i] == ',' && Arrays.equals(json, i, i + KEY.length, KEY, 0, KEY.length)) {
                return i;
            }
        }
        return -1;
    }

    /** By how much the place may move to the left, by the byte that it is at. */
    private static byte[] shifts() {
        var shifts = new byte[128];
        Arrays.fill(shifts, (byte) WINDOW);
        for (var beginning : BEGINNINGS) {
            for (int i = WINDOW - 1; i > 0; i--) {
                char c = beginning.charAt(i);
                shifts[c] = (byte) Math.min(i, shifts[c]);
            }
        }
        return shifts;
    }

    private boolean object(Kind kind) {
        if (!moved('{')) {
            return false;
        }
        if (moved('}')) {
            return true;
        }
        while (key()) {
            if (!member(kind)) {
                return false;
            }
            if (!moved(',')) {
                return moved('}');
            }
        }
        return false;
    }

    private boolean array(Kind kind) {
        if (!moved('[')) {
            return false;
        }
        if (moved(']')) {
            return true;
        }
        while (object(kind)) {
            if (!moved(',')) {
                return moved(']');
            }
        }
        return false;
    }

    private boolean member(Kind kind) {
        return switch (kind) {
            case STATUS -> ofStatus();
            case CONDITION -> isNamed(STATUS) ? is(TRUE) : skipped();
            case CONTAINER -> ofContainer();
            case STATE -> ofState();
            case TERMINATED -> ofTerminated();
        };
    }

    private boolean ofStatus() {
        if (isNamed(PHASE)) {
            runs = is(RUNNING);
            return runs;
        }
        if (isNamed(CONDITIONS)) {
            return array(Kind.CONDITION);
        }
        return (isNamed(CONTAINERS) || isNamed(INIT_CONTAINERS)) ? array(Kind.CONTAINER) : skipped();
    }

    private boolean ofContainer() {
        if (isNamed(RESTART_COUNT)) {
            return is(ZERO);
        }
        if (isNamed(LAST_STATE)) {
            return is(EMPTY);
        }
        return isNamed(STATE) ? object(Kind.STATE) : skipped();
    }

    private boolean ofState() {
        if (isNamed(TERMINATED)) {
            endedWell = false;
            return object(Kind.TERMINATED) && endedWell;
        }
        return isNamed(STARTED) && skipped(); // what waits is looked at more closely
    }

    /** An exit code of 0 is not enough: a child's OOM kill has it as well. */
    private boolean ofTerminated() {
        if (isNamed(EXIT_CODE)) {
            endedWell = is(ZERO);
            return endedWell;
        }
        if (isNamed(REASON)) {
            return is(COMPLETED);
        }
        return !isNamed(MESSAGE) && skipped();
    }

    /** Passes over a key and its colon. A key with a backslash could be any key. */
    private boolean key() {
        if (!moved('"')) {
            return false;
        }
        var bytes = json;
        int i = plainEnd(bytes, at, end);
        if (i >= end || bytes[i] != '"' || bytes[i + 1] != ':') {
            return false;
        }
        name = at;
        nameEnd = i;
        at = i + 2;
        return true;
    }

    private boolean isNamed(byte[] expected) {
        return nameEnd - name == expected.length && isAt(name, expected);
    }

    /** Passes over a value that is written so. */
    private boolean is(byte[] expected) {
        int to = at + expected.length;
        if (to > end || !isAt(at, expected)) {
            return false;
        }
        at = to;
        return true;
    }

    /** Most end with the first byte, or have five: what compares many at once takes longer to begin. */
    private boolean isAt(int from, byte[] expected) {
        var bytes = json;
        for (int i = 0; i < expected.length; i++) {
            if (bytes[from + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean moved(char expected) {
        if (at > end || json[at] != expected) {
            return false;
        }
        at++;
        return true;
    }

    /** Passes over any value; where it is written as no value is, what follows is not as expected. */
    private boolean skipped() {
        var bytes = json; // local variables, here and below: the image's compiler reads a field anew for each byte
        int depth = 0;
        int i = at;
        do {
            byte b = bytes[i];
            if (b == '"') {
                i = textEnd(i);
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
            }
            i++;
        } while (i < end && (depth > 0 || !endsValue(bytes[i])));
        at = i;
        return true;
    }

    private static boolean endsValue(byte b) {
        return b == ',' || b == '}' || b == ']';
    }

    /** Where the quote is that ends the text that begins here. */
    private int textEnd(int from) {
        var bytes = json;
        int most = end;
        int i = plainEnd(bytes, from + 1, most);
        while (i < most && bytes[i] == '\\') {
            i = plainEnd(bytes, i + 2, most);
        }
        return i;
    }

    /** Where the next quote or backslash is. A loop of its own, with nothing else in it: most of the time goes here. */
    private static int plainEnd(byte[] bytes, int from, int most) {
        int i = from;
        while (i < most && bytes[i] != '"' && bytes[i] != '\\') {
            i++;
        }
        return i;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
