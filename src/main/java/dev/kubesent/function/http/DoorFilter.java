package dev.kubesent.function.http;

import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * Stands before all of Spring, and answers what needs no function: who may not send, and an event that tells of nothing new. Most events end
 * here. What is let in has been read: it is the request's attribute {@link #LET_IN}.
 */
public final class DoorFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    static final String LET_IN = DoorFilter.class.getName();

    /** Exactly, as it was sent: no dots, escapes or parameters that could lead elsewhere after normalization. */
    private static final Pattern ACTUATOR = Pattern.compile("/actuator(/(health|metrics|prometheus)(/\\w[\\w.-]*)?)?");

    private final transient Entrance entrance;
    private final transient Bodies bodies;
    private final transient BiFunction<String, Request, Optional<Reply>> glance;
    private final transient AnswerTimer answers;
    private final transient BiPredicate<String, String> aside;

    /**
     * @param glance answers what needs no function: by path and request; empty for the rest
     * @param aside by method and path: what is none of its business
     */
    public DoorFilter(
            Entrance entrance,
            Bodies bodies,
            BiFunction<String, Request, Optional<Reply>> glance,
            AnswerTimer answers,
            BiPredicate<String, String> aside) {
        this.entrance = entrance;
        this.bodies = bodies;
        this.glance = glance;
        this.answers = answers;
        this.aside = aside;
    }

    static boolean isOfActuator(HttpServletRequest request) {
        var path = request.getRequestURI();
        return path.startsWith("/actuator") && ACTUATOR.matcher(path).matches();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isOfActuator(request) || aside.test(request.getMethod(), request.getRequestURI())) {
            chain.doFilter(request, response);
            return;
        }
        long begun = System.nanoTime();
        var headers = new Request(headers(request), new byte[0]);
        var instead = entrance.instead(request.getMethod(), request.getRequestURI(), headers);
        if (instead.isPresent()) {
            bodies.discard(request.getInputStream());
            answer(instead.get(), request, response, begun);
            return;
        }
        switch (read(request)) {
            case Bodies.Read.Instead(var reply) -> answer(reply, request, response, begun);
            case Bodies.Read.Whole(var body, var held) -> {
                try {
                    var whole = headers.with(body);
                    var done = glance.apply(request.getRequestURI(), whole);
                    if (done.isPresent()) {
                        answer(done.get(), request, response, begun);
                    } else {
                        request.setAttribute(LET_IN, whole);
                        chain.doFilter(request, response);
                    }
                } finally {
                    closeWhenAnswered(request, held);
                }
            }
        }
    }

    private void answer(Reply reply, HttpServletRequest request, HttpServletResponse response, long begun)
            throws IOException {
        EnvelopeFilter.write(reply, response);
        answers.tell(request.getMethod(), reply.status(), System.nanoTime() - begun);
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

    static Map<String, String> headers(HttpServletRequest request) {
        var headers = HashMap.<String, String>newHashMap(32);
        for (var names = request.getHeaderNames(); names.hasMoreElements(); ) {
            var name = names.nextElement();
            headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name));
        }
        return headers;
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
}
