package dev.kubesent.function.http;

import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ContinueResponseTiming;

/**
 * The first that Tomcat asks about a request, ahead of all of Spring. It answers what needs no function: who may not send, and an event that tells
 * of nothing new. Most events end here. What is let in has been read: it is the request's attribute {@link #LET_IN}.
 *
 * <p>It stands before there is an application ({@link EarlyDoor}): the port is open while Spring starts.
 */
public final class DoorValve extends ValveBase implements Behind {

    static final String LET_IN = DoorValve.class.getName();

    /** Exactly, as it was sent: no dots, escapes or parameters that could lead elsewhere after normalization. */
    private static final Pattern ACTUATOR = Pattern.compile("/actuator(/(health|metrics|prometheus)(/\\w[\\w.-]*)?)?");

    private static final byte[] NOTHING = {};

    private final Bodies bodies;
    private final EarlyDoor early;

    /** @param early what is answered until {@link EarlyDoor#open} has been called */
    public DoorValve(Bodies bodies, EarlyDoor early) {
        super(true);
        this.bodies = bodies;
        this.early = early;
    }

    /** From now on the application takes what is let in. */
    public void open(DoorRules rules) {
        early.open(rules);
    }

    /** What answers as long as there is no application. */
    public EarlyDoor early() {
        return early;
    }

    static boolean isOfActuator(String path) {
        return path.startsWith("/actuator") && ACTUATOR.matcher(path).matches();
    }

    @Override
    public void invoke(org.apache.catalina.connector.Request request, Response response)
            throws IOException, ServletException {
        if (request.isAsyncDispatching() || request.isAsync()) {
            getNext().invoke(request, response); // it has been let in before: it is answered now, or its error is told
            return;
        }
        var rules = early.rules();
        if (rules.isPresent()) {
            pass(rules.get(), request, response, Optional.empty(), this);
        } else {
            early.receive(request, response, this);
        }
    }

    /** @param read its body, where that has been read already: it is not read again @param behind what gets what is let in */
    void pass(
            DoorRules rules,
            org.apache.catalina.connector.Request request,
            Response response,
            Optional<Bodies.Read.Whole> read,
            Behind behind)
            throws IOException, ServletException {
        var method = request.getMethod();
        var path = request.getRequestURI();
        if (isOfActuator(path) || rules.aside().test(method, path)) {
            behind.aside(request, response, this);
            return;
        }
        long begun = System.nanoTime();
        var headers = headers(request);
        var instead = rules.entrance().instead(method, path, () -> new Request(headers, NOTHING));
        if (instead.isPresent()) {
            if (!request.getCoyoteRequest().hasExpectation()) {
                bodies.discard(request.getInputStream()); // who waits for a 100 has not sent its body
            }
            read.ifPresent(whole -> whole.held().close());
            answer(rules, instead.get(), request, response, begun);
            return;
        }
        switch (read.isPresent() ? read.get() : read(request, response)) {
            case Bodies.Read.Instead(var reply) -> answer(rules, reply, request, response, begun);
            case Bodies.Read.Whole whole -> {
                try {
                    var seen = new Request(headers, whole.bytes());
                    var done = rules.glance().apply(path, seen);
                    if (done.isPresent()) {
                        answer(rules, done.get(), request, response, begun);
                    } else {
                        behind.letIn(new Let(path, seen, whole, begun), request, response, this);
                    }
                } finally {
                    closeWhenAnswered(request, whole.held());
                }
            }
        }
    }

    /** The same for a request that came before there was an application: Tomcat looked for one, and looks again, as its RewriteValve has it. */
    void passAnew(
            DoorRules rules,
            org.apache.catalina.connector.Request request,
            Response response,
            Optional<Bodies.Read.Whole> read)
            throws IOException, ServletException {
        request.getMappingData().recycle();
        var adapter = request.getConnector().getProtocolHandler().getAdapter();
        try {
            if (adapter.prepare(request.getCoyoteRequest(), response.getCoyoteResponse())) {
                pass(rules, request, response, read, this);
            }
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    /** The application's part. */
    @Override
    public void aside(org.apache.catalina.connector.Request request, Response response, DoorValve door)
            throws IOException, ServletException {
        getNext().invoke(request, response);
    }

    /** The application's part: Spring Cloud Function's, which has the function. */
    @Override
    public void letIn(Let let, org.apache.catalina.connector.Request request, Response response, DoorValve door)
            throws IOException, ServletException {
        request.setAttribute(LET_IN, let.seen());
        getNext().invoke(request, response);
    }

    private static void answer(
            DoorRules rules, Reply reply, org.apache.catalina.connector.Request request, Response response, long begun)
            throws IOException {
        ReplyWriter.write(reply, response);
        rules.answers().tell(request.getMethod(), reply.status(), System.nanoTime() - begun);
    }

    /** Who waits for a 100 is sent one: Tomcat does so behind the door only. */
    Bodies.Read read(org.apache.catalina.connector.Request request, Response response) throws IOException {
        response.sendAcknowledgement(ContinueResponseTiming.ALWAYS);
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

    /** Of a name that stands twice the first counts, as the servlet API has it. Read in one go: the API searches them all for each name. */
    static Map<String, String> headers(org.apache.catalina.connector.Request request) {
        var fields = request.getCoyoteRequest().getMimeHeaders();
        var headers = HashMap.<String, String>newHashMap(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            headers.putIfAbsent(
                    fields.getName(i).toString().toLowerCase(Locale.ROOT),
                    fields.getValue(i).toString());
        }
        return headers;
    }

    private static void closeWhenAnswered(org.apache.catalina.connector.Request request, Bodies.Held held) {
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
