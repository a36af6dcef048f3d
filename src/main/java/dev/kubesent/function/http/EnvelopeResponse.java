package dev.kubesent.function.http;

import dev.kubesent.event.Reply;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Catches everything that is written, and lets out only what the function meant to answer. */
final class EnvelopeResponse extends HttpServletResponseWrapper {

    private final Map<String, String> headers = new HashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    EnvelopeResponse(HttpServletResponse response) {
        super(response);
    }

    /** What the function answered; 503 where it did not get to answer, since a 500 would cost the event. */
    Reply reply() {
        var status = headers.get(EnvelopeFilter.STATUS);
        if (status == null) {
            return new Reply(503, Map.of("retry-after", "5"), new byte[0]);
        }
        var out = new HashMap<String, String>();
        headers.forEach((name, value) -> {
            if (name.startsWith(EnvelopeFilter.OUT)) {
                out.put(name.substring(EnvelopeFilter.OUT.length()), value);
            }
        });
        return new Reply(Integer.parseInt(status), out, body.toByteArray());
    }

    @Override
    public void setHeader(String name, String value) {
        headers.put(name.toLowerCase(Locale.ROOT), value);
    }

    @Override
    public void addHeader(String name, String value) {
        setHeader(name, value);
    }

    @Override
    public void setContentType(String type) {
        // of the envelope, not of the answer
    }

    @Override
    public void setContentLength(int length) {
        // of the envelope, not of the answer
    }

    @Override
    public void setContentLengthLong(long length) {
        // of the envelope, not of the answer
    }

    @Override
    public void sendError(int status) {
        // not an answer of ours: reply() makes 503 of it
    }

    @Override
    public void sendError(int status, String message) {
        // not an answer of ours: reply() makes 503 of it
    }

    @Override
    public void setStatus(int status) {
        // of the envelope, not of the answer
    }

    @Override
    public void flushBuffer() {
        // nothing leaves before the whole answer is known
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException("nothing is written asynchronously here");
            }

            @Override
            public void write(int oneByte) {
                body.write(oneByte);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                body.write(bytes, offset, length);
            }
        };
    }

    @Override
    public PrintWriter getWriter() {
        return new PrintWriter(body, true, StandardCharsets.UTF_8);
    }
}
