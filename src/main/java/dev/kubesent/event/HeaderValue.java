package dev.kubesent.event;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads a CloudEvents attribute out of an HTTP header: unquote, then one round of percent-decoding, then UTF-8, each as
 * the HTTP protocol binding (3.1.3.2) says. Neither Spring Cloud Function nor the CloudEvents SDK decodes.
 */
final class HeaderValue {

    private HeaderValue() {}

    static String decode(String name, String raw) throws UnusableEventException {
        var value = unquote(raw);
        if (value.indexOf('%') < 0) {
            return value;
        }
        var bytes = new ByteArrayOutputStream(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            int octet = c == '%' && i + 2 < value.length() ? hex(value.charAt(i + 1), value.charAt(i + 2)) : -1;
            if (octet >= 0) {
                bytes.write(octet);
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnusableEventException(
                    Problem.Kind.NOT_A_CLOUD_EVENT, "the header '" + name + "' does not decode to UTF-8");
        }
    }

    private static String unquote(String raw) {
        if (raw.length() < 2 || raw.charAt(0) != '"' || raw.charAt(raw.length() - 1) != '"') {
            return raw;
        }
        var unquoted = new StringBuilder(raw.length());
        for (int i = 1; i < raw.length() - 1; i++) {
            if (raw.charAt(i) == '\\' && i + 1 < raw.length() - 1) {
                i++;
            }
            unquoted.append(raw.charAt(i));
        }
        return unquoted.toString();
    }

    private static int hex(char high, char low) {
        int h = Character.digit(high, 16);
        int l = Character.digit(low, 16);
        return h < 0 || l < 0 ? -1 : h * 16 + l;
    }
}
