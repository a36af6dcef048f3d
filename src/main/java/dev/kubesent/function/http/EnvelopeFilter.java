package dev.kubesent.function.http;

import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * Answers what needs no function: who may not send, and an event that tells of nothing new. Carries all else past Spring Cloud Function
 * unopened, and its answer back: of what an event that is dropped cost, that way was two thirds.
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

    /** Exactly, as it was sent: no dots, escapes or parameters that could lead elsewhere after normalization. */
    private static final Pattern ACTUATOR = Pattern.compile("/actuator(/(health|metrics|prometheus)(/\\w[\\w.-]*)?)?");

    private final Entrance entrance;
    private final Bodies bodies;
    private final BiFunction<String, Request, Optional<Reply>> glance;

    /** @param glance answers what needs no function: by path and request; empty for the rest */
    public EnvelopeFilter(Entrance entrance, Bodies bodies, BiFunction<String, Request, Optional<Reply>> glance) {
        this.entrance = entrance;
        this.bodies = bodies;
        this.glance = glance;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return ACTUATOR.matcher(request.getRequestURI()).matches();
    }

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
        var instead = entrance.instead(
                request.getMethod(), request.getRequestURI(), new Request(headers(request), new byte[0]));
        if (instead.isPresent()) {
            bodies.discard(request.getInputStream());
            write(instead.get(), response);
            return;
        }
        switch (read(request)) {
            case Bodies.Read.Instead(var reply) -> write(reply, response);
            case Bodies.Read.Whole(var body, var held) -> {
                try {
                    answer(request, body, response, chain);
                } finally {
                    closeWhenAnswered(request, held);
                }
            }
        }
    }

    private void answer(HttpServletRequest request, byte[] body, HttpServletResponse response, FilterChain chain)
            throws IOException {
        var done = glance.apply(request.getRequestURI(), new Request(headers(request), body));
        if (done.isPresent()) {
            write(done.get(), response);
        } else {
            answer(new EnvelopeRequest(request, packed(request), body), new EnvelopeResponse(response), chain);
        }
    }

    private Bodies.Read read(HttpServletRequest request) throws IOException {
        try {
            return bodies.read(request.getInputStream(), request.getContentLengthLong());
        } catch (IOException e) {
            // Tomcat waits for each part of a body for as long as server.tomcat.connection-timeout says.
            if (e instanceof SocketTimeoutException || e.getCause() instanceof SocketTimeoutException) {
                return new Bodies.Read.Instead(Bodies.tooSlow());
            }
            throw e;
        }
    }

    private static void closeWhenAnswered(HttpServletRequest request, Bodies.Held held) {
        if (request.isAsyncStarted()) {
            request.getAsyncContext().addListener(new Release(held));
        } else {
            held.close();
        }
    }

    /** Whatever the asynchronous answer comes to, it is complete in the end. */
    private record Release(Bodies.Held held) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            held.close();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            held.close();
        }

        @Override
        public void onError(AsyncEvent event) {
            held.close();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }

    private static void answer(HttpServletRequest request, EnvelopeResponse envelope, FilterChain chain)
            throws IOException {
        try {
            chain.doFilter(request, envelope);
        } catch (ServletException | RuntimeException e) {
            LOG.error("Spring Cloud Function failed; the event is answered with 503", e);
        }
        if (!request.isAsyncStarted()) {
            write(envelope.reply(), (HttpServletResponse) envelope.getResponse());
        }
    }

    static Map<String, String> headers(HttpServletRequest request) {
        var headers = new HashMap<String, String>();
        for (var name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name));
        }
        return headers;
    }

    private static Map<String, String> packed(HttpServletRequest request) {
        var packed = new HashMap<String, String>();
        headers(request).forEach((name, value) -> packed.put(IN + name, value));
        // It reads every body as a String: in this charset a character is a byte, and CoreFunction gets the bytes back.
        packed.put("content-type", "application/octet-stream;charset=ISO-8859-1");
        packed.put("accept", "application/octet-stream");
        return packed;
    }

    private static void write(Reply reply, HttpServletResponse response) throws IOException {
        response.setStatus(reply.status());
        reply.headers().forEach(response::setHeader);
        response.setContentLength(reply.body().length);
        response.getOutputStream().write(reply.body());
    }
}
