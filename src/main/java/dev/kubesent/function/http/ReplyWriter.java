package dev.kubesent.function.http;

import dev.kubesent.event.Reply;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Response;

/** Writes an answer of ours as one over HTTP. */
final class ReplyWriter {

    private ReplyWriter() {}

    /** At the door. Where reading a body came to nothing, Tomcat has given the answer up, and would send its length without it. */
    static void write(Reply reply, Response response) throws IOException {
        response.setSuspended(false);
        write(reply, (HttpServletResponse) response);
    }

    static void write(Reply reply, HttpServletResponse response) throws IOException {
        response.setStatus(reply.status());
        response.setHeader("Date", HttpDate.now());
        reply.headers().forEach(response::setHeader);
        response.setContentLength(reply.body().length);
        if (reply.body().length > 0) {
            response.getOutputStream().write(reply.body());
        }
    }
}
