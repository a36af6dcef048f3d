package dev.kubesent.function.http;

import dev.kubesent.event.Request;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Response;

/** What stands behind the door: the application, or what answers as long as there is none. */
interface Behind {

    /** What is none of the door's business. */
    void aside(org.apache.catalina.connector.Request request, Response response, DoorValve door)
            throws IOException, ServletException;

    /** What the door has let in. */
    void letIn(Let let, org.apache.catalina.connector.Request request, Response response, DoorValve door)
            throws IOException, ServletException;

    /** @param path as it was sent @param seen with its body @param read the same body, as it was read @param begun when, in nanoseconds */
    record Let(String path, Request seen, Bodies.Read.Whole read, long begun) {}
}
