package dev.kubesent.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Sees in the bytes of a request's headers that they are just those of an event of a pod in JSON, as Knative's source writes them: then the body alone says whether the
 * pod is well. It is given each header that counts, and makes no text of any. What is written otherwise is left to {@link CloudEventReader}; a property test holds the
 * two against each other.
 */
public final class PlainHead {

    private static final byte[] ATTRIBUTE = ascii("ce-");
    private static final byte[] UPDATE = ascii(PodEvents.RESOURCE + "update");
    private static final byte[] ADD = ascii(PodEvents.RESOURCE + "add");
    private static final byte[] VERSION = ascii("1.0");
    private static final byte[] POD = ascii("Pod");
    private static final byte[] JSON = ascii("application/json");

    private static final Known[] KNOWN = Known.values();

    /** What the look at an event goes by. It uses nothing of PlainHead's static part, which uses it: either may be the first that is initialized. */
    private enum Known {
        ID("ce-id"),
        SOURCE("ce-source"),
        TYPE("ce-type"),
        SPECVERSION("ce-specversion"),
        CONTENT_TYPE("content-type"),
        KIND("ce-kind");

        private final byte[] name;

        Known(String name) {
            this.name = name.getBytes(StandardCharsets.US_ASCII);
        }

        private int bit() {
            return 1 << ordinal();
        }
    }

    /** All but the kind, which may be left out. */
    private static final int NEEDED = Known.KIND.bit() - 1;

    private int seen;
    private boolean isPlain = true;

    /** One header, name and value in the same bytes, without the space around them. @param nameEnd behind its last byte, as for the value */
    public void header(byte[] bytes, int name, int nameEnd, int value, int valueEnd) {
        for (var known : KNOWN) {
            if (known.name.length == nameEnd - name && startsWith(known.name, bytes, name, nameEnd)) {
                isPlain &= (seen & known.bit()) == 0 && isPlain(known, bytes, value, valueEnd);
                seen |= known.bit();
            }
        }
        isPlain &= !startsWith(ATTRIBUTE, bytes, name, nameEnd) || isWrittenAsItIs(bytes, value, valueEnd);
    }

    /** Whether a header of that name says anything of an event; of all others none has to be given. */
    public static boolean counts(byte[] bytes, int name, int nameEnd) {
        return startsWith(ATTRIBUTE, bytes, name, nameEnd) || startsWith(Known.CONTENT_TYPE.name, bytes, name, nameEnd);
    }

    /** To be asked when all of them have been given. */
    public boolean isOfAPod() {
        return isPlain && (seen & NEEDED) == NEEDED;
    }

    private static boolean isPlain(Known known, byte[] bytes, int value, int end) {
        return switch (known) {
            case ID, SOURCE -> value < end;
            case TYPE -> is(UPDATE, bytes, value, end) || is(ADD, bytes, value, end);
            case SPECVERSION -> is(VERSION, bytes, value, end);
            case CONTENT_TYPE -> is(JSON, bytes, value, end);
            case KIND -> is(POD, bytes, value, end);
        };
    }

    /** Without what {@link HeaderValue} decodes, and may refuse. */
    private static boolean isWrittenAsItIs(byte[] bytes, int value, int end) {
        for (int i = value; i < end; i++) {
            if (bytes[i] == '%' || bytes[i] == '"') {
                return false;
            }
        }
        return true;
    }

    private static boolean is(byte[] expected, byte[] bytes, int from, int to) {
        return to - from == expected.length && Arrays.equals(bytes, from, to, expected, 0, expected.length);
    }

    /** Whatever the case of its letters. */
    private static boolean startsWith(byte[] lowerCase, byte[] bytes, int from, int to) {
        if (to - from < lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            byte is = bytes[from + i];
            if (is != lowerCase[i] && (is < 'A' || is > 'Z' || (is | 0x20) != lowerCase[i])) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
