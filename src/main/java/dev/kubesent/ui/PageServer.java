package dev.kubesent.ui;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves the page on 127.0.0.1 and nowhere else, with what the JDK has. */
public final class PageServer implements AutoCloseable {

    /** Bytes of a request's body; the page sends a fingerprint. */
    static final int LONGEST_BODY = 4096;

    /** Requests at once; a browser sends six. */
    private static final int THREADS = 8;

    private static final int WAITING = 16;

    static {
        // The JDK's server reads these once. The first two are in seconds: how long a request may take to come whole,
        // and
        // an answer to be taken.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "60");
        System.setProperty("jdk.httpserver.maxConnections", "64");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Page page;

    private PageServer(HttpServer server, ExecutorService threads, Page page) {
        this.server = server;
        this.threads = threads;
        this.page = page;
    }

    /** @param port 0 for any that is free @throws IOException where it is taken */
    static PageServer start(int port, Page page) throws IOException {
        var loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        var server = HttpServer.create(new InetSocketAddress(loopback, port), WAITING);
        var threads = Executors.newFixedThreadPool(THREADS);
        server.setExecutor(threads);
        server.createContext("/", exchange -> serve(exchange, page));
        server.start();
        return new PageServer(server, threads, page);
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** With the token behind {@code #}, where a browser sends it to nobody: the page's script reads it there. */
    String address() {
        return "http://127.0.0.1:%d/#token=%s".formatted(port(), page.token());
    }

    private static void serve(HttpExchange exchange, Page page) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
            var answer = body.length > LONGEST_BODY
                    ? Answer.problem(413, "The request has more than %d bytes.".formatted(LONGEST_BODY))
                    : page.answer(new Asked(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getRawPath(),
                            headers(exchange),
                            body));
            Answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("content-type", answer.type());
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return headers;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
