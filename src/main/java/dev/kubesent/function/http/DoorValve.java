package dev.kubesent.function.http;

import dev.kubesent.event.Glance;
import dev.kubesent.event.Reply;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.tomcat.util.buf.MessageBytes;

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
        var method = text(request.getCoyoteRequest().method(), "POST");
        var path = text(request.getCoyoteRequest().requestURI(), "/");
        if (isOfActuator(path) || rules.aside().test(method, path)) {
            behind.aside(request, response, this);
            return;
        }
        long begun = System.nanoTime();
        var headers = new HeaderFields(request.getCoyoteRequest().getMimeHeaders());
        var instead = rules.entrance().instead(method, path, headers);
        if (instead.isPresent()) {
            discard(request, read);
            answer(rules, instead.get(), method, response, begun);
            return;
        }
        switch (read.isPresent() ? read.get() : read(request, response)) {
            case Bodies.Read.Instead(var reply) -> answer(rules, reply, method, response, begun);
            case Bodies.Read.Whole whole -> {
                try {
                    var glance = rules.glance().apply(path);
                    var done = plainly(glance, headers, whole);
                    if (done.isPresent()) {
                        answer(rules, done.get(), method, response, begun);
                    } else {
                        var kept = whole.kept();
                        var let = new Let(path, headers.before(kept.buffer()), kept, begun);
                        look(rules, glance, let, behind, request, response);
                    }
                } finally {
                    closeWhenAnswered(request, whole.held());
                }
            }
        }
    }

    /** Of what nearly every request says no text is made. */
    private static String text(MessageBytes said, String usual) {
        return said.equals(usual) ? usual : said.toStringType();
    }

    private void discard(org.apache.catalina.connector.Request request, Optional<Bodies.Read.Whole> read)
            throws IOException {
        if (!request.getCoyoteRequest().hasExpectation()) {
            bodies.discard(request.getInputStream()); // who waits for a 100 has not sent its body
        }
        read.ifPresent(whole -> whole.held().close());
    }

    /** Most events end here, and nobody has read their headers. */
    private static Optional<Reply> plainly(Glance glance, HeaderFields headers, Bodies.Read.Whole whole) {
        return headers.areOfAPod() ? glance.atPod(whole.buffer(), whole.length()) : Optional.empty();
    }

    /** The same with the headers read, of an array that nobody else has. */
    private void look(
            DoorRules rules,
            Glance glance,
            Let let,
            Behind behind,
            org.apache.catalina.connector.Request request,
            Response response)
            throws IOException, ServletException {
        var done = glance.at(let.seen());
        if (done.isPresent()) {
            answer(rules, done.get(), request.getMethod(), response, let.begun());
        } else {
            behind.letIn(let, request, response, this);
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

    private static void answer(DoorRules rules, Reply reply, String method, Response response, long begun)
            throws IOException {
        ReplyWriter.write(reply, response);
        rules.answers().tell(method, reply.status(), System.nanoTime() - begun);
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
