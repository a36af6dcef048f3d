package dev.kubesent.ui;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may ask: the page of this server, opened on this machine by the person who started it. Another website that the person has open may send requests to
 * 127.0.0.1 as well, and may have a name of its own that leads there (DNS rebinding): its Host or its Origin gives it away, and it has no token.
 *
 * @param token asked for with whatever is not a file of the page; empty where only samples are shown, and nothing can be changed
 */
record Door(Optional<String> token) {

    /** The header that carries it. No form and no other website can set a header of its own without being asked for by us (CORS), which never happens. */
    static final String TOKEN = "x-kubesent-token";

    /** Bytes: 128 bits. */
    private static final int RANDOM = 16;

    /** By name or address; at any port, as a container or an SSH tunnel may have another one in front. */
    private static final Pattern THIS_MACHINE = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?");

    static Door withToken() {
        var bytes = new byte[RANDOM];
        new SecureRandom().nextBytes(bytes);
        return new Door(Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
    }

    static Door withoutToken() {
        return new Door(Optional.empty());
    }

    /** Empty where the request is let in. */
    Optional<Answer> refusal(Asked asked, boolean isOpen) {
        var host = asked.header("host");
        if (!THIS_MACHINE.matcher(host).matches()) {
            return Optional.of(Answer.problem(
                    403, "This page is for this machine only. Open it by the address that was printed, at 127.0.0.1."));
        }
        var origin = asked.header("origin");
        if (!origin.isEmpty() && !origin.equals("http://" + host)) {
            return Optional.of(Answer.problem(403, "Another website sent this request. Nothing was done."));
        }
        if (!isOpen && token.isPresent() && !isToken(asked.header(TOKEN), token.get())) {
            return Optional.of(Answer.problem(
                    401,
                    "The address lacks its token. Open the whole address that kubesent ui printed, with what"
                            + " stands behind #."));
        }
        return Optional.empty();
    }

    /** In the same time, whatever was sent. */
    private static boolean isToken(String sent, String token) {
        return MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}
