package dev.kubesent.function.http;

import dev.kubesent.event.PlainHead;
import dev.kubesent.event.Request;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;

/** The headers of a request as Tomcat holds them: the bytes that came, until it is answered. As texts where somebody asks for them: before anybody reads the body. */
record HeaderFields(MimeHeaders fields) implements Supplier<Request> {

    private static final byte[] NOTHING = {};

    @Override
    public Request get() {
        return before(NOTHING);
    }

    Request before(byte[] body) {
        return new Request(texts(), body);
    }

    /** Whether they say no more than that the body is a pod. */
    boolean areOfAPod() {
        var head = new PlainHead();
        for (int i = 0; i < fields.size(); i++) {
            var name = fields.getName(i).getByteChunk();
            if (fields.getName(i).getType() != MessageBytes.T_BYTES) {
                return false;
            }
            if (PlainHead.counts(name.getBuffer(), name.getStart(), name.getEnd())) {
                var value = fields.getValue(i).getByteChunk();
                if (fields.getValue(i).getType() != MessageBytes.T_BYTES || value.getBuffer() != name.getBuffer()) {
                    return false; // where Tomcat has made a text of it, that one holds
                }
                head.header(name.getBuffer(), name.getStart(), name.getEnd(), value.getStart(), value.getEnd());
            }
        }
        return head.isOfAPod();
    }

    /** Of a name that stands twice the first counts, as the servlet API has it. Read in one go: the API searches them all for each name. */
    private Map<String, String> texts() {
        var headers = HashMap.<String, String>newHashMap(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            headers.putIfAbsent(
                    fields.getName(i).toString().toLowerCase(Locale.ROOT),
                    fields.getValue(i).toString());
        }
        return headers;
    }
}
