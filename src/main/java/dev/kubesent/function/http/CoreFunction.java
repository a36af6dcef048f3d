package dev.kubesent.function.http;

import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.function.Function;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/** The thin skin of Spring Cloud Function on the core: unpacks what {@link EnvelopeFilter} packed. */
public final class CoreFunction implements Function<Message<byte[]>, Message<byte[]>> {

    private final Function<Request, Reply> core;

    public CoreFunction(Function<Request, Reply> core) {
        this.core = core;
    }

    @Override
    public Message<byte[]> apply(Message<byte[]> message) {
        var headers = new HashMap<String, String>();
        message.getHeaders().forEach((name, value) -> {
            if (name.startsWith(EnvelopeFilter.IN)) {
                headers.put(name.substring(EnvelopeFilter.IN.length()), String.valueOf(value));
            }
        });
        // Read as ISO-8859-1, a byte a character, and handed on as UTF-8: see EnvelopeFilter.
        var body = new String(message.getPayload(), StandardCharsets.UTF_8).getBytes(StandardCharsets.ISO_8859_1);
        var reply = core.apply(new Request(headers, body));
        var answer = MessageBuilder.withPayload(reply.body())
                .setHeader(EnvelopeFilter.STATUS, String.valueOf(reply.status()));
        reply.headers().forEach((name, value) -> answer.setHeader(EnvelopeFilter.OUT + name, value));
        return answer.build();
    }
}
