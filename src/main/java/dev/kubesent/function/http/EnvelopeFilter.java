package dev.kubesent.function.http;

import dev.kubesent.event.Request;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * Carries what the {@link DoorValve} lets in past Spring Cloud Function unopened, and its answer back.
 *
 * <p>Left to itself it compares CloudEvents headers with case, parses every JSON body into a tree, unwraps envelopes and
 * loses {@code data_base64} and failing elements of a batch, answers always 200, and copies request headers, Authorization
 * included, into the response, which makes Knative take the answer for a new event (spring-cloud-function#927, #1455;
 * docs/decisions/0002-envelope.md). So it sees a plain octet-stream: the request's headers travel under a prefix, the
 * answer's come back under another, and nothing else gets out.
 */
public final class EnvelopeFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(EnvelopeFilter.class);

    public static final String IN = "kubesent-in-";
    public static final String OUT = "kubesent-out-";
    public static final String STATUS = "kubesent-status";

    /** Spring Cloud Function answers asynchronously: the answer is complete only in the second dispatch. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        var begun = WebUtils.getNativeResponse(response, EnvelopeResponse.class);
        if (begun != null) {
            answer(request, begun, chain);
            return;
        }
        if (!(request.getAttribute(DoorValve.LET_IN) instanceof Request let)) {
            throw new IllegalStateException("a request came past the door");
        }
        answer(new EnvelopeRequest(request, packed(let), let.body()), new EnvelopeResponse(response), chain);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return DoorValve.isOfActuator(request.getRequestURI());
    }

    private static void answer(HttpServletRequest request, EnvelopeResponse envelope, FilterChain chain)
            throws IOException {
        try {
            chain.doFilter(request, envelope);
        } catch (ServletException | RuntimeException e) {
            LOG.error("Spring Cloud Function failed; the event is answered with 503", e);
        }
        if (!request.isAsyncStarted()) {
            ReplyWriter.write(envelope.reply(), (HttpServletResponse) envelope.getResponse());
        }
    }

    private static Map<String, String> packed(Request request) {
        var packed = new HashMap<String, String>();
        request.headers().forEach((name, value) -> packed.put(IN + name, value));
        // It reads every body as a String: in this charset a character is a byte, and CoreFunction gets the bytes back.
        packed.put("content-type", "application/octet-stream;charset=ISO-8859-1");
        packed.put("accept", "application/octet-stream");
        return packed;
    }
}
